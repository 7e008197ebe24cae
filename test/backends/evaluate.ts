/** Walks a kernel's formulas point by point in float32, in the order of its folds: what compiled kernels must give. */
import { convert, type TypedArray } from '../../src/core/dtype.js';
import { stridesOf } from '../../src/core/shape.js';
import { type Axis, type Index, pointsOf } from '../../src/loops/axis.js';
import {
  type Buffer,
  type Coordinate,
  type Expression,
  type Fold,
  isComputed,
} from '../../src/loops/expression.js';
import type { Kernel } from '../../src/loops/kernel.js';
import { rowOf } from '../../src/loops/scalars.js';

export type Arrays = Map<string, TypedArray>;
type Point = Map<Axis, number>;

const indexAt = (index: Index, point: Point): number =>
  [...index.terms].reduce((sum, [axis, times]) => sum + times * point.get(axis)!, index.offset);

function placeOf(
  at: readonly Coordinate[],
  buffer: Buffer,
  point: Point,
  arrays: Arrays,
): number | undefined {
  const strides = stridesOf(buffer.shape);
  let place = 0;
  for (const [d, c] of at.entries()) {
    const coordinate = isComputed(c) ? evaluate(c, point, arrays) : indexAt(c, point);
    if (coordinate < 0 || coordinate >= buffer.shape[d]!) return undefined;
    place += coordinate * strides[d]!;
  }
  return place;
}

function evaluate(e: Expression, point: Point, arrays: Arrays): number {
  // Integers have no -0.
  const round = (x: number) => (e.type === 'float' ? Math.fround(x) : x + 0);
  switch (e.kind) {
    case 'constant':
      return round(e.value);
    case 'counter':
      return indexAt(e.index, point);
    case 'load': {
      const place = placeOf(e.at, e.buffer, point, arrays);
      return place === undefined ? round(e.fill) : arrays.get(e.buffer.name)![place]!;
    }
    case 'call':
      return round(rowOf(e.name).js(...e.args.map((a) => evaluate(a, point, arrays))));
    case 'fold':
      return evaluateFold(e, point, arrays);
  }
}

/** Visits all points in order; `point` is changed in place. */
function eachPoint(axes: readonly Axis[], point: Point, visit: () => void, d = 0): void {
  const axis = axes[d];
  const before = axis && point.get(axis);
  for (let i = 0; axis && i < axis.size; i++) {
    point.set(axis, i);
    eachPoint(axes, point, visit, d + 1);
  }
  if (axis && before !== undefined) point.set(axis, before);
  if (!axis) visit();
}

function evaluateFold(e: Fold, point: Point, arrays: Arrays): number {
  const values: number[] = [];
  eachPoint(e.axes, point, () => values.push(evaluate(e.body, point, arrays)));
  if (e.by === 'argmax') return argmax(values);
  if (e.by !== 'sum') {
    const empty = { float: Infinity, int: 2 ** 31 - 1, bool: 1 }[e.type];
    const lowest = { float: -Infinity, int: -(2 ** 31), bool: 0 }[e.type];
    return e.by === 'max'
      ? values.reduce((a, b) => Math.max(a, b), lowest)
      : values.reduce((a, b) => Math.min(a, b), empty);
  }
  if (e.type !== 'float') return values.reduce((a, b) => (a + b) | 0, 0);
  return e.order === 'lanes' ? laneSum(values) : e.order === 'blocks' ? blockSum(values) : sequence(values);
}

const sequence = (values: readonly number[]) => values.reduce((a, b) => Math.fround(a + b), 0);

function argmax(values: readonly number[]): number {
  const firstNaN = values.findIndex(Number.isNaN);
  return firstNaN >= 0 ? firstNaN : Math.max(0, values.indexOf(Math.max(...values)));
}

function laneSum(values: readonly number[]): number {
  const lanes = new Float32Array(16);
  for (const [i, x] of values.entries()) lanes[i % 16]! += x;
  for (let half = 8; half >= 1; half /= 2) for (let i = 0; i < half; i++) lanes[i]! += lanes[i + half]!;
  return lanes[0]!;
}

/** Products were rounded already, so the bits are those of fused sums only where products are exact. */
function blockSum(values: readonly number[]): number {
  let total = -0;
  for (let from = 0; from < values.length; from += 256)
    total = Math.fround(total + sequence(values.slice(from, from + 256)));
  return values.length === 0 ? 0 : total;
}

/** Runs a kernel on these arrays, in place. */
export function runKernel(kernel: Kernel, arrays: Arrays): void {
  if (pointsOf(kernel.axes) === 0) return;
  const point: Point = new Map();
  eachPoint(kernel.axes, point, () => runPoint(kernel, point, arrays));
}

function runPoint({ stores }: Kernel, point: Point, arrays: Arrays): void {
  const made = stores.map((s) => ({
    value: evaluate(s.value, point, arrays),
    place: placeOf(s.at, s.buffer, point, arrays),
  }));
  for (const [i, { buffer, mode, value: e }] of stores.entries()) {
    const { value, place } = made[i]!;
    if (place === undefined) continue;
    const to = arrays.get(buffer.name)!;
    const sum = e.type === 'bool' ? to[place]! | value : to[place]! + value;
    to[place] =
      mode === 'set'
        ? convert(value, buffer.dtype)
        : e.type === 'float'
          ? sum
          : convert(sum | 0, buffer.dtype);
  }
}
