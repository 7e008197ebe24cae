/** Weights and masks beside the values that they count for. */

import { isSameShape } from '../core/shape.js';
import { where } from '../tensor/functions.js';
import type { Tensor } from '../tensor/tensor.js';
import { sameRank } from './ranks.js';

/**
 * Values and weights of as many axes: weights of whole samples, or of steps of them, count for everything inside.
 * Source: Keras's `squeeze_or_expand_to_same_rank`, which stops where the weights have fewer axes.
 */
export function aligned(values: Tensor, weights: Tensor): [Tensor, Tensor] {
  const [a, b] = sameRank(values, weights.cast('float32'));
  return [a, isSameShape(b.shape, a.shape.slice(0, b.rank)) ? inside(b, a.rank) : b];
}

/** Weights of leading axes with axes of size 1 for everything inside. */
export const inside = (weights: Tensor, rank: number): Tensor =>
  weights.reshape([...weights.shape, ...Array(Math.max(0, rank - weights.rank)).fill(1)]);

/** Weights that are 0 where a mask is. */
export function masked(weights: Tensor | undefined, mask: Tensor | null | undefined): Tensor | undefined {
  if (!mask || !weights) return mask?.cast('float32') ?? weights;
  const [a, b] = mask.rank < weights.rank ? aligned(weights, mask) : aligned(mask.cast('float32'), weights);
  return a.mul(b);
}

/** `a / b`, and 0 where `b` is 0. The divisor is mended too, so that no gradient is NaN. */
export function divideNoNan(a: Tensor, b: Tensor): Tensor {
  const isZero = b.equal(0);
  return where(isZero, 0, a.div(where(isZero, 1, b)));
}
