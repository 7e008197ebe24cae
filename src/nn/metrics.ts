/** Metrics: what logs show beside the loss. */

import { declared } from '../core/configurable.js';
import { noOptions } from '../core/declaration.js';
import { bool, float, int, wordLike } from '../core/fields.js';
import { byNames } from '../core/named.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Variable } from '../tensor/variable.js';
import * as accuracies from './accuracy.js';
import { AUC } from './auc.js';
import {
  FalseNegatives,
  FalsePositives,
  Precision,
  Recall,
  TrueNegatives,
  TruePositives,
} from './confusion-metrics.js';
import * as correlations from './correlation.js';
import * as crossentropies from './crossentropy.js';
import * as distances from './distances.js';
import { F1Score } from './f-score.js';
import { crossentropyFields, smoothingFields, sparseFields } from './label-fields.js';
import { withoutColumn } from './labels.js';
import {
  count,
  MeanMetric,
  Metric,
  type MetricClass,
  type MetricFunction,
  metric,
  metricFields,
  samplewise,
} from './metric.js';
import { R2Score } from './r2-score.js';
import { sameRank } from './ranks.js';
import { masked } from './weighting.js';

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

/**
 * Weighted sum of values: `Σ w v`.
 *
 * @example
 * const sum = new Sum();
 * sum.updateState(tensor([1, 3, 5]));
 * sum.result().item(); // 9
 */
export class Sum extends /* @__PURE__ */ declared(Metric, 'Sum', noOptions, metricFields) {
  readonly total: Variable = this.addVariable('total');

  override updateState(given: Tensor, sampleWeight?: Tensor): void {
    const { values } = samplewise(given, sampleWeight, (x, axes) => x.sum(axes));
    count(this.total, values.sum());
  }

  override result(): Tensor {
    return this.total.add(0);
  }
}

/** The mean of a function without options. */
const plain = (className: string, formula: MetricFunction): MetricClass<typeof noOptions> =>
  metric(className, noOptions, formula);

/**
 * Share of predictions that equal their targets.
 *
 * @example
 * const metric = new Accuracy();
 * metric.updateState(tensor([1, 2]), tensor([1, 3]));
 * metric.result().item(); // 0.5
 */
export class Accuracy extends /* @__PURE__ */ plain('Accuracy', accuracies.accuracy) {}

/**
 * Share of predictions on the right side of `threshold`; targets are 0 or 1.
 *
 * @example
 * const metric = new BinaryAccuracy();
 * metric.updateState(tensor([1, 0, 1, 1]), tensor([0.8, 0.6, 0.9, 0.7]));
 * metric.result().item(); // 0.75
 */
export class BinaryAccuracy extends /* @__PURE__ */ metric(
  'BinaryAccuracy',
  () => ({
    /** Predictions above it count as 1. */
    threshold: float(0.5),
  }),
  accuracies.binaryAccuracy,
) {}

/**
 * Share of samples whose most probable class is the right one; targets are one-hot rows.
 *
 * @example
 * const metric = new CategoricalAccuracy();
 * metric.updateState(tensor([[0, 1], [1, 0]]), tensor([[0.2, 0.8], [0.4, 0.6]]));
 * metric.result().item(); // 0.5
 */
export class CategoricalAccuracy extends /* @__PURE__ */ plain(
  'CategoricalAccuracy',
  accuracies.categoricalAccuracy,
) {}

/**
 * Share of samples whose most probable class is the right one; targets are class numbers.
 *
 * @example
 * const metric = new SparseCategoricalAccuracy();
 * metric.updateState(tensor([1, 0]), tensor([[0.2, 0.8], [0.4, 0.6]]));
 * metric.result().item(); // 0.5
 */
export class SparseCategoricalAccuracy extends /* @__PURE__ */ plain(
  'SparseCategoricalAccuracy',
  accuracies.sparseCategoricalAccuracy,
) {}

const topFields = () => ({
  /** How many of the most probable classes are looked at. */
  k: int(5, { min: 1 }),
});

/**
 * Share of samples whose right class is among the `k` most probable; targets are one-hot rows.
 *
 * @example
 * const metric = new TopKCategoricalAccuracy({ k: 2 });
 * metric.updateState(tensor([[0, 0, 1], [1, 0, 0]]), tensor([[0.5, 0.2, 0.3], [0.1, 0.5, 0.4]]));
 * metric.result().item(); // 0.5
 */
export class TopKCategoricalAccuracy extends /* @__PURE__ */ metric(
  'TopKCategoricalAccuracy',
  topFields,
  accuracies.topKCategoricalAccuracy,
) {}

/**
 * Share of samples whose right class is among the `k` most probable; targets are class numbers.
 *
 * @example
 * const metric = new SparseTopKCategoricalAccuracy({ k: 2 });
 * metric.updateState(tensor([2, 0]), tensor([[0.5, 0.2, 0.3], [0.1, 0.5, 0.4]]));
 * metric.result().item(); // 0.5
 */
export class SparseTopKCategoricalAccuracy extends /* @__PURE__ */ metric(
  'SparseTopKCategoricalAccuracy',
  () => ({
    ...topFields(),
    /** Whether predictions are class numbers, the most probable first, and no scores. */
    fromSortedIds: bool(false),
  }),
  accuracies.sparseTopKCategoricalAccuracy,
) {}

