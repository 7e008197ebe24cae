/** What every metric does around its formula: a weighted mean in Variables, so that it runs inside programs. */

import { type DeclaredClass, declared, Named } from '../core/configurable.js';
import { type Config, type Declaration, type Declares, noOptions } from '../core/declaration.js';
import { dtypePolicy, maybe, text } from '../core/fields.js';
import { defaultName } from '../core/names.js';
import { zeros } from '../tensor/create.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Variable } from '../tensor/variable.js';
import { divideNoNan, type LossFunction } from './loss.js';
import { sameRank } from './ranks.js';
import { returned } from './returned.js';
import { state } from './state.js';

/** One value for each sample, whose mean over the epoch is the metric. */
export type MetricFunction = LossFunction;

/** Options of every metric. */
const fields = () => ({
  /** Key of the value in logs. */
  name: maybe(text()),
  /** Type of the numbers inside. */
  dtype: { ...dtypePolicy(), toJson: (name: 'float32') => name },
});

export interface MetricFields extends ReturnType<typeof fields> {}
export const metricFields: () => MetricFields = fields;

/**
 * A number that is gathered batch after batch. All state is in `variables`, and `updateState` only assigns
 * them, so that a metric can be part of a compiled training step.
 */
export abstract class Metric extends Named<Config<typeof metricFields>> {
  /** The state, in the order in which Keras has it. */
  readonly variables: readonly Variable[] = [];

  /** Takes one more batch into account. */
  abstract updateState(yTrue: Tensor, yPred: Tensor, sampleWeight?: Tensor): void;

  /** The value over everything seen since the last `resetState`. */
  abstract result(): Tensor;

  /** Forgets everything seen. */
  resetState(): void {
    for (const variable of this.variables) variable.assign(0);
  }
}

/** A scalar that counts up from 0. */
export const counter = (name: string): Variable => state(zeros([]), name);

type Fold = (x: Tensor, axes: readonly number[]) => Tensor;

interface Samplewise {
  readonly values: Tensor;
  readonly weights?: Tensor;
}

/** Weighted values and weights, one for each sample. Source: Keras's `reduce_to_samplewise_values`. */
export function samplewise(values: Tensor, sampleWeight: Tensor | undefined, fold: Fold): Samplewise {
  const foldFrom = (x: Tensor, first: number) =>
    x.rank > first ? fold(x, [...x.shape.keys()].slice(first)) : x;
  if (!sampleWeight) return { values: foldFrom(values.cast('float32'), 1) };
  const [kept, given] = sameRank(values.cast('float32'), sampleWeight.cast('float32'));
  const folded = foldFrom(kept, given.rank);
  const weights = given.broadcastTo(folded.shape);
  return { values: foldFrom(folded.mul(weights), 1), weights: foldFrom(weights, 1) };
}

/** A metric that is the weighted mean of one value for each sample. */
export abstract class MeanMetric extends Metric {
  readonly total: Variable = counter('total');
  readonly count: Variable = counter('count');
  override readonly variables: readonly Variable[] = [this.total, this.count];
  /** One value for each sample. */
  declare readonly values: MetricFunction;

  override updateState(yTrue: Tensor, yPred: Tensor, sampleWeight?: Tensor): void {
    this.add(returned(`The metric '${this.name}'`, this.values(yTrue, yPred)), sampleWeight);
  }

  override result(): Tensor {
    return divideNoNan(this.total, this.count);
  }

  /** Takes values and their weights into the mean. */
  protected add(given: Tensor, sampleWeight: Tensor | undefined): void {
    const { values, weights } = samplewise(given, sampleWeight, (x, axes) => x.mean(axes));
    this.total.assign(this.total.add(values.sum()));
    this.count.assign(this.count.add(weights ? weights.sum() : (values.shape[0] ?? 1)));
  }
}

export interface MetricClass<D extends Declaration>
  extends DeclaredClass<D, typeof metricFields, MeanMetric> {}

/**
 * Declares a metric that is the mean of a formula: its options, and one value for each sample.
 *
 * @example
 * class Bias extends metric('Bias', () => ({}), (yTrue, yPred) => yPred.sub(yTrue).mean(-1)) {}
 */
export function metric<D extends Declaration>(
  className: string,
  declare: D & Declares<D>,
  formula: (yTrue: Tensor, yPred: Tensor, config: Config<D>) => Tensor,
): MetricClass<D> {
  return declared(MeanMetric, className, declare, metricFields, {
    values(yTrue, yPred) {
      return formula(yTrue, yPred, this.config);
    },
  });
}

const FunctionMetric = /* @__PURE__ */ declared(MeanMetric, 'FunctionMetric', noOptions, metricFields);

/** The mean of a user's function as a metric, under the function's name unless given one. */
export const metricOf = (given: MetricFunction, name = defaultName(given.name) || 'metric'): Metric =>
  Object.assign(new FunctionMetric({ name }), { given, values: given });
