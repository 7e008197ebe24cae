/**
 * The order in which a fold adds, chosen once when a node is lowered. It follows from the formula and the strides alone
 * and is part of the kernel's meaning from then on: no later pass and no backend changes it.
 */
import { type Axis, movingAxes, pointsOf } from '../loops/axis.js';
import {
  type Expression,
  type Fold,
  type FoldOrder,
  fold,
  foldsOf,
  isFold,
  isLoad,
  type Load,
  walk,
} from '../loops/expression.js';
import { linearOf } from '../loops/kernel.js';
import { rewrite } from '../loops/rewrite.js';

export function orderFolds(value: Expression, axes: readonly Axis[]): Expression {
  if (foldsOf(value).length === 0) return value;
  return rewrite(value, (e) => (isFold(e) ? fold(e.by, e.axes, e.body, orderOf(e, axes)) : e));
}

function orderOf(e: Fold, axes: readonly Axis[]): FoldOrder {
  if (factorsOf(e, axes)) return 'blocks';
  const vector = movingAxes(axes).at(-1);
  return vector && e.free.has(vector) && !walksRows(e, vector) ? 'sequence' : 'lanes';
}

/** Whether the fold runs along neighbouring elements while the kernel's last axis jumps. */
function walksRows(e: Fold, vector: Axis): boolean {
  const inner = movingAxes(e.axes).at(-1);
  if (!inner) return false;
  const strides = [...walk(e.body)].filter(isLoad).map((l) => linearOf(l.at, l.buffer));
  return strides.some((at) => at && Math.abs(at.along(inner)) === 1 && ![0, 1].includes(at.along(vector)));
}

/**
 * The two factors of a sum of products that runs as a matrix product: each has output axes of its own, or one has none
 * and the last axis walks the rows of the other. Axes of both are batches.
 */
export function factorsOf(e: Fold, axes: readonly Axis[]): readonly [Load, Load] | undefined {
  if (e.by !== 'sum' || e.body.kind !== 'call' || e.body.name !== 'multiply') return undefined;
  const [x, y] = e.body.args as [Expression, Expression];
  if (!isLoad(x) || !isLoad(y) || pointsOf(e.axes) < 2) return undefined;
  const moving = movingAxes(axes);
  const hasOwn = (load: Load, other: Load) => moving.some((a) => load.free.has(a) && !other.free.has(a));
  const isRowTimes = (row: Load, matrix: Load) =>
    !moving.some((a) => row.free.has(a)) && linearOf(matrix.at, matrix.buffer)?.along(moving.at(-1)!) === 1;
  const isProduct =
    moving.length > 0 && ((hasOwn(x, y) && hasOwn(y, x)) || isRowTimes(x, y) || isRowTimes(y, x));
  return isProduct ? [x, y] : undefined;
}