/**
 * Square root of the mean of the squared errors.
 *
 * @example
 * const metric = new RootMeanSquaredError();
 * metric.updateState(tensor([0, 0]), tensor([1, 7]));
 * metric.result().item(); // 5
 */
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

const axisFields = () => ({
  /** The axis that is compared. */
  axis: int(-1),
});

/**
 * How well targets and predictions are on one line, from -1 to 1.
 *
 * @example
 * const metric = new PearsonCorrelation();
 * metric.updateState(tensor([[1, 2, 3]]), tensor([[2, 6, 4]]));
 * metric.result().item(); // 0.5
 */
export class PearsonCorrelation extends /* @__PURE__ */ metric(
  'PearsonCorrelation',
  axisFields,
  correlations.pearsonCorrelation,
) {}

/**
 * How well predictions equal targets, from -1 to 1: correlation, less for another mean or variance. Lin 1989.
 *
 * @example
 * const metric = new ConcordanceCorrelation();
 * metric.updateState(tensor([[1, 2, 3]]), tensor([[2, 3, 4]]));
 * metric.result().item(); // 0.57143
 */
export class ConcordanceCorrelation extends /* @__PURE__ */ metric(
  'ConcordanceCorrelation',
  axisFields,
  correlations.concordanceCorrelation,
) {}

// Losses as metrics: exact means over all samples. Classes of the same names are the losses.
const MeanSquaredError = /* @__PURE__ */ plain('MeanSquaredError', distances.meanSquaredError);
const MeanAbsoluteError = /* @__PURE__ */ plain('MeanAbsoluteError', distances.meanAbsoluteError);
const MeanAbsolutePercentageError = /* @__PURE__ */ plain(
  'MeanAbsolutePercentageError',
  distances.meanAbsolutePercentageError,
);
const MeanSquaredLogarithmicError = /* @__PURE__ */ plain(
  'MeanSquaredLogarithmicError',
  distances.meanSquaredLogarithmicError,
);
/** Key of its value in logs is `logcosh`. */
const LogCoshError = /* @__PURE__ */ metric(
  'LogCoshError',
  () => ({ name: wordLike(['logcosh'], 'logcosh') }),
  distances.logCosh,
);
/** Cosine of the angle: 1 is the best, unlike in the loss. */
const CosineSimilarity = /* @__PURE__ */ metric('CosineSimilarity', axisFields, (yTrue, yPred, config) =>
  distances.cosineSimilarity(yTrue, yPred, config).neg(),
);
const Poisson = /* @__PURE__ */ plain('Poisson', distances.poisson);
const KLDivergence = /* @__PURE__ */ plain('KLDivergence', distances.klDivergence);
const Hinge = /* @__PURE__ */ plain('Hinge', distances.hinge);
const SquaredHinge = /* @__PURE__ */ plain('SquaredHinge', distances.squaredHinge);
const CategoricalHinge = /* @__PURE__ */ plain('CategoricalHinge', crossentropies.categoricalHinge);
const BinaryCrossentropy = /* @__PURE__ */ metric(
  'BinaryCrossentropy',
  smoothingFields,
  crossentropies.binaryCrossentropy,
);
const CategoricalCrossentropy = /* @__PURE__ */ metric(
  'CategoricalCrossentropy',
  crossentropyFields,
  crossentropies.categoricalCrossentropy,
);

/** With weights, samples of the ignored class do not count; without, they count as 0, as in Keras. */
class SparseCategoricalCrossentropy extends /* @__PURE__ */ metric(
  'SparseCategoricalCrossentropy',
  sparseFields,
  crossentropies.sparseCategoricalCrossentropy,
) {
  override updateState(yTrue: Tensor, yPred: Tensor, sampleWeight?: Tensor, mask?: Tensor | null): void {
    const { axis, ignoreClass } = this.config;
    const isIgnoring = sampleWeight && ignoreClass !== null;
    const valid = isIgnoring ? withoutColumn(yTrue, yPred, axis).notEqual(ignoreClass) : null;
    super.updateState(yTrue, yPred, masked(sampleWeight, valid), mask);
  }
}

/**
 * The metrics that strings reach, by Keras's names; `imported.ts` has the names of the others.
 * `new metrics.MeanSquaredError()` is not the loss of that name.
 */
// biome-ignore format: several a line
export const metrics = /* @__PURE__ */ byNames(
  {
    BinaryAccuracy, CategoricalAccuracy, SparseCategoricalAccuracy, TopKCategoricalAccuracy,
    SparseTopKCategoricalAccuracy, MeanSquaredError, RootMeanSquaredError, MeanAbsoluteError,
    MeanAbsolutePercentageError, MeanSquaredLogarithmicError, CosineSimilarity, LogCoshError, R2Score, AUC, Precision,
    Recall, TruePositives, TrueNegatives, FalsePositives, FalseNegatives, F1Score, Hinge, SquaredHinge,
    CategoricalHinge, KLDivergence, Poisson, BinaryCrossentropy, CategoricalCrossentropy,
    SparseCategoricalCrossentropy,
  },
  {
    Accuracy,
    mse: MeanSquaredError, MSE: MeanSquaredError,
    mae: MeanAbsoluteError, MAE: MeanAbsoluteError,
    mape: MeanAbsolutePercentageError, MAPE: MeanAbsolutePercentageError,
    msle: MeanSquaredLogarithmicError, MSLE: MeanSquaredLogarithmicError,
    bce: BinaryCrossentropy, BCE: BinaryCrossentropy,
  },
);
export type MetricName = keyof typeof metrics;
