/** Right and wrong decisions between two classes, counted at many thresholds at once. */

import { tensor } from '../tensor/create.js';
import type { Tensor } from '../tensor/tensor.js';
import { sameRank } from './ranks.js';
import { divideNoNan, inside } from './weighting.js';

/** Weighted numbers of decisions, one for each threshold, and for each label where they are apart. */
export interface Counts {
  readonly truePositives: Tensor;
  readonly falsePositives: Tensor;
  readonly trueNegatives: Tensor;
  readonly falseNegatives: Tensor;
}
export type Count = keyof Counts;

/** How scores become decisions. */
export interface Decisions {
  /** Scores above one are positive. */
  readonly thresholds: readonly number[];
  /**
   * Whether they go from 0 to 1 in even steps. As in Keras, scores are then cut to that range and counted in steps.
   */
  readonly isEven?: boolean;
  /** Whether then all scores are above the first one. */
  readonly isOpen?: boolean;
  /** Only this many of the highest scores in a row may be positive. */
  readonly topK?: number | null;
  /** The one column that counts. */
  readonly classId?: number | null;
  /** Whether each label is counted for itself. */
  readonly multiLabel?: boolean;
  /** One weight for each label. */
  readonly labelWeights?: readonly number[] | null;
}

// Below all scores: what Keras puts in place of those that are not among the first k.
export const lowest = -1e10;

/** Counts decisions. Source: Keras's `update_confusion_matrix_variables`. */
export function countDecisions(
  yTrue: Tensor,
  yPred: Tensor,
  sampleWeight: Tensor | undefined,
  decisions: Decisions,
): Counts {
  const { topK, classId, multiLabel = false } = decisions;
  const [all, labels] = sameRank(yPred.cast('float32'), yTrue.cast('bool').cast('float32'));
  const scores = topK == null ? all : firstOf(all, topK);
  const column = (x: Tensor) => (classId == null ? x : x.gather(classId, -1).expandDims(-1));
  // Labels that are counted apart are rows; else there is one row of all decisions.
  const rows = (x: Tensor) => (multiLabel ? x.transpose() : x.reshape([1, -1]));
  const isAbove = above(rows(column(scores)), decisions);
  const weights = weightsOf(labels, sampleWeight, decisions);
  const positives = rows(column(labels.mul(weights)));
  const negatives = rows(column(labels.neg().add(1).mul(weights)));
  const shape = multiLabel ? isAbove.shape.slice(0, 2) : isAbove.shape.slice(0, 1);
  const sumOf = (x: Tensor) => isAbove.where(x, 0).sum(-1).reshape(shape);
  const [truePositives, falsePositives] = [sumOf(positives), sumOf(negatives)];
  return {
    truePositives,
    falsePositives,
    trueNegatives: negatives.sum(-1).sub(falsePositives),
    falseNegatives: positives.sum(-1).sub(truePositives),
  };
}

/** Whether each score is above each threshold: `[thresholds, rows, scores]`. */
function above(scores: Tensor, { thresholds, isEven, isOpen }: Decisions): Tensor {
  const steps = thresholds.length - 1;
  const numbers = isEven ? thresholds.map((_, i) => (isOpen && i === 0 ? -1 : i)) : thresholds;
  const limits = tensor(numbers, { shape: [numbers.length, 1, 1], dtype: 'float32' });
  return (isEven ? scores.clip(0, 1).mul(steps) : scores).expandDims(0).greater(limits);
}

/** Thresholds that a user chose. The tolerance is that of numpy's `allclose`, which Keras asks. */
export function chosen(thresholds: readonly number[]): Pick<Decisions, 'thresholds' | 'isEven'> {
  const isNear = (t: number, even: number) => Math.abs(t - even) <= 1e-7 + 1e-5 * even;
  const steps = thresholds.length - 1;
  return { thresholds, isEven: steps > 1 && thresholds.every((t, i) => isNear(t, i / steps)) };
}

/** This many thresholds from 0 to 1; the middle if it is one. */
export const evenly = (count: number): Pick<Decisions, 'thresholds' | 'isEven'> => ({
  thresholds: count === 1 ? [0.5] : Array.from({ length: count }, (_, i) => i / (count - 1)),
  isEven: count > 1,
});

function weightsOf(
  labels: Tensor,
  sampleWeight: Tensor | undefined,
  { multiLabel, labelWeights }: Decisions,
) {
  const ofLabels = multiLabel || !labelWeights ? labels.lift(1) : tensor(labelWeights);
  return sampleWeight ? inside(sampleWeight.cast('float32'), labels.rank).mul(ofLabels) : ofLabels;
}

/** Scores outside of the `k` highest of each row lowered below all others; of equal scores the first is higher. */
function firstOf(scores: Tensor, k: number): Tensor {
  const [mine, others] = [scores.expandDims(-1), scores.expandDims(-2)];
  const isBefore = others
    .greater(mine)
    .logicalOr(others.equal(mine).logicalAnd(others.indices(-1).less(mine.indices(-2))));
  return isBefore.cast('float32').sum(-1).less(k).where(scores, lowest);
}

/** `a / (a + b)`, 0 if there are none. */
export const ratio = (a: Tensor, b: Tensor): Tensor => divideNoNan(a, a.add(b));
