/** Areas under curves of rates over all thresholds. */

import { declared } from '../core/configurable.js';
import { problem } from '../core/errors.js';
import { bool, float, int, listOf, maybe, oneOf } from '../core/fields.js';
import { type PartialShape, type Shape, showShape } from '../core/shape.js';
import { tensor } from '../tensor/create.js';
import { where } from '../tensor/functions.js';
import type { Tensor } from '../tensor/tensor.js';
import { type Counts, chosen, evenly, ratio } from './confusion.js';
import { ConfusionMetric } from './confusion-metrics.js';
import { metricFields } from './metric.js';
import { divideNoNan } from './weighting.js';

/** A word that Keras takes in two spellings, of which its files have the first. */
const spelt = <const Word extends string, const Other extends string>(
  words: readonly Word[],
  others: readonly Other[],
) => ({
  ...oneOf([...words, ...others] as readonly (Word | Other)[], words[0] as never),
  toJson: (word: Word | Other) => words[others.indexOf(word as Other)] ?? word,
});

/**
 * Area under the curve that recall and false alarms, or precision and recall, draw when the threshold goes from 1 to 0:
 * for `'ROC'`, how often a sample of class 1 is ranked before one of class 0. The curve is drawn through the thresholds.
 *
 * Inputs    `yTrue` 0 or 1, `yPred` probabilities of the same shape; `[batch, labels]` with `multiLabel`
 * Source    Davis and Goadrich 2006 for `'PR'`, Flach and Kull 2015 for `'PRGAIN'`
 *
 * @example
 * const auc = new AUC({ numThresholds: 3 });
 * auc.updateState(tensor([0, 0, 1, 1]), tensor([0, 0.5, 0.3, 0.9]));
 * auc.result().item(); // 0.75
 */
export class AUC extends /* @__PURE__ */ declared(
  ConfusionMetric,
  'AUC',
  () => ({
    /** Number of thresholds, evenly spaced. */
    numThresholds: int(200, { min: 2 }),
    /** Recall over false alarms, precision over recall, or both as gains over chance. */
    curve: spelt(['ROC', 'PR', 'PRGAIN'], ['roc', 'pr', 'prgain']),
    /** Height between two points: the mean, the lower or the higher of theirs. */
    summationMethod: spelt(
      ['interpolation', 'minoring', 'majoring'],
      ['Interpolation', 'Minoring', 'Majoring'],
    ),
    /** Thresholds between 0 and 1 in place of the even ones. */
    thresholds: maybe(listOf(float())),
    /** Whether to take the mean of the areas of all labels. */
    multiLabel: bool(false),
    /** Number of labels, which otherwise follows from the first batch. */
    numLabels: maybe(int({ min: 1 })),
    /** Weights of the labels. */
    labelWeights: maybe(listOf(float())),
    /** Whether predictions are scores before sigmoid. */
    fromLogits: bool(false),
  }),
  metricFields,
  {
    counted: ['truePositives', 'falsePositives', 'trueNegatives', 'falseNegatives'],
    decisions() {
      const { thresholds, numThresholds, multiLabel, labelWeights } = this.config;
      const inner = thresholds && [0, ...thresholds.toSorted((a, b) => a - b), 1];
      const spaced = inner ? chosen(inner) : evenly(numThresholds);
      // All scores are above the first threshold, also 0, and none above the last.
      const ends = spaced.thresholds.with(0, -1e-7).with(-1, 1 + 1e-7);
      return { ...spaced, thresholds: ends, isOpen: true, multiLabel, labelWeights };
    },
    valueFor(counts) {
      const { curve, summationMethod, multiLabel, labelWeights } = this.config;
      const method = summationMethod.toLowerCase() as keyof typeof heights;
      const isExact = curve.toUpperCase() === 'PR' && method === 'interpolation';
      const areas = (isExact ? interpolated(counts) : strips(counts, curve, heights[method])).sum(0);
      if (!multiLabel || !labelWeights) return areas.mean();
      const weights = tensor(labelWeights);
      return divideNoNan(areas.mul(weights).sum(), weights.sum());
    },
  },
) {
  override labelShape(): Shape | null {
    const { multiLabel, numLabels } = this.config;
    if (numLabels !== null && !multiLabel) throw labelsTogether(numLabels);
    return multiLabel ? (numLabels === null ? null : [numLabels]) : [];
  }

  override build(_yTrue: PartialShape, yPred: PartialShape): void {
    if (!this.config.multiLabel) return;
    if (yPred.length !== 2) throw notLabels(this.name, yPred);
    if (!this.config.numLabels) this.addCounts([yPred[1]!]);
  }

  override updateState(yTrue: Tensor, yPred: Tensor, sampleWeight?: Tensor): void {
    super.updateState(yTrue, this.config.fromLogits ? yPred.sigmoid() : yPred, sampleWeight);
  }
}

