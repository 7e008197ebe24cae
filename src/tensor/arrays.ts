/** Functions that numpy and `keras.ops` have, made of methods of tensors. */
import { check, frontAxis } from '../ops/fields.js';
import { concatenate } from './functions.js';
import type { Axes, Tensor } from './tensor.js';

/** `√Σx²` over the axes, all of them when null. */
export const norm = (
  x: Tensor,
  { axis = null, keepDims = false }: { readonly axis?: Axes; readonly keepDims?: boolean } = {},
): Tensor => x.square().sum(axis, { keepDims }).sqrt();

/**
 * `x / √Σx²` along an axis: vectors of length 1. A length below `epsilon` counts as `epsilon`, so that nothing is divided
 * by 0.
 *
 * @example
 * normalize(tensor([3, 4])).toArray(); // [0.6, 0.8]
 */
export const normalize = (
  x: Tensor,
  { axis = -1, epsilon = 1e-7 }: { readonly axis?: Axes; readonly epsilon?: number } = {},
): Tensor =>
  x.div(
    x
      .square()
      .sum(axis, { keepDims: true })
      .maximum(epsilon ** 2)
      .sqrt(),
  );

/**
 * Elements moved along an axis, or in row-major order when it is null; those that leave at one end come in at the other.
 *
 * @example
 * roll(tensor([1, 2, 3]), 1).toArray(); // [3, 1, 2]
 */
export function roll(x: Tensor, shift: number, axis: number | null = null): Tensor {
  check(Number.isInteger(shift), 'roll', 'an integer shift', shift);
  if (axis === null) return roll(x.flatten(), shift, 0).reshape(x.shape);
  const at = frontAxis(axis, x.shape, 'roll');
  const size = x.shape[at]!;
  const moved = size === 0 ? 0 : ((shift % size) + size) % size;
  if (moved === 0) return x;
  const part = (from: number, count: number) =>
    x.slice(
      x.shape.map((_, d) => (d === at ? from : 0)),
      x.shape.with(at, count),
    );
  return concatenate([part(size - moved, moved), part(0, size - moved)], at);
}

/** How many columns each element of the last two axes stands right of the diagonal. */
const rightOfDiagonal = (x: Tensor): Tensor => x.indices(-1).sub(x.indices(-2));

/** The lower triangle of the last two axes, zeros above; `diagonal` is the last one kept, 0 that of the corner. */
export const tril = (x: Tensor, diagonal = 0): Tensor => rightOfDiagonal(x).lessEqual(diagonal).where(x, 0);

/** The upper triangle of the last two axes, zeros below; `diagonal` is the first one kept. */
export const triu = (x: Tensor, diagonal = 0): Tensor =>
  rightOfDiagonal(x).greaterEqual(diagonal).where(x, 0);

/** The axis `from` in the place `to`; the others keep their order. */
export function moveaxis(x: Tensor, from: number, to: number): Tensor {
  const [source, target] = [from, to].map((axis) => frontAxis(axis, x.shape, 'moveaxis')) as [number, number];
  return x.transpose([...x.shape.keys()].toSpliced(source, 1).toSpliced(target, 0, source));
}
