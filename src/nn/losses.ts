/** Losses: what training makes small. */

import { noOptions } from '../core/declaration.js';
import { bool, float, int, maybe } from '../core/fields.js';
import type { PartialShape } from '../core/shape.js';
import { where } from '../tensor/functions.js';
import type { Tensor } from '../tensor/tensor.js';
import {
  binaryCrossentropy,
  categoricalCrossentropy,
  classNumbers,
  sparseCategoricalCrossentropy,
} from './crossentropy.js';
import { loss, type Targets } from './loss.js';
import { sameRank } from './ranks.js';

const paired: Targets = { isPaired: true };

/**
 * `mean (yTrue - yPred)²` over the last axis: one value for each sample.
 *
 * @example
 * meanSquaredError(tensor([[0, 0]]), tensor([[1, 3]])).toArray(); // [5]
 */
export function meanSquaredError(yTrue: Tensor, yPred: Tensor): Tensor {
  const [truth, prediction] = sameRank(yTrue.cast('float32'), yPred);
  return truth.sub(prediction).square().mean(-1);
}

/**
 * `mean |yTrue - yPred|` over the last axis: one value for each sample.
 *
 * @example
 * meanAbsoluteError(tensor([[0, 0]]), tensor([[1, 3]])).toArray(); // [2]
 */
export function meanAbsoluteError(yTrue: Tensor, yPred: Tensor): Tensor {
  const [truth, prediction] = sameRank(yTrue.cast('float32'), yPred);
  return truth.sub(prediction).abs().mean(-1);
}

/**
 * Mean of the squared errors: `(yTrue - yPred)²`.
 *
 * Inputs    `yTrue`, `yPred` `[batch, ..., d]`
 *
 * @example
 * new MeanSquaredError().call(tensor([[0], [2]]), tensor([[1], [2]])).item(); // 0.5
 */
export class MeanSquaredError extends /* @__PURE__ */ loss('MeanSquaredError', noOptions, meanSquaredError) {
  override targets(): Targets {
    return paired;
  }
}

/** Mean of the absolute errors: `|yTrue - yPred|`. */
export class MeanAbsoluteError extends /* @__PURE__ */ loss(
  'MeanAbsoluteError',
  noOptions,
  meanAbsoluteError,
) {
  override targets(): Targets {
    return paired;
  }
}

/**
 * Cross-entropy between labels 0 and 1 and one probability: `-(y log p + (1 - y) log (1 - p))`.
 *
 * Inputs    `yTrue`, `yPred` `[batch, ..., d]`; probabilities are kept 1e-7 away from 0 and 1
 *
 * @example
 * new BinaryCrossentropy({ fromLogits: true }).call(tensor([[1]]), tensor([[0]])).item(); // 0.69315
 */
export class BinaryCrossentropy extends /* @__PURE__ */ loss(
  'BinaryCrossentropy',
  () => ({
    /** Whether predictions are scores before sigmoid. */
    fromLogits: bool(false),
    /** Share of certainty taken from the labels, from 0 to 1. Szegedy et al. 2016. */
    labelSmoothing: float(0, { min: 0, max: 1 }),
    /** The axis to take the mean over. */
    axis: int(-1),
  }),
  binaryCrossentropy,
) {
  override targets(): Targets {
    return { ...paired, labels: { last: 1, whole: false, ignored: null } };
  }
}

/**
 * Cross-entropy between classes given as one-hot rows and predicted probabilities: `-Σ y log p`.
 *
 * Inputs    `yTrue`, `yPred` `[batch, ..., classes]`; probabilities are divided by their sum
 */
export class CategoricalCrossentropy extends /* @__PURE__ */ loss(
  'CategoricalCrossentropy',
  () => ({
    /** Whether predictions are scores before softmax. */
    fromLogits: bool(false),
    /** Share of certainty taken from the labels, from 0 to 1. Szegedy et al. 2016. */
    labelSmoothing: float(0, { min: 0, max: 1 }),
    /** The axis of the classes. */
    axis: int(-1),
  }),
  categoricalCrossentropy,
) {}

/**
 * Cross-entropy between classes given as whole numbers and predicted probabilities: `-log p[class]`.
 *
 * Inputs    `yTrue` `[batch, ...]` or `[batch, ..., 1]`, `yPred` `[batch, ..., classes]`
 */
export class SparseCategoricalCrossentropy extends /* @__PURE__ */ loss(
  'SparseCategoricalCrossentropy',
  () => ({
    /** Whether predictions are scores before softmax. */
    fromLogits: bool(false),
    /** A class number that does not count, such as that of unlabelled pixels. */
    ignoreClass: maybe(int()),
    /** The axis of the classes. */
    axis: int(-1),
  }),
  (yTrue, yPred, { fromLogits, ignoreClass, axis }) => {
    if (ignoreClass === null) return sparseCategoricalCrossentropy(yTrue, yPred, { fromLogits, axis });
    const labels = classNumbers(yTrue, yPred, axis);
    const isIgnored = labels.equal(ignoreClass);
    // Class 0 stands in for the ignored one, which may be no class of the predictions.
    const values = sparseCategoricalCrossentropy(where(isIgnored, 0, labels), yPred, { fromLogits, axis });
    return where(isIgnored, 0, values);
  },
) {
  override targets(outputShape: PartialShape): Targets {
    const { axis, ignoreClass } = this.config;
    const last = (outputShape.at(axis) ?? Infinity) - 1;
    return { isPaired: false, labels: { last, whole: true, ignored: ignoreClass } };
  }
  override valid(yTrue: Tensor): Tensor | null {
    const { ignoreClass } = this.config;
    return ignoreClass === null ? null : yTrue.notEqual(ignoreClass);
  }
}

/** Every loss by its Keras names. */
export const losses = {
  mean_squared_error: MeanSquaredError,
  mse: MeanSquaredError,
  MSE: MeanSquaredError,
  mean_absolute_error: MeanAbsoluteError,
  mae: MeanAbsoluteError,
  MAE: MeanAbsoluteError,
  binary_crossentropy: BinaryCrossentropy,
  bce: BinaryCrossentropy,
  BCE: BinaryCrossentropy,
  categorical_crossentropy: CategoricalCrossentropy,
  sparse_categorical_crossentropy: SparseCategoricalCrossentropy,
  MeanSquaredError,
  MeanAbsoluteError,
  BinaryCrossentropy,
  CategoricalCrossentropy,
  SparseCategoricalCrossentropy,
};
export type LossName = keyof typeof losses;
