/** Rewriting of formulas: a change applied to every part, and substitution of axes. */
import { Axis, type Index, type Substitution } from './axis.js';
import {
  call,
  counter,
  type Expression,
  type Fold,
  fold,
  isComputed,
  type Load,
  load,
} from './expression.js';

/** Rebuilds a formula parts first; a shared part is changed once, and parts that `isLeft` holds for stay as they are. */
export function rewrite(
  e: Expression,
  change: (e: Expression) => Expression,
  done = new Map<Expression, Expression>(),
  isLeft?: (e: Expression) => boolean,
): Expression {
  const visit = (part: Expression): Expression => {
    if (isLeft?.(part)) return part;
    const known = done.get(part);
    if (known) return known;
    const result = change(withParts(part, visit));
    done.set(part, result);
    return result;
  };
  return visit(e);
}

/** The formula of other parts. */
function withParts(e: Expression, visit: (part: Expression) => Expression): Expression {
  if (e.parts.length === 0) return e;
  if (e.kind === 'call') {
    const args = mapped(e.args, visit);
    return args === e.args ? e : call(e.name, args);
  }
  if (e.kind === 'load') return elsewhere(e, visit, unmoved);
  if (e.kind !== 'fold') return e;
  const body = visit(e.body);
  return body === e.body ? e : fold(e.by, e.axes, body, e.order);
}

const unmoved = (index: Index): Index => index;

/** The read at another place. */
function elsewhere(
  e: Load,
  visit: (part: Expression) => Expression,
  move: (index: Index) => Index,
): Expression {
  const at = mapped(e.at, (c) => (isComputed(c) ? visit(c) : move(c)));
  return at === e.at ? e : load(e.buffer, at, e.fill);
}

/** The list itself where nothing changes. */
export function mapped<T>(list: readonly T[], change: (x: T) => T): readonly T[] {
  let changed: T[] | undefined;
  for (let i = 0; i < list.length; i++) {
    const other = change(list[i]!);
    if (other !== list[i]) changed ??= [...list];
    if (changed) changed[i] = other;
  }
  return changed ?? list;
}

/** The formula with other indices in place of axes. */
export function substitute(
  e: Expression,
  by: Substitution,
  done = new Map<Expression, Expression>(),
): Expression {
  const axes = [...by.keys()];
  const move = (index: Index) => index.substitute(by);
  const visit = (part: Expression): Expression => {
    if (!axes.some((axis) => part.free.has(axis))) return part;
    const known = done.get(part);
    if (known) return known;
    const result = made(part);
    done.set(part, result);
    return result;
  };
  const made = (part: Expression): Expression => {
    if (part.kind === 'load') return elsewhere(part, visit, move);
    if (part.kind === 'counter') return counter(move(part.index));
    return meets(part, by) ? apart(part, by) : withParts(part, visit);
  };
  return visit(e);
}

/** Whether a fold's own axes occur in what is put into it. */
const meets = (e: Expression, by: Substitution): e is Fold =>
  e.kind === 'fold' && e.axes.some((axis) => [...by.values()].some((index) => index.terms.has(axis)));

/** The substituted fold, over fresh axes of its own. */
function apart(e: Fold, by: Substitution): Expression {
  const axes = e.axes.map((axis) => new Axis(axis.name, axis.size));
  const body = substitute(e.body, new Map(e.axes.map((axis, i) => [axis, axes[i]!.index])));
  return fold(e.by, axes, substitute(body, by), e.order);
}
