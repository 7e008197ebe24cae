/** Methods that are made of operations. Forms that keep numbers finite follow the literature named beside them. */
import {
  axisFromFront,
  broadcastShapes,
  isCount,
  isSameShape,
  type Shape,
  showShape,
  sizeOf,
} from '../core/shape.js';
import { check, frontAxes, frontAxis, inverse, lastInOrder, misuse } from '../ops/fields.js';
import * as ops from '../ops/index.js';
import type { Operand, Tensor } from '../ops/op.js';

type Axes = number | readonly number[] | null;
interface KeepDims {
  readonly keepDims?: boolean;
}

/** Powers that are products and roots are written so, and keep integers whole; the rest is `ops.power`. */
export function pow(a: Tensor, b: Operand): Tensor {
  const isProduct =
    typeof b === 'number' && Number.isInteger(b) && b > 0 && (b <= 3 || a.dtype !== 'float32');
  if (isProduct) return product(a, b);
  if (b === 0.5) return a.sqrt();
  if (b === -1) return a.reciprocal();
  return ops.power(a, b);
}

/** `x · x · …`, by squaring. */
function product(x: Tensor, times: number): Tensor {
  if (times === 1) return x;
  const half = product(x, Math.floor(times / 2));
  return times % 2 === 0 ? half.mul(half) : half.mul(half).mul(x);
}

export function mean(x: Tensor, axis: Axes, options: KeepDims): Tensor {
  const total = x.cast('float32').sum(axis, options);
  return total.mul(total.size / x.size);
}

/**
 * Mean of the squared distances from the mean, in two passes: `E[x²] - E[x]²` loses all digits of small variances.
 * About any fixed point, `E[(x - point)²] - (E[x] - point)²` is the same. With the mean itself as that point the second
 * part is 0, and so is its gradient: what a gradient through the mean would add up to, rounding errors apart.
 */
export function variance(x: Tensor, axis: Axes, options: KeepDims): Tensor {
  const middle = mean(x, axis, { keepDims: true });
  const point = middle.stopGradient();
  const distance = x.cast('float32').sub(point);
  return mean(distance.square(), axis, options).sub(mean(middle.sub(point).square(), axis, options));
}

export const any = (x: Tensor, axis: Axes, options: KeepDims): Tensor =>
  x.size === 0 ? x.cast('float32').sum(axis, options).cast('bool') : x.cast('bool').max(axis, options);
export const all = (x: Tensor, axis: Axes, options: KeepDims): Tensor =>
  x.size === 0 ? x.cast('float32').sum(axis, options).equal(0) : x.cast('bool').min(axis, options);

/** `ln Σ eˣ`, shifted by the largest finite element; a row of -∞ gives -∞ with gradient 0. */
export function logsumexp(x: Tensor, axis: Axes, { keepDims = false }: KeepDims): Tensor {
  const largest = x.max(axis, { keepDims: true }).stopGradient();
  const shift = largest.abs().less(Infinity).where(largest, 0);
  const total = x.sub(shift).exp().sum(axis, { keepDims: true });
  const isNothing = total.equal(0);
  const result = isNothing.where(-Infinity, isNothing.where(1, total).log().add(shift));
  return keepDims ? result : squeeze(result, axis);
}

/** Distances from the largest element, of which no exponential overflows. */
const belowLargest = (x: Tensor, axis: number) => x.sub(x.max(axis, { keepDims: true }).stopGradient());

export function softmax(x: Tensor, axis: number): Tensor {
  const raised = belowLargest(x, axis).exp();
  return raised.div(raised.sum(axis, { keepDims: true }));
}

export function logSoftmax(x: Tensor, axis: number): Tensor {
  const shifted = belowLargest(x, axis);
  return shifted.sub(shifted.exp().sum(axis, { keepDims: true }).log());
}

/** Of truth values and integers too: their order turned around has no overflow. */
export const argmin = (x: Tensor, axis: Axes, options: KeepDims): Tensor =>
  (x.dtype === 'float32' ? x.neg() : x.cast('int32').mul(-1).sub(1)).argmax(axis, options);

