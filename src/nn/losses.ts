/** Losses: what training makes small. The formulas are functions of their own, in `distances.ts` and `crossentropy.ts`. */

import { merge, noOptions } from '../core/declaration.js';
import { bool, either, float, int, listOf, maybe, wordLike } from '../core/fields.js';
import { byNames } from '../core/named.js';
import type { PartialShape } from '../core/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import * as crossentropies from './crossentropy.js';
import * as distances from './distances.js';
import { crossentropyFields, sparseFields } from './label-fields.js';
import { type LossClass, type LossFunction, loss, type Targets } from './loss.js';

const paired: Targets = { isPaired: true };
/** A loss without options whose targets have the outputs' shape. */
const distance = (className: string, formula: LossFunction): LossClass<typeof noOptions> =>
  loss(className, noOptions, formula, paired);

const binary: Targets = { ...paired, labels: { last: 1, whole: false, ignored: null } };

/**
 * Mean of the squared errors: `(yTrue - yPred)²`.
 *
 * Inputs    `yTrue`, `yPred` `[batch, ..., d]`
 *
 * @example
 * new MeanSquaredError().call(tensor([[0], [2]]), tensor([[1], [2]])).item(); // 0.5
 */
export class MeanSquaredError extends /* @__PURE__ */ distance(
  'MeanSquaredError',
  distances.meanSquaredError,
) {}

/** Mean of the absolute errors: `|yTrue - yPred|`.
 * @example new MeanAbsoluteError().call(tensor([[0], [2]]), tensor([[1], [2]])).item(); // 0.5 */
export class MeanAbsoluteError extends /* @__PURE__ */ distance(
  'MeanAbsoluteError',
  distances.meanAbsoluteError,
) {}

/** Mean of the errors in percent of the targets: `100 |yTrue - yPred| / |yTrue|`.
 * @example new MeanAbsolutePercentageError().call(tensor([[4, 10]]), tensor([[5, 10]])).item(); // 12.5 */
export class MeanAbsolutePercentageError extends /* @__PURE__ */ distance(
  'MeanAbsolutePercentageError',
  distances.meanAbsolutePercentageError,
) {}

/** Mean of the squared differences of logarithms: `(log (1 + yTrue) - log (1 + yPred))²`.
 * @example new MeanSquaredLogarithmicError().call(tensor([[0]]), tensor([[Math.E - 1]])).item(); // 1 */
export class MeanSquaredLogarithmicError extends /* @__PURE__ */ distance(
  'MeanSquaredLogarithmicError',
  distances.meanSquaredLogarithmicError,
) {}

/** Mean of `log cosh (yPred - yTrue)`: squared errors while they are small, absolute ones when they are large.
 * @example new LogCosh().call(tensor([[0]]), tensor([[1]])).item(); // 0.43378 */
export class LogCosh extends /* @__PURE__ */ distance('LogCosh', distances.logCosh) {}

/** Mean of `error² / 2`, and of `delta (|error| - delta / 2)` where errors are above `delta`: outliers count less.
 * Huber 1964.
 * @example new Huber().call(tensor([[0, 1]]), tensor([[0.5, 3]])).item(); // 0.8125 */
export class Huber extends /* @__PURE__ */ loss(
  'Huber',
  () => ({
    /** How large an error is when it begins to count as large. */
    delta: float(1, { above: 0 }),
    /** Shown in logs and files. */
    name: wordLike(['huber_loss'], 'huber_loss'),
  }),
  distances.huber,
  paired,
) {}

/** `-cos` of the angle between targets and predictions: -1 where they point the same way.
 * @example new CosineSimilarity().call(tensor([[1, 0]]), tensor([[3, 4]])).item(); // -0.6 */
export class CosineSimilarity extends /* @__PURE__ */ loss(
  'CosineSimilarity',
  () => ({
    /** The axis that the vectors lie along. */
    axis: int(-1),
  }),
  distances.cosineSimilarity,
  paired,
) {}

/** For counts, predicted by their mean: `mean (yPred - yTrue log yPred)`.
 * @example new Poisson().call(tensor([[3]]), tensor([[1]])).item(); // 1 */
export class Poisson extends /* @__PURE__ */ distance('Poisson', distances.poisson) {}

/** How many nats predicted probabilities are from the true ones: `Σ yTrue log (yTrue / yPred)`.
 * @example new KLDivergence().call(tensor([[0.5, 0.5]]), tensor([[0.25, 0.75]])).item(); // 0.14384 */
