/** Metrics that count right and wrong decisions between two classes. */

import { type DeclaredClass, declared } from '../core/configurable.js';
import type { Config } from '../core/declaration.js';
import { either, float, int, listOf, maybe } from '../core/fields.js';
import { snakeCase } from '../core/names.js';
import type { Shape } from '../core/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import {
  type Count,
  type Counts,
  chosen,
  countDecisions,
  type Decisions,
  lowest,
  ratio,
} from './confusion.js';
import { count, Metric, metricFields } from './metric.js';

/** A metric made of counts of decisions, which it makes at once unless the number of labels is still unknown. */
export abstract class ConfusionMetric extends Metric {
  /** What is counted, in the order of the state. */
  declare readonly counted: readonly Count[];
  /** How scores become decisions. */
  declare readonly decisions: () => Decisions;
  /** The value for these counts. */
  declare readonly valueFor: (counts: Counts) => Tensor;

  constructor(...args: readonly unknown[]) {
    super(...args);
    const labels = this.labelShape();
    if (labels) this.addCounts(labels);
  }

  /** Shape of what is counted apart at each threshold. */
  labelShape(): Shape | null {
    return [];
  }

  stateName(name: Count): string {
    return snakeCase(name);
  }

  override updateState(yTrue: Tensor, yPred: Tensor, sampleWeight?: Tensor): void {
    this.ensureBuilt(yTrue.shape, yPred.shape);
    const counts = countDecisions(yTrue, yPred, sampleWeight, this.decisions());
    for (const [i, name] of this.counted.entries()) count(this.variables[i]!, counts[name]);
  }

  override result(): Tensor {
    const state = this.built();
    const counts = Object.fromEntries(this.counted.map((name, i) => [name, state[i]!]));
    return this.valueFor(counts as unknown as Counts);
  }

  protected addCounts(labels: Shape): void {
    const shape = [this.decisions().thresholds.length, ...labels];
    for (const name of this.counted) this.addVariable(this.stateName(name), shape);
  }
}

const thresholdFields = () => ({
  /** Scores above it count as 1, from 0 to 1; with several there is a value for each. 0.5 when null. */
  thresholds: maybe(either(float({ min: 0, max: 1 }), listOf(float({ min: 0, max: 1 })))),
});

export interface ThresholdFields extends ReturnType<typeof thresholdFields> {}

/** One number for one threshold. */
const single = (x: Tensor) => (x.size === 1 ? x.reshape([]) : x.add(0));

const listed = (thresholds: number | readonly number[] | null, middle: number) =>
  chosen([thresholds ?? middle].flat());

type CounterClass = DeclaredClass<() => ThresholdFields, typeof metricFields, ConfusionMetric>;

const counter = (className: string, counted: Count): CounterClass =>
  declared(ConfusionMetric, className, thresholdFields as () => ThresholdFields, metricFields, {
    counted: [counted],
    stateName: () => 'accumulator',
    decisions() {
      return listed(this.config.thresholds, 0.5);
    },
    valueFor: (counts) => single(counts[counted]),
  });

/**
 * How many positives were found: `Σ w` where targets are 1 and predictions above the threshold.
 *
 * @example
 * const metric = new TruePositives();
 * metric.updateState(tensor([0, 1, 1, 1]), tensor([0.9, 0.2, 0.8, 0.7]));
 * metric.result().item(); // 2
 */
export class TruePositives extends /* @__PURE__ */ counter('TruePositives', 'truePositives') {}
/**
 * How many were left out rightly: `Σ w` where targets are 0 and predictions not above the threshold.
 *
 * @example
 * const metric = new TrueNegatives();
 * metric.updateState(tensor([0, 0, 1]), tensor([0.2, 0.9, 0.8]));
 * metric.result().item(); // 1
 */
export class TrueNegatives extends /* @__PURE__ */ counter('TrueNegatives', 'trueNegatives') {}
/**
 * How many were taken wrongly: `Σ w` where targets are 0 and predictions above the threshold.
 *
 * @example
 * const metric = new FalsePositives();
 * metric.updateState(tensor([0, 1, 1, 1]), tensor([0.9, 0.2, 0.8, 0.7]));
 * metric.result().item(); // 1
 */
export class FalsePositives extends /* @__PURE__ */ counter('FalsePositives', 'falsePositives') {}
/**
 * How many positives were missed: `Σ w` where targets are 1 and predictions not above the threshold.
 *
 * @example
 * const metric = new FalseNegatives();
 * metric.updateState(tensor([0, 1, 1, 1]), tensor([0.9, 0.2, 0.8, 0.7]));
 * metric.result().item(); // 1
 */
export class FalseNegatives extends /* @__PURE__ */ counter('FalseNegatives', 'falseNegatives') {}

const decisionFields = () => ({
  ...thresholdFields(),
  /** Only this many of the highest scores of a row count as 1; without `thresholds` all of them. */
  topK: maybe(int({ min: 1 })),
  /** The one class that counts, as the number of its column. */
  classId: maybe(int({ min: 0 })),
});

export interface DecisionFields extends ReturnType<typeof decisionFields> {}
type ShareClass = DeclaredClass<() => DecisionFields, typeof metricFields, ConfusionMetric>;

/** The share of true positives among them and others. */
const share = (className: string, others: Count): ShareClass =>
  declared(ConfusionMetric, className, decisionFields as () => DecisionFields, metricFields, {
    counted: ['truePositives', others],
    decisions() {
      const { thresholds, topK, classId } = this.config as Config<() => DecisionFields>;
      return { ...listed(thresholds, topK === null ? 0.5 : lowest), topK, classId };
    },
    valueFor: (counts) => single(ratio(counts.truePositives, counts[others])),
  });

/**
 * Share of what was found that is right: `true positives / (true positives + false positives)`.
 *
 * Inputs    `yTrue` 0 or 1, `yPred` scores of the same shape
 *
 * @example
 * const precision = new Precision();
 * precision.updateState(tensor([0, 1, 1, 1]), tensor([1, 0, 1, 1]));
 * precision.result().item(); // 0.66667
 */
export class Precision extends /* @__PURE__ */ share('Precision', 'falsePositives') {}

/**
 * Share of what is right that was found: `true positives / (true positives + false negatives)`.
 *
 * Inputs    `yTrue` 0 or 1, `yPred` scores of the same shape
 *
 * @example
 * const recall = new Recall();
 * recall.updateState(tensor([0, 1, 1, 1]), tensor([0.9, 0.2, 0.8, 0.7]));
 * recall.result().item(); // 0.66667
 */
export class Recall extends /* @__PURE__ */ share('Recall', 'falseNegatives') {}
