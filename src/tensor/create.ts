/** Making tensors. */
import type { DType } from '../core/dtype.js';
import { convert, elementTypes } from '../core/dtype.js';
import { problem } from '../core/errors.js';
import { isCount, type Shape, showShape, sizeOf } from '../core/shape.js';
import { check } from '../ops/fields.js';
import { flatten, type NestedInput } from './nested.js';
import { checkedShape, checkedType, full, Tensor } from './tensor.js';

export interface TensorOptions {
  /** Shape of the values in row-major order; the nesting of the arrays when left out. */
  readonly shape?: Shape;
  /**
   * Element type; that of typed arrays (the wider one of several), bool for truth values, else float32 when left out.
   * Fractions are cut off toward 0 for int32 and uint8, as numpy's `astype` does; what is out of range becomes the
   * nearest number in it, NaN becomes 0.
   */
  readonly dtype?: DType;
}
interface TypeOption {
  readonly dtype?: DType;
}

/**
 * A tensor of the given values: a number, nested arrays of any depth, or a typed array. Values are copied.
 *
 * Throws a DataError for text and missing values, a ShapeError for ragged arrays and for a shape of another size.
 *
 * @example
 * tensor([[1, 2], [3, 4]]).shape; // [2, 2]
 * tensor(new Float32Array(6), { shape: [2, 3] }).rank; // 2
 */
export function tensor(values: NestedInput, options: TensorOptions = {}): Tensor {
  const flat = flatten(values);
  const shape = options.shape && checkedShape(options.shape, 'tensor');
  const type = checkedType(options.dtype ?? flat.dtype, 'tensor');
  if (shape && sizeOf(shape) !== flat.values.length) {
    throw problem('shape-mismatch', {
      subject: 'tensor',
      expected: `${sizeOf(shape)} values for shape ${showShape(shape)}`,
      received: `${flat.values.length}`,
    });
  }
  const converted =
    type === flat.dtype
      ? flat.values
      : new elementTypes[type].array(Array.from(flat.values, (x) => convert(x, type)));
  return new Tensor(shape ?? flat.shape, type, { kind: 'data', values: converted });
}

/** All zeros. */
export const zeros = (shape: Shape, options: TypeOption = {}): Tensor => full(shape, 0, options);
/** All ones. */
export const ones = (shape: Shape, options: TypeOption = {}): Tensor => full(shape, 1, options);
/** Zeros of the shape and type of another tensor. */
export const zerosLike = (x: Tensor): Tensor => full(x.shape, 0, { dtype: x.dtype });
/** Ones of the shape and type of another tensor. */
export const onesLike = (x: Tensor): Tensor => full(x.shape, 1, { dtype: x.dtype });

/**
 * Numbers from `start` on, before `stop`, `step` apart; whole numbers give int32. With one argument from 0.
 *
 * @example
 * arange(3).toArray(); // [0, 1, 2]
 * arange(1, 2, 0.25).toArray(); // [1, 1.25, 1.5, 1.75]
 */
export function arange(start: number, stop?: number, step = 1, { dtype }: TypeOption = {}): Tensor {
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  if (step === 0 || ![from, to, step].every(Number.isFinite)) {
    throw problem('argument-value', {
      subject: 'arange',
      expected: 'finite start and stop, and a step other than 0',
      received: `start ${from}, stop ${to}, step ${step}`,
    });
  }
  const count = Math.max(0, Math.ceil((to - from) / step));
  const type = dtype ?? ([from, step].every(Number.isInteger) ? 'int32' : 'float32');
  const places = zeros([count], { dtype: 'int32' }).indices();
  return places.mul(step).add(from).cast(type);
}

/** `count` numbers from `start` to `stop`, both included unless `endpoint` is false. */
export function linspace(start: number, stop: number, count = 50, { endpoint = true } = {}): Tensor {
  check(isCount(count), 'linspace', 'a count that is an integer of 0 or more', count);
  const parts = Math.max(1, endpoint ? count - 1 : count);
  const values = Float32Array.from({ length: count }, (_, i) => start + (i * (stop - start)) / parts);
  if (endpoint && count > 1) values[count - 1] = stop;
  return new Tensor([count], 'float32', { kind: 'data', values });
}

/** Ones on the diagonal, zeros elsewhere: `[rows, columns]`, square when one size is given. */
export function eye(rows: number, columns = rows, { dtype = 'float32' }: TypeOption = {}): Tensor {
  const base = zeros([rows, columns], { dtype: 'int32' });
  return base.indices(0).equal(base.indices(1)).cast(dtype);
}

/**
 * A new last axis of size `depth` that is 1 at the index and 0 elsewhere; all 0 for an index outside. Indices are a
 * tensor or what `tensor()` takes.
 *
 * @example
 * oneHot([2, 0], 3).toArray(); // [[0, 0, 1], [1, 0, 0]]
 */
export function oneHot(
  indices: Tensor | NestedInput,
  depth: number,
  { dtype = 'float32' }: TypeOption = {},
): Tensor {
  const index = indices instanceof Tensor ? indices : tensor(indices);
  const places = index.cast('int32').expandDims(-1);
  return places
    .broadcastTo([...index.shape, depth])
    .indices(-1)
    .equal(places)
    .cast(dtype);
}
