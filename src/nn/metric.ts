/** What every metric does around its formula: a weighted mean in Variables, so that it runs inside programs. */

import { type DeclaredClass, declared, Named } from '../core/configurable.js';
import type { Config, Declaration, Declares } from '../core/declaration.js';
import type { DType } from '../core/dtype.js';
import { problem } from '../core/errors.js';
import { arg, dtypePolicy, functionOf, maybe, text } from '../core/fields.js';
import { defaultName } from '../core/names.js';
import type { PartialShape, Shape } from '../core/shape.js';
import { zeros } from '../tensor/create.js';
import { activeRecording, outsideRecording } from '../tensor/recording.js';
import { type Operand, Tensor } from '../tensor/tensor.js';
import type { Variable } from '../tensor/variable.js';
import type { LossFunction } from './loss.js';
import { sameRank } from './ranks.js';
import { noFormula, returned, samplewiseFunction } from './returned.js';
import { state } from './state.js';
import { divideNoNan, masked } from './weighting.js';

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
  static override get shared() {
    return metricFields;
  }

  /** The state, in the order in which Keras has it. */
  readonly variables: readonly Variable[] = [];
  #isBuilt = false;

  /**
   * Takes one more batch into account.
   *
   * @param sampleWeight one weight for each value, or for each sample
   * @param mask which values count, as layers hand it on beside their outputs; means of one value a sample heed it
   */
  abstract updateState(yTrue: Tensor, yPred: Tensor, sampleWeight?: Tensor, mask?: Tensor | null): void;

  /** The value over everything seen since the last `resetState`. */
  abstract result(): Tensor;

  /** Makes state whose shape depends on the data. */
  build(_yTrue: PartialShape, _yPred: PartialShape): void {}

  /** `build`, unless it has been called. */
  ensureBuilt(yTrue: PartialShape, yPred: PartialShape): void {
    if (this.#isBuilt) return;
    this.#isBuilt = true;
    outsideRecording(() => this.build(yTrue, yPred));
  }

  /** Forgets everything seen. */
  resetState(): void {
    for (const variable of this.variables) variable.assign(0);
  }

  /** Makes a part of the state that counts up from 0. */
  protected addVariable(name: string, shape: Shape = [], dtype: DType = 'float32'): Variable {
    const variable = state(zeros(shape, { dtype }), name);
    (this.variables as Variable[]).push(variable);
    return variable;
  }

  /** The state that `build` made: a tuple of as many parts as the caller says. */
  protected built<Parts extends readonly Variable[]>(): Parts {
    if (this.variables.length > 0) return this.variables as unknown as Parts;
    throw problem('not-built', {
      subject: `The metric '${this.name}'`,
      expected: 'a batch, whose shape tells how much to count',
      received: 'none',
      fix: 'Call `updateState` first.',
    });
  }
}

/** Adds to a part of the state. */
export const count = (variable: Variable, more: Operand): void => variable.assign(variable.add(more));

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
  readonly total: Variable = this.addVariable('total');
  readonly count: Variable = this.addVariable('count');
  /** One value for each sample. */
  values(_yTrue: Tensor, _yPred: Tensor): Tensor {
    throw noFormula(`The metric '${this.name}'`);
  }

  override updateState(yTrue: Tensor, yPred: Tensor, sampleWeight?: Tensor, mask?: Tensor | null): void {
    const values = returned(`The metric '${this.name}'`, this.values(yTrue, yPred));
    this.add(values, masked(sampleWeight, mask));
  }

  override result(): Tensor {
    if (activeRecording()) return divideNoNan(this.total, this.count);
    // Logs read it after each epoch, or after each batch: for one division a program would take longer than the step.
    const count = this.count.item() as number;
    const values = this.total.values().map((total) => (count === 0 ? 0 : total / count));
    return new Tensor([], this.total.dtype, { kind: 'data', values });
  }

  /** Takes values and their weights into the mean. */
  protected add(given: Tensor, sampleWeight: Tensor | undefined): void {
    const { values, weights } = samplewise(given, sampleWeight, (x, axes) => x.mean(axes));
    count(this.total, values.sum());
    count(this.count, weights ? weights.sum() : (values.shape[0] ?? 1));
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

/**
 * The mean of a function of targets and predictions. Wherever a metric is chosen, the function alone does too.
 *
 * @example
 * const metric = new MeanMetricWrapper((yTrue, yPred) => yPred.sub(yTrue).abs().max(-1));
 * metric.updateState(tensor([[0, 0]]), tensor([[1, -3]]));
 * metric.result().item(); // 3
 */
export class MeanMetricWrapper extends /* @__PURE__ */ declared(
  MeanMetric,
  'MeanMetricWrapper',
  (fn = arg(functionOf<MetricFunction>('a function of targets and predictions'))) => ({ fn }),
  metricFields,
) {
  override readonly values: MetricFunction = this.config.fn;
}

/** The mean of a user's function as a metric, under the function's name. */
export function metricOf(given: MetricFunction): Metric {
  const name = defaultName(given.name) || 'metric';
  const values = samplewiseFunction(`The metric '${name}'`, given);
  return Object.assign(new MeanMetricWrapper(values, { name }), { given });
}