export class KLDivergence extends /* @__PURE__ */ distance('KLDivergence', distances.klDivergence) {}

/** `mean max(1 - yTrue yPred, 0)` of scores, with labels -1 and 1, or 0 and 1.
 * @example new Hinge().call(tensor([[-1, 1]]), tensor([[-3, 0.5]])).item(); // 0.25 */
export class Hinge extends /* @__PURE__ */ distance('Hinge', distances.hinge) {}

/** `mean max(1 - yTrue yPred, 0)²` of scores, with labels -1 and 1, or 0 and 1.
 * @example new SquaredHinge().call(tensor([[-1, 1]]), tensor([[-3, 0.5]])).item(); // 0.125 */
export class SquaredHinge extends /* @__PURE__ */ distance('SquaredHinge', distances.squaredHinge) {}

/** How far the right class is from a lead of 1 before all others: `max(max of the others - right + 1, 0)`.
 * @example new CategoricalHinge().call(tensor([[0, 1]]), tensor([[0.25, 0.75]])).item(); // 0.5 */
export class CategoricalHinge extends /* @__PURE__ */ loss(
  'CategoricalHinge',
  noOptions,
  crossentropies.categoricalHinge,
) {}

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
  crossentropyFields,
  crossentropies.binaryCrossentropy,
  binary,
) {}

const focalFields = () => ({
  /** Weight of class 1, or of all classes. */
  alpha: float(0.25),
  /** How little a label counts that is predicted well: factor `(1 - probability of the right label)^gamma`. */
  gamma: float(2, { min: 0 }),
});

/** Binary cross-entropy in which labels that are predicted well count little. Lin et al. 2018.
 *
 * Inputs    `yTrue`, `yPred` `[batch, ..., d]`
 * @example new BinaryFocalCrossentropy().call(tensor([[1]]), tensor([[0.5]])).item(); // 0.17329 */
export class BinaryFocalCrossentropy extends /* @__PURE__ */ loss(
  'BinaryFocalCrossentropy',
  () => ({
    ...merge(crossentropyFields(), focalFields()),
    /** Whether class 1 is weighted by `alpha`, class 0 by `1 - alpha`. */
    applyClassBalancing: bool(false),
  }),
  crossentropies.binaryFocalCrossentropy,
  binary,
) {}

/** Cross-entropy between classes given as one-hot rows and predicted probabilities: `-Σ y log p`.
 *
 * Inputs    `yTrue`, `yPred` `[batch, ..., classes]`; probabilities are divided by their sum
 * @example new CategoricalCrossentropy().call(tensor([[0, 1]]), tensor([[0.2, 0.8]])).item(); // 0.22314 */
export class CategoricalCrossentropy extends /* @__PURE__ */ loss(
  'CategoricalCrossentropy',
  crossentropyFields,
  crossentropies.categoricalCrossentropy,
) {}

/** Categorical cross-entropy in which samples that are predicted well count little. Lin et al. 2018.
 *
 * Inputs    `yTrue`, `yPred` `[batch, ..., classes]`; probabilities are divided by their sum
 * @example new CategoricalFocalCrossentropy().call(tensor([[0, 1]]), tensor([[0.5, 0.5]])).item(); // 0.04332 */
export class CategoricalFocalCrossentropy extends /* @__PURE__ */ loss(
  'CategoricalFocalCrossentropy',
  () => merge(crossentropyFields(), focalFields()),
  crossentropies.categoricalFocalCrossentropy,
) {}

/** One class number, from 0, for each row of outputs. */
const classNumbers = (outputShape: PartialShape, axis = -1, ignored: number | null = null): Targets => ({
  isPaired: false,
  labels: { last: (outputShape.at(axis) ?? Infinity) - 1, whole: true, ignored },
});

/** Cross-entropy between classes given as whole numbers and predicted probabilities: `-log p[class]`.
 *
 * Inputs    `yTrue` `[batch, ...]` or `[batch, ..., 1]`, `yPred` `[batch, ..., classes]`
 * @example new SparseCategoricalCrossentropy().call(tensor([1]), tensor([[0.2, 0.8]])).item(); // 0.22314 */
export class SparseCategoricalCrossentropy extends /* @__PURE__ */ loss(
  'SparseCategoricalCrossentropy',
  sparseFields,
  crossentropies.sparseCategoricalCrossentropy,
) {
  override targets(outputShape: PartialShape): Targets {
    return classNumbers(outputShape, this.config.axis, this.config.ignoreClass);
  }
  override valid(yTrue: Tensor): Tensor | null {
    const { ignoreClass } = this.config;
    return ignoreClass === null ? null : yTrue.notEqual(ignoreClass);
  }
}

