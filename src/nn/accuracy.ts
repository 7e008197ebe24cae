/** Accuracies as functions: 1 where a prediction is right, 0 where it is wrong. */

import { where } from '../tensor/functions.js';
import type { Tensor } from '../tensor/tensor.js';
import { withoutColumn } from './labels.js';
import { sameRank } from './ranks.js';

/** 1 where `yPred` equals `yTrue`. */
export function accuracy(yTrue: Tensor, yPred: Tensor): Tensor {
  const [truth, prediction] = sameRank(yTrue, yPred);
  return truth.equal(prediction).cast('float32');
}

interface Threshold {
  readonly threshold: number;
}

/** 1 where `yPred` is above `threshold` and `yTrue` is 1, or neither. */
export function binaryAccuracy(yTrue: Tensor, yPred: Tensor, { threshold }: Threshold): Tensor {
  const [truth, prediction] = sameRank(yTrue, yPred);
  return truth.equal(prediction.greater(threshold)).cast('float32');
}

/**
 * 1 where the greatest of `yPred` stands where the greatest of `yTrue` stands. Both `[batch, ..., classes]`.
 */
export const categoricalAccuracy = (yTrue: Tensor, yPred: Tensor): Tensor =>
  yTrue.argmax(-1).equal(yPred.argmax(-1)).cast('float32');

/**
 * 1 where the greatest of `yPred` `[batch, ..., classes]` stands at the class number `yTrue` `[batch, ...]`.
 */
export const sparseCategoricalAccuracy = (yTrue: Tensor, yPred: Tensor): Tensor =>
  withoutColumn(yTrue, yPred).equal(yPred.argmax(-1)).cast('float32');

interface Top {
  readonly k: number;
}

/** 1 where fewer than `k` of `yPred` are greater than that of the class for which `yTrue` is greatest. */
export const topKCategoricalAccuracy = (yTrue: Tensor, yPred: Tensor, { k }: Top): Tensor =>
  isInTop(yTrue.argmax(-1), yPred, k);

interface SparseTop extends Top {
  readonly fromSortedIds: boolean;
}

/** 1 where fewer than `k` of `yPred` are greater than that of the class number `yTrue`. */
export function sparseTopKCategoricalAccuracy(
  yTrue: Tensor,
  yPred: Tensor,
  { k, fromSortedIds }: SparseTop,
): Tensor {
  const labels = withoutColumn(yTrue, yPred);
  if (!fromSortedIds) return isInTop(labels.cast('int32'), yPred, k);
  const isFirst = yPred.indices(-1).less(k);
  return yPred.equal(labels.expandDims(-1)).logicalAnd(isFirst).any(-1).cast('float32');
}

/** Whether fewer than `k` scores are greater than that of the label; NaN is below all. */
function isInTop(labels: Tensor, scores: Tensor, k: number): Tensor {
  const found = scores.takeAlongAxis(labels.expandDims(-1));
  const score = where(found.isNaN(), -Infinity, found);
  return scores.greater(score).cast('float32').sum(-1).less(k).cast('float32');
}
