/** Precision and recall in one number. */

import { declared } from '../core/configurable.js';
import { float, maybe, oneOf, wordLike } from '../core/fields.js';
import type { PartialShape } from '../core/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Variable } from '../tensor/variable.js';
import { checkColumns } from './columns.js';
import { count, Metric, metricFields } from './metric.js';
import { inside } from './weighting.js';

// Keras's `epsilon()`: what is added to divisors.
const epsilon = 1e-7;

const fields = () => ({
  /** One number for all classes together, or a mean of theirs; a number for each class when null. */
  average: maybe(oneOf(['micro', 'macro', 'weighted'])),
  /** Scores above it count as 1; the highest score of each row when null. */
  threshold: maybe(float({ above: 0, max: 1 })),
});

interface Options {
  readonly average: 'micro' | 'macro' | 'weighted' | null;
  readonly threshold: number | null;
  readonly beta?: number;
}

/** Counts right and wrong decisions for each class. */
abstract class FScore extends Metric {
  override build(_yTrue: PartialShape, yPred: PartialShape): void {
    const shape = this.#options.average === 'micro' ? [] : [yPred.at(-1)!];
    const names = ['true_positives', 'false_positives', 'false_negatives', 'intermediate_weights'];
    for (const name of names) this.addVariable(name, shape);
  }

  override updateState(yTrue: Tensor, yPred: Tensor, sampleWeight?: Tensor): void {
    checkColumns(this.name, yTrue, yPred);
    this.ensureBuilt(yTrue.shape, yPred.shape);
    const [p, y] = [this.#decided(yPred).cast('float32'), yTrue.cast('float32')];
    const both = p.mul(y);
    const weights = sampleWeight && inside(sampleWeight.cast('float32'), 2);
    const axis = this.#options.average === 'micro' ? null : 0;
    for (const [i, right] of [both, p.sub(both), y.sub(both), y].entries())
      count(this.variables[i]!, (weights ? right.mul(weights) : right).sum(axis));
  }

  override result(): Tensor {
    const { average, beta = 1 } = this.#options;
    const [right, wrong, missed, weights] = this.built<[Variable, Variable, Variable, Variable]>();
    const precision = right.div(right.add(wrong).add(epsilon));
    const recall = right.div(right.add(missed).add(epsilon));
    const divisor = precision.mul(beta ** 2).add(recall);
    const scores = precision
      .mul(recall)
      .div(divisor.add(epsilon))
      .mul(1 + beta ** 2);
    if (average === 'weighted') return scores.mul(weights.div(weights.sum().add(epsilon))).sum();
    return average ? scores.mean() : scores;
  }

  #decided(scores: Tensor): Tensor {
    const { threshold } = this.#options;
    if (threshold !== null) return scores.greater(threshold);
    const isHighest = scores.greaterEqual(scores.max(-1, { keepDims: true }));
    return isHighest.logicalAnd(scores.abs().greater(1e-9));
  }

  get #options(): Options {
    return this.config as unknown as Options;
  }
}

/**
 * `(1 + beta²) precision · recall / (beta² precision + recall)` of each class: recall counts `beta` times as much.
 *
 * Inputs    `yTrue` 0 or 1, `yPred` scores, both `[batch, classes]`
 *
 * @example
 * const score = new FBetaScore({ beta: 2, threshold: 0.5 });
 * score.updateState(tensor([[1, 1, 1], [1, 0, 0], [1, 1, 0]]), tensor([[0.2, 0.6, 0.7], [0.2, 0.6, 0.6], [0.6, 0.8, 0]]));
 * score.result().toArray(); // [0.38462, 0.90909, 0.83333]
 */
export class FBetaScore extends /* @__PURE__ */ declared(
  FScore,
  'FBetaScore',
  () => ({
    ...fields(),
    /** Weight of recall beside precision. */
    beta: float(1, { above: 0 }),
    /** Key of the value in logs. */
    name: wordLike(['fbeta_score'], 'fbeta_score'),
  }),
  metricFields,
) {}

/**
 * `2 precision · recall / (precision + recall)` of each class: their harmonic mean.
 *
 * Inputs    `yTrue` 0 or 1, `yPred` scores, both `[batch, classes]`
 *
 * @example
 * const score = new F1Score({ threshold: 0.5 });
 * score.updateState(tensor([[1, 0], [1, 1]]), tensor([[0.9, 0.2], [0.1, 0.6]]));
 * score.result().toArray(); // [0.66667, 1]
 */
export class F1Score extends /* @__PURE__ */ declared(FScore, 'F1Score', fields, metricFields) {}