/** `(1 - p[class]^q) / q`: a cross-entropy that wrong labels move less. Zhang and Sabuncu 2018.
 * @example new CategoricalGeneralizedCrossEntropy().call(tensor([1]), tensor([[0.75, 0.25]])).item(); // 1 */
export class CategoricalGeneralizedCrossEntropy extends /* @__PURE__ */ loss(
  'CategoricalGeneralizedCrossEntropy',
  () => ({
    /** Between the cross-entropy, near 0, and the absolute error, near 1. */
    q: float(0.5, { above: 0, below: 1 }),
  }),
  crossentropies.categoricalGeneralizedCrossEntropy,
) {
  override targets(outputShape: PartialShape): Targets {
    return classNumbers(outputShape);
  }
}

const overlapFields = () => ({
  /** The axes of one picture; all, the batch's too, when null. */
  axis: maybe(either(int(), listOf(int()))),
});

/** How little two masks overlap: `1 - 2 Σ yTrue yPred / (Σ yTrue + Σ yPred)`. Milletari, Navab and Ahmadi 2016.
 * @example new Dice().call(tensor([1, 1, 0]), tensor([1, 0, 0])).item(); // 0.33333 */
export class Dice extends /* @__PURE__ */ loss('Dice', overlapFields, distances.dice, paired) {}

/** As `Dice`, with a weight for each kind of error. Salehi, Erdogmus and Gholipour 2017.
 * @example new Tversky({ alpha: 1 }).call(tensor([1, 1, 0]), tensor([1, 0, 0])).item(); // 0.5 */
export class Tversky extends /* @__PURE__ */ loss(
  'Tversky',
  () => ({
    /** Weight of what is in the targets but not in the predictions. */
    alpha: float(0.5),
    /** Weight of what is in the predictions but not in the targets. */
    beta: float(0.5),
    ...overlapFields(),
  }),
  distances.tversky,
  paired,
) {}

/** Pulls embeddings of one class together and those of others apart. Sun et al. 2020.
 *
 * Inputs    `yTrue` class numbers `[batch]`, `yPred` embeddings of length 1 `[batch, features]`
 * @example new Circle().call(tensor([0, 0, 1]), tensor([[1, 0], [0, 1], [-1, 0]])).item(); // 60.8 */
export class Circle extends /* @__PURE__ */ loss(
  'Circle',
  () => ({
    /** How steep the loss is. */
    gamma: float(80),
    /** How far apart classes must be. */
    margin: float(0.4),
    /** Whether a sample is not compared with itself. */
    removeDiagonal: bool(true),
  }),
  distances.circle,
) {
  override targets(): Targets {
    return { isPaired: false, labels: { last: Infinity, whole: true, ignored: null } };
  }
  /** A mean is taken over the samples that have another one of their class. */
  override valid(_yTrue: Tensor, values: Tensor): Tensor {
    return values.greater(0);
  }
}

/** The losses that strings reach, by Keras's names; `imported.ts` has the names of the others. */
// biome-ignore format: the names of a class on a line
export const losses = /* @__PURE__ */ byNames(
  {
    MeanSquaredError, MeanAbsoluteError, BinaryCrossentropy, CategoricalCrossentropy, SparseCategoricalCrossentropy,
    Huber, MeanAbsolutePercentageError, MeanSquaredLogarithmicError, LogCosh, CosineSimilarity, Poisson, KLDivergence,
    Hinge, SquaredHinge, CategoricalHinge, BinaryFocalCrossentropy, CategoricalFocalCrossentropy, Dice, Tversky, Circle,
  },
  {
    mse: MeanSquaredError, MSE: MeanSquaredError,
    mae: MeanAbsoluteError, MAE: MeanAbsoluteError,
    mape: MeanAbsolutePercentageError, MAPE: MeanAbsolutePercentageError,
    msle: MeanSquaredLogarithmicError, MSLE: MeanSquaredLogarithmicError,
    bce: BinaryCrossentropy, BCE: BinaryCrossentropy,
    kld: KLDivergence, KLD: KLDivergence, kullback_leibler_divergence: KLDivergence,
    logcosh: LogCosh,
    cosine_proximity: CosineSimilarity,
  },
);
export type LossName = keyof typeof losses;
