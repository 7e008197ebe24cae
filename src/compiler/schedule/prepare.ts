/** Makes a kernel's formulas ready for scheduling: only rows with an instruction, and no axis bound twice. */
import { Axis, constantIndex, pointsOf, positionOf } from '../../loops/axis.js';
import {
  type Call,
  call,
  constant,
  type Expression,
  type Fold,
  fold,
  forgetFormulas,
  isFold,
} from '../../loops/expression.js';
import { expandCall } from '../../loops/formulas.js';
import { formulasOf, type Kernel, rewriteKernel, type Store } from '../../loops/kernel.js';
import { substitute } from '../../loops/rewrite.js';
import { indexValue, integer, real, Scalar } from '../../loops/scalar.js';
import { foldsIn } from './rows.js';

export function prepare(kernel: Kernel): Kernel {
  if (ready.has(kernel.stores)) return kernel;
  const prepared = withPlainRows(kernel);
  ready.add(prepared.stores);
  return prepared;
}
/** Stores of kernels that are ready, under whatever name. */
const ready = new WeakSet<readonly Store[]>();

function withPlainRows(kernel: Kernel): Kernel {
  const plain = rewriteKernel(kernel, (e) => withoutArgmax(expandCall(e)));
  const expanded = rewriteKernel(plain, writtenOut);
  if (!foldsIn(formulasOf(expanded)).some((f) => bindsTwice(f, kernel.axes))) return expanded;
  // Else the fold over other axes would be one with the fold that it was made from.
  forgetFormulas();
  return rewriteKernel(expanded, (e) => (isFold(e) ? withOwnAxes(e) : e));
}

/** The first place of the largest value is the least place that holds it; NaN is larger than every number. */
function withoutArgmax(e: Expression): Expression {
  if (!isFold(e) || e.by !== 'argmax') return e;
  const count = pointsOf(e.axes);
  if (count === 0) return constant(0, 'int');
  if (isShort(e, e.body.size)) return firstLargest(e);
  const value = new Scalar(e.body);
  const isLargest = value.equal(new Scalar(withOwnAxes({ ...e, by: 'max' })));
  const holds = value.type === 'float' ? isLargest.or(value.equal(value).not()) : isLargest;
  return fold('min', e.axes, holds.select(indexValue(positionOf(e.axes)), count).expression);
}

/** As a choice of the first element that is as large as the largest, or no number. */
function firstLargest(e: Fold): Expression {
  const values = elementsOf(e).map((element) => new Scalar(element));
  const largest = values.reduce((a, b) => a.maximum(b));
  const holds = values.map((value) => {
    const isEqual = value.equal(largest);
    return value.type === 'float' ? isEqual.or(value.equal(value).not()) : isEqual;
  });
  return holds
    .slice(0, -1)
    .reduceRight((later, isIt, i) => isIt.select(integer(i), later), integer(values.length - 1)).expression;
}

/** Folds over so few points, of so few parts in all, become rows: a loop would cost more than what it repeats. */
export const fewPoints = 9;
const fewParts = 160;
const isShort = ({ axes }: Fold, parts: number): boolean => {
  const points = pointsOf(axes);
  return points > 0 && points <= fewPoints && points * parts <= fewParts;
};

/** The kernel without folds that are short, sums of products among them. */
export const withoutShortFolds = (kernel: Kernel): Kernel =>
  rewriteKernel(kernel, (e) => {
    const opened = withoutArgmax(e);
    return isFold(opened) && opened.order === 'blocks' ? products(opened) : writtenOut(opened);
  });

/** A sum of products in one block, by fused multiply-add. */
function products(e: Fold): Expression {
  const { body } = e;
  const isProduct = body.kind === 'call' && body.name === 'multiply';
  if (e.by !== 'sum' || e.type !== 'float' || !isProduct || pointsOf(e.axes) > fewPoints) return e;
  return elementsOf(e).reduce<Expression>(
    (total, product) => call('fma', [...(product as Call).args, total]),
    constant(0, 'float'),
  );
}

/** A short fold as its elements joined in order; of sums only those whose order that is. */
function writtenOut(e: Expression): Expression {
  if (!isFold(e) || e.by === 'argmax' || !isShort(e, e.body.size)) return e;
  if (e.by === 'sum' && (e.type !== 'float' || e.order !== 'sequence')) return e;
  const join = { sum: 'add', max: 'maximum', min: 'minimum' } as const;
  const [first, ...more] = elementsOf(e).map((element) => new Scalar(element));
  const start = e.by === 'sum' ? real(0).add(first!) : first!;
  return more.reduce((total, element) => total[join[e.by as keyof typeof join]](element), start).expression;
}

/** The formula at each point of the fold, in order. */
const elementsOf = ({ axes, body }: Fold): Expression[] =>
  axes.reduce<Expression[]>(
    (all, axis) =>
      all.flatMap((inner) =>
        Array.from({ length: axis.size }, (_, i) => substitute(inner, new Map([[axis, constantIndex(i)]]))),
      ),
    [body],
  );

/** Whether something around a fold, or inside it, walks one of its axes as well. */
function bindsTwice(f: Fold, outer: readonly Axis[]): boolean {
  const others = [...outer, ...foldsIn([f.body]).flatMap((inner) => inner.axes)];
  return f.axes.some((axis) => others.includes(axis));
}

function withOwnAxes({ by, axes, body, order }: Fold): Expression {
  const own = axes.map((axis) => new Axis(axis.name, axis.size));
  return fold(by, own, substitute(body, new Map(axes.map((axis, i) => [axis, own[i]!.index]))), order);
}
