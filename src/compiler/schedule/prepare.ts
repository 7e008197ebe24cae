/** Makes a kernel's formulas ready for scheduling: only rows with an instruction, and no axis bound twice. */
import { Axis, pointsOf, positionOf } from '../../loops/axis.js';
import {
  constant,
  type Expression,
  type Fold,
  fold,
  forgetFormulas,
  isFold,
} from '../../loops/expression.js';
import { expandComposites } from '../../loops/formulas.js';
import { formulasOf, type Kernel, mapFormulas } from '../../loops/kernel.js';
import { rewrite, substitute } from '../../loops/rewrite.js';
import { indexValue, Scalar } from '../../loops/scalar.js';
import { foldsIn } from './rows.js';

export function prepare(kernel: Kernel): Kernel {
  const expanded = rewriteAll(mapFormulas(kernel, expandComposites), withoutArgmax);
  if (!foldsIn(formulasOf(expanded)).some((f) => bindsTwice(f, kernel.axes))) return expanded;
  // Else the fold over other axes would be one with the fold that it was made from.
  forgetFormulas();
  return rewriteAll(expanded, (e) => (isFold(e) ? withOwnAxes(e) : e));
}

function rewriteAll(kernel: Kernel, change: (e: Expression) => Expression): Kernel {
  const done = new Map<Expression, Expression>();
  return mapFormulas(kernel, (e) => rewrite(e, change, done));
}

/** The first place of the largest value is the least place that holds it; NaN is larger than every number. */
function withoutArgmax(e: Expression): Expression {
  if (!isFold(e) || e.by !== 'argmax') return e;
  const count = pointsOf(e.axes);
  if (count === 0) return constant(0, 'int');
  const value = new Scalar(e.body);
  const isLargest = value.equal(new Scalar(withOwnAxes({ ...e, by: 'max' })));
  const holds = value.type === 'float' ? isLargest.or(value.equal(value).not()) : isLargest;
  return fold('min', e.axes, holds.select(indexValue(positionOf(e.axes)), count).expression);
}

/** Whether something around a fold, or inside it, walks one of its axes as well. */
function bindsTwice(f: Fold, outer: readonly Axis[]): boolean {
  const others = [...outer, ...foldsIn([f.body]).flatMap((inner) => inner.axes)];
  return f.axes.some((axis) => others.includes(axis));
}

function withOwnAxes({ by, axes, body, order }: Fold): Expression {
  const own = axes.map((axis) => new Axis(axis.name, axis.size));
  return fold(by, own, substitute(body, new Map(axes.map((axis, i) => [axis, own[i]!.index]))), order);
}
