/** The best that one rate can be while another is high enough, over many thresholds. */

import { type DeclaredClass, declared } from '../core/configurable.js';
import type { Config, Declaration, Declares } from '../core/declaration.js';
import { arg, float, int, maybe } from '../core/fields.js';
import type { Tensor } from '../tensor/tensor.js';
import { type Counts, evenly, ratio } from './confusion.js';
import { ConfusionMetric } from './confusion-metrics.js';
import { metricFields } from './metric.js';

const recallOf = ({ truePositives, falseNegatives }: Counts) => ratio(truePositives, falseNegatives);
const rates = {
  sensitivity: recallOf,
  recall: recallOf,
  specificity: ({ trueNegatives, falsePositives }: Counts) => ratio(trueNegatives, falsePositives),
  precision: ({ truePositives, falsePositives }: Counts) => ratio(truePositives, falsePositives),
} satisfies Record<string, (counts: Counts) => Tensor>;
type Rate = keyof typeof rates;

const pointFields = () => ({
  /** How many thresholds from 0 to 1 are tried. */
  numThresholds: int(200, { min: 1 }),
  /** The one class that counts, as the number of its column. */
  classId: maybe(int({ min: 0 })),
});
type PointConfig = Config<typeof pointFields> & Readonly<Record<Rate, number>>;

/** The best of a rate where the other is as high as the option of its name says, or 0. */
const operatingPoint = <D extends Declaration>(
  className: string,
  declare: D & Declares<D>,
  held: Rate,
  best: Rate,
): DeclaredClass<D, typeof metricFields, ConfusionMetric> =>
  declared(ConfusionMetric, className, declare, metricFields, {
    counted: ['truePositives', 'falsePositives', 'trueNegatives', 'falseNegatives'],
    decisions() {
      const { numThresholds, classId } = this.config as unknown as PointConfig;
      return { ...evenly(numThresholds), classId };
    },
    valueFor(counts) {
      const least = (this.config as unknown as PointConfig)[held];
      return rates[held](counts).greaterEqual(least).where(rates[best](counts), 0).max();
    },
  });

const share = () => arg(float({ min: 0, max: 1 }));

/**
 * The best recall of class 1 at a threshold where the recall of class 0 is at least `specificity`.
 *
 * @example
 * const metric = new SensitivityAtSpecificity(1);
 * metric.updateState(tensor([0, 0, 1, 1]), tensor([0.1, 0.6, 0.4, 0.8]));
 * metric.result().item(); // 0.5
 */
export class SensitivityAtSpecificity extends /* @__PURE__ */ operatingPoint(
  'SensitivityAtSpecificity',
  (specificity = share()) => ({
    /** Least share of class 0 that is recognized. */
    specificity,
    ...pointFields(),
  }),
  'specificity',
  'sensitivity',
) {}

/**
 * The best recall of class 0 at a threshold where the recall of class 1 is at least `sensitivity`.
 *
 * @example
 * const metric = new SpecificityAtSensitivity(1);
 * metric.updateState(tensor([0, 0, 1, 1]), tensor([0.1, 0.6, 0.4, 0.8]));
 * metric.result().item(); // 0.5
 */
export class SpecificityAtSensitivity extends /* @__PURE__ */ operatingPoint(
  'SpecificityAtSensitivity',
  (sensitivity = share()) => ({
    /** Least share of class 1 that is recognized. */
    sensitivity,
    ...pointFields(),
  }),
  'sensitivity',
  'specificity',
) {}

/**
 * The best precision at a threshold where the recall is at least `recall`.
 *
 * @example
 * const metric = new PrecisionAtRecall(1);
 * metric.updateState(tensor([0, 0, 1, 1]), tensor([0.1, 0.6, 0.4, 0.8]));
 * metric.result().item(); // 0.66667
 */
export class PrecisionAtRecall extends /* @__PURE__ */ operatingPoint(
  'PrecisionAtRecall',
  (recall = share()) => ({
    /** Least share of class 1 that is found. */
    recall,
    ...pointFields(),
  }),
  'recall',
  'precision',
) {}

/**
 * The best recall at a threshold where the precision is at least `precision`.
 *
 * @example
 * const metric = new RecallAtPrecision(0.8);
 * metric.updateState(tensor([0, 0, 1, 1]), tensor([0.1, 0.6, 0.4, 0.8]));
 * metric.result().item(); // 0.5
 */
export class RecallAtPrecision extends /* @__PURE__ */ operatingPoint(
  'RecallAtPrecision',
  (precision = share()) => ({
    /** Least share of what is found that is right. */
    precision,
    ...pointFields(),
  }),
  'precision',
  'recall',
) {}
