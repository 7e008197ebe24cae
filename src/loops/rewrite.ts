/** Rewriting of formulas: a change applied to every part, and substitution of axes. */
import { Axis, type Index, type Substitution } from './axis.js';
import { call, counter, type Expression, type Fold, fold, isComputed, load } from './expression.js';

/** Rebuilds a formula parts first; a shared part is changed once, and parts that `isLeft` holds for stay as they are. */
export function rewrite(
  e: Expression,
  change: (e: Expression) => Expression,
  done = new Map<Expression, Expression>(),
  isLeft?: (e: Expression) => boolean,
): Expression {
  if (isLeft?.(e)) return e;
  const known = done.get(e);
  if (known) return known;
  const result = change(withParts(e, (part) => rewrite(part, change, done, isLeft)));
  done.set(e, result);
  return result;
}

/** The formula of other parts, at other places. */
function withParts(
  e: Expression,
  visit: (part: Expression) => Expression,
  move = (index: Index): Index => index,
): Expression {
  switch (e.kind) {
    case 'call': {
      const args = e.args.map(visit);
      return args.every((a, i) => a === e.args[i]) ? e : call(e.name, args);
    }
    case 'fold': {
      const body = visit(e.body);
      return body === e.body ? e : fold(e.by, e.axes, body, e.order);
    }
    case 'load': {
      const at = e.at.map((c) => (isComputed(c) ? visit(c) : move(c)));
      return at.every((c, i) => c === e.at[i]) ? e : load(e.buffer, at, e.fill);
    }
    case 'counter': {
      const index = move(e.index);
      return index === e.index ? e : counter(index);
    }
    default:
      return e;
  }
}

/** The formula with other indices in place of axes. */
export function substitute(
  e: Expression,
  by: Substitution,
  done = new Map<Expression, Expression>(),
): Expression {
  if (![...by.keys()].some((axis) => e.free.has(axis))) return e;
  const known = done.get(e);
  if (known) return known;
  const visit = (part: Expression) => substitute(part, by, done);
  const result = meets(e, by) ? apart(e, by) : withParts(e, visit, (index) => index.substitute(by));
  done.set(e, result);
  return result;
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