export function reshape(x: Tensor, shape: Shape): Tensor {
  const known = sizeOf(shape.filter((size) => size !== -1));
  const full = shape.map((size) => (size === -1 ? (known === 0 ? 0 : x.size / known) : size));
  const isOpenOnce = shape.indexOf(-1) === shape.lastIndexOf(-1);
  if (!isOpenOnce || !full.every(isCount) || sizeOf(full) !== x.size) {
    const expected = `a shape of ${x.size} elements, at most one size being -1`;
    throw misuse(
      'shape-mismatch',
      'reshape',
      expected,
      `${showShape(shape)} for shape ${showShape(x.shape)}`,
    );
  }
  return isSameShape(full, x.shape) ? x : ops.reshape(x, { shape: full });
}

export function transpose(x: Tensor, order: readonly number[] | null): Tensor {
  if (order && frontAxes(order, x.shape, 'transpose').length !== x.rank)
    throw misuse('axis-out-of-range', 'transpose', `each of the ${x.rank} axes once`, showShape(order));
  const isSame = order?.every((axis, d) => axisFromFront(axis, x.rank) === d);
  return isSame ? x : ops.transpose(x, { order });
}

export const expandDims = (x: Tensor, axis: number): Tensor =>
  reshape(x, x.shape.toSpliced(frontAxis(axis, [...x.shape, 1], 'expandDims'), 0, 1));

export function squeeze(x: Tensor, axes: Axes): Tensor {
  if (axes === null)
    return reshape(
      x,
      x.shape.filter((n) => n !== 1),
    );
  const drop = frontAxes(axes, x.shape, 'squeeze');
  const wide = drop.find((d) => x.shape[d] !== 1);
  if (wide !== undefined)
    throw misuse(
      'shape-mismatch',
      'squeeze',
      'axes of size 1',
      `axis ${wide} of shape ${showShape(x.shape)}`,
    );
  return reshape(
    x,
    x.shape.filter((_, d) => !drop.includes(d)),
  );
}

export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  const both = broadcastShapes(x.shape, shape);
  if (!both || !isSameShape(both, shape) || !shape.every(isCount)) {
    const expected = `a shape that ${showShape(x.shape)} stretches to`;
    throw misuse('shape-mismatch', 'broadcastTo', expected, showShape(shape));
  }
  return isSameShape(x.shape, shape) ? x : ops.broadcastTo(x, { shape });
}

export function slice(x: Tensor, start: Shape, size: Shape, step: Shape | null): Tensor {
  const isWhole = [start, size, step ?? start].every(
    (given) => given.length === x.rank && given.every(Number.isInteger),
  );
  const isInside = x.shape.every((n, d) => {
    const by = step?.[d] ?? 1;
    const ends = [start[d]!, start[d]! + (size[d]! - 1) * by];
    return by !== 0 && (size[d] === 0 || (size[d]! > 0 && ends.every((i) => i >= 0 && i < n)));
  });
  if (isWhole && isInside) return ops.slice(x, { start, size, step });
  throw misuse(
    'shape-mismatch',
    'slice',
    `start and size within shape ${showShape(x.shape)}, one each an axis, steps other than 0`,
    `start ${showShape(start)}, size ${showShape(size)}${step ? `, step ${showShape(step)}` : ''}`,
  );
}

export function pad(x: Tensor, padding: readonly (readonly [number, number])[], value: number): Tensor {
  const isPair = (p: readonly number[]) => p.length === 2 && p.every(isCount);
  if (padding.length !== x.rank || !padding.every(isPair)) {
    const expected = `${x.rank} pairs [before, after] of integers of 0 or more`;
    throw misuse('argument-value', 'pad', expected, JSON.stringify(padding));
  }
  return padding.flat().some(Boolean) ? ops.pad(x, { padding, value }) : x;
}

export function flip(x: Tensor, axes: Axes): Tensor {
  const turned = frontAxes(axes, x.shape, 'flip');
  const step = x.shape.map((_, d) => (turned.includes(d) ? -1 : 1));
  const start = x.shape.map((n, d) => (step[d] === 1 ? 0 : Math.max(0, n - 1)));
  return ops.slice(x, { start, size: x.shape, step });
}

