/** Metrics: what logs show beside the loss. */

import { declared } from '../core/configurable.js';
import { noOptions } from '../core/declaration.js';
import { bool, float, int } from '../core/fields.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Variable } from '../tensor/variable.js';
import * as accuracies from './accuracy.js';
import {
  binaryCrossentropy,
  categoricalCrossentropy,
  sparseCategoricalCrossentropy,
} from './crossentropy.js';
import { meanAbsoluteError, meanSquaredError } from './losses.js';
import { counter, MeanMetric, Metric, metric, metricFields, samplewise } from './metric.js';
import { sameRank } from './ranks.js';

/**
 * Weighted mean of values: `Σ w v / Σ w`.
 *
 * @example
 * const mean = new Mean();
 * mean.updateState(tensor([1, 3, 5, 7]));
 * mean.result().item(); // 4
 */
export class Mean extends /* @__PURE__ */ declared(MeanMetric, 'Mean', noOptions, metricFields) {
  override updateState(values: Tensor, sampleWeight?: Tensor): void {
    this.add(values, sampleWeight);
  }
}

/** Weighted sum of values: `Σ w v`. */
export class Sum extends /* @__PURE__ */ declared(Metric, 'Sum', noOptions, metricFields) {
  readonly total: Variable = counter('total');
  override readonly variables: readonly Variable[] = [this.total];

  override updateState(given: Tensor, sampleWeight?: Tensor): void {
    const { values } = samplewise(given, sampleWeight, (x, axes) => x.sum(axes));
    this.total.assign(this.total.add(values.sum()));
  }

  override result(): Tensor {
    return this.total.add(0);
  }
}

/** Share of predictions that equal their targets. */
export class Accuracy extends /* @__PURE__ */ metric('Accuracy', noOptions, accuracies.accuracy) {}

/** Share of predictions on the right side of `threshold`; targets are 0 or 1. */
export class BinaryAccuracy extends /* @__PURE__ */ metric(
  'BinaryAccuracy',
  () => ({
    /** Predictions above it count as 1. */
    threshold: float(0.5),
  }),
  accuracies.binaryAccuracy,
) {}

/** Share of samples whose most probable class is the right one; targets are one-hot rows. */
export class CategoricalAccuracy extends /* @__PURE__ */ metric(
  'CategoricalAccuracy',
  noOptions,
  accuracies.categoricalAccuracy,
) {}

/** Share of samples whose most probable class is the right one; targets are class numbers. */
export class SparseCategoricalAccuracy extends /* @__PURE__ */ metric(
  'SparseCategoricalAccuracy',
  noOptions,
  accuracies.sparseCategoricalAccuracy,
) {}

/** Mean of the squared errors. */
export class MeanSquaredErrorMetric extends /* @__PURE__ */ metric(
  'MeanSquaredError',
  noOptions,
  meanSquaredError,
) {}

/** Mean of the absolute errors. */
export class MeanAbsoluteErrorMetric extends /* @__PURE__ */ metric(
  'MeanAbsoluteError',
  noOptions,
  meanAbsoluteError,
) {}

/** Square root of the mean of the squared errors. */
export class RootMeanSquaredError extends /* @__PURE__ */ metric(
  'RootMeanSquaredError',
  noOptions,
  (yTrue, yPred) => {
    const [truth, prediction] = sameRank(yTrue.cast('float32'), yPred);
    return prediction.sub(truth).square();
  },
) {
  override result(): Tensor {
    return super.result().sqrt();
  }
}

/** Mean cross-entropy between labels 0 and 1 and one probability. */
export class BinaryCrossentropyMetric extends /* @__PURE__ */ metric(
  'BinaryCrossentropy',
  () => ({
    /** Whether predictions are scores before sigmoid. */
    fromLogits: bool(false),
    /** Share of certainty taken from the labels, from 0 to 1. */
    labelSmoothing: float(0, { min: 0, max: 1 }),
  }),
  binaryCrossentropy,
) {}

/** Mean cross-entropy between one-hot rows and predicted probabilities. */
export class CategoricalCrossentropyMetric extends /* @__PURE__ */ metric(
  'CategoricalCrossentropy',
  () => ({
    /** Whether predictions are scores before softmax. */
    fromLogits: bool(false),
    /** Share of certainty taken from the labels, from 0 to 1. */
    labelSmoothing: float(0, { min: 0, max: 1 }),
    /** The axis of the classes. */
    axis: int(-1),
  }),
  categoricalCrossentropy,
) {}

/** Mean cross-entropy between class numbers and predicted probabilities. */
export class SparseCategoricalCrossentropyMetric extends /* @__PURE__ */ metric(
  'SparseCategoricalCrossentropy',
  () => ({
    /** Whether predictions are scores before softmax. */
    fromLogits: bool(false),
    /** The axis of the classes. */
    axis: int(-1),
  }),
  sparseCategoricalCrossentropy,
) {}

/** Every metric by its Keras names. `new metrics.MeanSquaredError()` is not the loss of that name. */
export const metrics = {
  binary_accuracy: BinaryAccuracy,
  categorical_accuracy: CategoricalAccuracy,
  sparse_categorical_accuracy: SparseCategoricalAccuracy,
  mean_squared_error: MeanSquaredErrorMetric,
  mse: MeanSquaredErrorMetric,
  MSE: MeanSquaredErrorMetric,
  mean_absolute_error: MeanAbsoluteErrorMetric,
  mae: MeanAbsoluteErrorMetric,
  MAE: MeanAbsoluteErrorMetric,
  root_mean_squared_error: RootMeanSquaredError,
  binary_crossentropy: BinaryCrossentropyMetric,
  bce: BinaryCrossentropyMetric,
  BCE: BinaryCrossentropyMetric,
  categorical_crossentropy: CategoricalCrossentropyMetric,
  sparse_categorical_crossentropy: SparseCategoricalCrossentropyMetric,
  mean: Mean,
  sum: Sum,
  Accuracy,
  BinaryAccuracy,
  CategoricalAccuracy,
  SparseCategoricalAccuracy,
  MeanSquaredError: MeanSquaredErrorMetric,
  MeanAbsoluteError: MeanAbsoluteErrorMetric,
  RootMeanSquaredError,
  BinaryCrossentropy: BinaryCrossentropyMetric,
  CategoricalCrossentropy: CategoricalCrossentropyMetric,
  SparseCategoricalCrossentropy: SparseCategoricalCrossentropyMetric,
  Mean,
  Sum,
};
export type MetricName = keyof typeof metrics;
