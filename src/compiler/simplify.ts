/** Simplify: identities of scalar rows from a table of rows, constants, and folds over one element. */
import type { Pieces } from '../core/pieces.js';
import {
  type Call,
  type Constant,
  call,
  constant,
  type Expression,
  type Fold,
  isComputed,
  isConstant,
  isLoad,
  type Load,
  load,
} from '../loops/expression.js';
import { type Kernel, readsOf, rewriteKernel } from '../loops/kernel.js';
import { rowOf, type ScalarName } from '../loops/scalars.js';
import { type Draft, isValue, writtenTwice } from './draft.js';

/** `unit` leaves the other argument as it is: on the right only, unless the row commutes. */
interface Law {
  readonly unit?: number;
  readonly commutes?: true;
  /** Whether a row of a row with constants may be one row, when that is exact. */
  readonly associates?: true;
  readonly inverse?: true;
  readonly chooses?: true;
}
const laws: Partial<Record<ScalarName, Law>> = {
  add: { unit: 0, commutes: true },
  subtract: { unit: 0 },
  multiply: { unit: 1, commutes: true, associates: true },
  divide: { unit: 1 },
  addInt: { unit: 0, commutes: true, associates: true },
  subtractInt: { unit: 0 },
  multiplyInt: { unit: 1, commutes: true, associates: true },
  and: { unit: 1, commutes: true },
  or: { unit: 0, commutes: true },
  xor: { unit: 0, commutes: true },
  not: { inverse: true },
  select: { chooses: true },
  selectInt: { chooses: true },
  selectBool: { chooses: true },
};

/** First to last, so that a value that is one number everywhere is that number for its readers. */
export function* simplify(draft: Draft): Pieces<Draft> {
  const twice = writtenTwice(draft.kernels);
  const constants = new Map<string, Constant>();
  const change = (e: Expression) =>
    (isLoad(e) && isInside(e) && constants.get(e.buffer.name)) || simplified(e);
  const kernels: Kernel[] = [];
  const isSimple = (kernel: Kernel) =>
    draft.ready?.has(kernel.stores[0]!.buffer.name) &&
    ![...readsOf(kernel)].some((name) => constants.has(name));
  for (const given of draft.kernels) {
    const kernel = isSimple(given) ? given : rewriteKernel(given, change);
    const { value, buffer } = kernel.stores[0]!;
    if (isConstant(value) && isValue(kernel) && !twice.has(buffer.name)) constants.set(buffer.name, value);
    kernels.push(kernel);
    yield;
  }
  return { ...draft, kernels };
}

/** One part simplified, its own parts being simple already. */
export function simplified(e: Expression): Expression {
  if (e.kind === 'fold') return simplifiedFold(e);
  if (e.kind === 'load') return simplifiedLoad(e);
  return e.kind === 'call' ? simplifiedCall(e) : e;
}

/** A fold over one element is that element. */
function simplifiedFold(e: Fold): Expression {
  if (e.axes.some((axis) => axis.size !== 1)) return e;
  return e.by === 'argmax' ? constant(0, 'int') : e.body;
}

/** A read that is always outside is its fill; the fill of one that never is does not matter. */
function simplifiedLoad(e: Load): Expression {
  const isOutside = e.at.some((c, d) => {
    if (isComputed(c)) return isConstant(c) && (c.value < 0 || c.value >= e.buffer.shape[d]!);
    const [low, high] = c.range();
    return high < 0 || low >= e.buffer.shape[d]!;
  });
  if (isOutside) return constant(e.fill, e.type);
  return !Object.is(e.fill, 0) && isInside(e) ? load(e.buffer, e.at) : e;
}

const isInside = ({ at, buffer }: Load): boolean =>
  at.every((c, d) => !isComputed(c) && c.isWithin(buffer.shape[d]!));

function simplifiedCall(e: Call): Expression {
  const known = foldedConstants(e) ?? knownPlace(e);
  if (known) return known;
  const law = laws[e.name];
  if (!law) return e;
  const [a, b, c] = e.args as [Expression, Expression, Expression];
  if (law.chooses) return isConstant(a) ? (a.value ? b : c) : b === c ? b : e;
  if (law.inverse) return a.kind === 'call' && a.name === e.name ? a.args[0]! : e;
  if (law.unit === undefined) return e;
  if (isConstant(b, law.unit)) return a;
  if (law.commutes && isConstant(a, law.unit)) return b;
  return (law.associates && joinedConstants(e, a, b)) || e;
}

/** A row of constants, where no digit is lost: a program rounds to float32 after each step, and so must this. */
function foldedConstants(e: Call): Expression | undefined {
  const values: number[] = [];
  for (let i = 0; i < e.args.length; i++) {
    const x = e.args[i]!;
    if (!isConstant(x) || !isExact(x)) return undefined;
    values.push(x.value);
  }
  const result = constant(rowOf(e.name).js(...values), e.type);
  return isConstant(result) && isExact(result) ? result : undefined;
}

/** Whether a place is inside an array, when its axes tell. */
function knownPlace({ name, args }: Call): Expression | undefined {
  if (name !== 'lessUnsigned') return undefined;
  const [a, b] = args;
  if (a?.kind !== 'counter' || b?.kind !== 'constant') return undefined;
  const [low, high] = a.index.range();
  if (low >= 0 && high < b.value) return constant(1, 'bool');
  return high < 0 || low >= b.value ? constant(0, 'bool') : undefined;
}

const isExact = ({ type, value }: Constant) => type !== 'float' || Object.is(Math.fround(value), value);

/** `(x · 4) · 3` as `x · 12` of integers; of floats only where a factor is ±1, for others may overflow on the way. */
function joinedConstants(e: Call, a: Expression, b: Expression): Expression | undefined {
  const [inner, outer] = isConstant(b) ? [a, b] : [b, a];
  if (!isConstant(outer) || inner.kind !== 'call' || inner.name !== e.name) return undefined;
  const [x, y] = inner.args as [Expression, Expression];
  const [rest, known] = isConstant(y) ? [x, y] : [y, x];
  if (
    !isConstant(known) ||
    (e.type === 'float' && ![known.value, outer.value].some((factor) => Math.abs(factor) === 1))
  )
    return undefined;
  const value = constant(rowOf(e.name).js(known.value, outer.value), e.type);
  return simplified(call(e.name, [rest, value]));
}
