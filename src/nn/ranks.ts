import type { Tensor } from '../tensor/tensor.js';

/**
 * Two tensors with as many axes each, where they differ by one axis of size 1 at the end: a list `[n]` beside
 * a column `[n, 1]` becomes a column, otherwise the longer one loses the axis.
 * Source: Keras's `squeeze_or_expand_to_same_rank`.
 */
export function sameRank(a: Tensor, b: Tensor): [Tensor, Tensor] {
  if (a.rank < b.rank) return sameRank(b, a).reverse() as [Tensor, Tensor];
  if (a.rank !== b.rank + 1 || a.shape.at(-1) !== 1) return [a, b];
  return b.rank === 1 ? [a, b.expandDims(-1)] : [a.squeeze(-1), b];
}