/** Values at each threshold but the last, and at each but the first. */
function neighbours(x: Tensor): [Tensor, Tensor] {
  const start = x.shape.map(() => 0);
  const size = x.shape.with(0, x.shape[0]! - 1);
  return [x.slice(start, size), x.slice(start.with(0, 1), size)];
}

const difference = (x: Tensor) => {
  const [low, high] = neighbours(x);
  return low.sub(high);
};

const heights = {
  interpolation: (a: Tensor, b: Tensor) => a.add(b).div(2),
  minoring: (a: Tensor, b: Tensor) => a.minimum(b),
  majoring: (a: Tensor, b: Tensor) => a.maximum(b),
};

/** Areas between neighbouring points of a curve. */
const strips = (counts: Counts, curve: string, height: (a: Tensor, b: Tensor) => Tensor): Tensor => {
  const [x, y] = curves[curve.toUpperCase() as keyof typeof curves](counts);
  return difference(x).mul(height(...neighbours(y)));
};

type Points = [x: Tensor, y: Tensor];

const curves = {
  ROC: ({ truePositives, falsePositives, trueNegatives, falseNegatives }: Counts): Points => [
    ratio(falsePositives, trueNegatives),
    ratio(truePositives, falseNegatives),
  ],
  PR: ({ truePositives, falsePositives, falseNegatives }: Counts): Points => [
    ratio(truePositives, falseNegatives),
    ratio(truePositives, falsePositives),
  ],
  PRGAIN: ({ truePositives, falsePositives, trueNegatives, falseNegatives }: Counts): Points => {
    const odds = divideNoNan(truePositives.add(falseNegatives), trueNegatives.add(falsePositives));
    const gain = (errors: Tensor, none: number) =>
      where(truePositives.equal(0), none, odds.mul(divideNoNan(errors, truePositives)).neg().add(1));
    return [gain(falseNegatives, 0).maximum(0), gain(falsePositives, 1)];
  },
};

/** Areas below the curve of precision over recall, which between two points is no straight line. */
function interpolated({ truePositives, falsePositives, falseNegatives }: Counts): Tensor {
  const found = truePositives.add(falsePositives);
  const [, right] = neighbours(truePositives);
  const [low, high] = neighbours(found);
  const [, positives] = neighbours(truePositives.add(falseNegatives));
  const slope = divideNoNan(difference(truePositives), low.sub(high).maximum(0));
  const start = right.sub(slope.mul(high));
  const growth = where(low.greater(0).logicalAnd(high.greater(0)), divideNoNan(low, high), 1);
  return divideNoNan(slope.mul(difference(truePositives).add(start.mul(growth.log()))), positives);
}

const labelsTogether = (numLabels: number) =>
  problem('option-value', {
    subject: 'AUC numLabels',
    expected: 'multiLabel: true beside it',
    received: String(numLabels),
  });

const notLabels = (name: string, yPred: PartialShape) =>
  problem('shape-mismatch', {
    subject: `The metric '${name}' with multiLabel`,
    expected: 'predictions of shape [batch, labels]',
    received: showShape(yPred),
  });
