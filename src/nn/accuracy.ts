/** Accuracies as functions: 1 where a prediction is right, 0 where it is wrong. */

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