/** The whole tensor several times along each axis. */
export function tile(x: Tensor, repeats: readonly number[]): Tensor {
  const isFine = Array.isArray(repeats) && repeats.every(isCount);
  check(isFine, 'Tensor.tile', 'an array of integers of 0 or more, one each axis', repeats);
  const rank = Math.max(x.rank, repeats.length);
  const filled = (list: Shape): number[] => [...Array(rank - list.length).fill(1), ...list];
  const [times, sizes] = [filled(repeats), filled(x.shape)];
  return x
    .reshape(sizes.flatMap((n) => [1, n]))
    .broadcastTo(sizes.flatMap((n, d) => [times[d]!, n]))
    .reshape(sizes.map((n, d) => n * times[d]!));
}

/** Each element several times in a row along an axis. */
export function repeat(x: Tensor, times: number, axis: number): Tensor {
  const at = frontAxis(axis, x.shape, 'repeat');
  check(isCount(times), 'Tensor.repeat', 'an integer of 0 or more', times);
  const stretched = x.expandDims(at + 1).broadcastTo(x.shape.toSpliced(at + 1, 0, times));
  return stretched.reshape(x.shape.with(at, x.shape[at]! * times));
}

/** Matrix product: names for the axes, then one contraction. Batch axes of size 1 broadcast by having no name. */
export function matmul(a: Tensor, b: Tensor): Tensor {
  const [left, right] = [a.rank === 1 ? a.expandDims(0) : a, b.rank === 1 ? b.expandDims(1) : b];
  const batch = broadcastShapes(left.shape.slice(0, -2), right.shape.slice(0, -2));
  if (a.rank === 0 || b.rank === 0 || !batch || left.shape.at(-1) !== right.shape.at(-2)) {
    const received = `${showShape(a.shape)} and ${showShape(b.shape)}`;
    const expected = 'shapes [..., m, k] and [..., k, n] whose leading axes broadcast';
    throw misuse('shape-mismatch', 'matmul', expected, received);
  }
  const named = (x: Tensor, last: string) => {
    const missing = batch.length + 2 - x.rank;
    const own = [...batch.keys()].filter((d) => x.shape[d - missing] === batch[d]);
    const shape = [...own.map((d) => batch[d]!), ...x.shape.slice(-2)];
    return { own, x: x.reshape(shape), axes: namesOf(own, last) };
  };
  const [x, y] = [named(left, 'm k'), named(right, 'k n')];
  const present = [...batch.keys()].filter((d) => x.own.includes(d) || y.own.includes(d));
  const product = ops.einsum(x.x, y.x, { equation: `${x.axes}, ${y.axes} -> ${namesOf(present, 'm n')}` });
  const rows = a.rank === 1 ? [] : left.shape.slice(-2, -1);
  const columns = b.rank === 1 ? [] : right.shape.slice(-1);
  return product.reshape([...batch, ...rows, ...columns]);
}

const namesOf = (batch: readonly number[], last: string) => [...batch.map((d) => `b${d}`), last].join(' ');

const outside = (x: Tensor): number => (x.dtype === 'float32' ? Number.NaN : 0);

/** As numpy's `take`: negative indices count from the end. */
export function take(x: Tensor, index: Tensor, axis: number): Tensor {
  const at = frontAxis(axis, x.shape, 'gather');
  const rows = x.transpose([at, ...[...x.shape.keys()].filter((d) => d !== at)]);
  const whole = index.cast('int32');
  const front = whole.less(0).where(whole.add(x.shape[at]!), whole);
  const found = ops.gather(rows, front, { fill: outside(x) });
  const rest = [...found.shape.keys()].slice(index.rank);
  return found.transpose(rest.toSpliced(at, 0, ...index.shape.keys()));
}

/** One element a row: `y[..., i] = x[..., index[..., i]]` along an axis; other axes are shared. */
export function takeAlongAxis(x: Tensor, index: Tensor, axis: number): Tensor {
  const order = lastInOrder(x.rank, [frontAxis(axis, x.shape, 'takeAlongAxis')]);
  const [rows, places] = [x.transpose(order), index.transpose(order)];
  return ops.gather(rows, places, { batch: x.rank - 1, fill: outside(x) }).transpose(inverse(order));
}
