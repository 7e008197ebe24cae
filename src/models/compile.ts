/** What `compile` chooses: optimizer, loss and metrics, and the sums they gather while a model runs. */

import { problem } from '../core/errors.js';
import { checkOptionNames } from '../core/option-names.js';
import type { PartialShape } from '../core/shape.js';
import { show } from '../core/text.js';
import {
  type ForShapes,
  type LossOption,
  lossFor,
  type MetricOption,
  metricFor,
  type OptimizerOption,
  optimizerFor,
} from '../nn/choose.js';
import type { Loss } from '../nn/loss.js';
import type { Metric } from '../nn/metric.js';
import { Mean } from '../nn/metrics.js';
import type { Optimizer } from '../nn/optimizers/optimizer.js';
import { full, type Tensor } from '../tensor/tensor.js';
import type { Variable } from '../tensor/variable.js';
import type { Logs } from './network.js';

export interface CompileOptions {
  /** How weights follow gradients: a name, or an instance to choose its options. Default `'rmsprop'`, as in Keras. */
  readonly optimizer?: OptimizerOption | undefined;
  /** What training makes small: a name, an instance, or a function of targets and predictions. */
  readonly loss: LossOption;
  /** What logs show beside the loss. Sample weights do not count in them. */
  readonly metrics?: readonly MetricOption[] | undefined;
  /** What logs show beside the loss with sample weights and class weights counted. */
  readonly weightedMetrics?: readonly MetricOption[] | undefined;
}

/** What a step has to measure. */
export interface Measured {
  readonly yTrue: Tensor;
  readonly yPred: Tensor;
  /** How much each example counts. */
  readonly w: Tensor | undefined;
  /** Where the outputs count. */
  readonly mask: Tensor | null;
  /** The loss with its penalties. */
  readonly total: Tensor;
}

/** A loss and metrics with the sums they gather: Variables, so that they are part of the step. */
export class Measures {
  readonly lossMean: Mean = new Mean({ name: 'loss' });

  constructor(
    readonly loss: Loss,
    readonly metrics: readonly Metric[],
    readonly weighted: readonly Metric[],
    readonly names: readonly string[],
  ) {}

  /** Takes one more batch into account. */
  update({ yTrue, yPred, w, mask, total }: Measured): void {
    this.lossMean.updateState(total, full([], yPred.shape[0]!));
    for (const metric of this.metrics) metric.updateState(yTrue, yPred, undefined, mask);
    for (const metric of this.weighted) metric.updateState(yTrue, yPred, w, mask);
  }

  /** Everything gathered since `reset`, by name, in Keras's order. */
  logs(): Logs {
    const values = this.#all.map((metric, i) => [this.names[i]!, Number(metric.result().item())]);
    return sortedLogs(Object.fromEntries(values));
  }

  /** Forgets what was gathered. */
  reset(): void {
    for (const metric of this.#all) metric.resetState();
  }

  get variables(): readonly Variable[] {
    return this.#all.flatMap(({ variables }) => variables);
  }

  get #all(): readonly Metric[] {
    return [this.lossMean, ...this.metrics, ...this.weighted];
  }
}

/** What a model was compiled with. */
export class Compilation {
  readonly optimizer: Optimizer;
  /** The option, as it was given. */
  readonly loss: LossOption;
  /** Names of what `evaluate` returns. */
  readonly names: readonly string[];
  readonly #lossFor: ForShapes<Loss>;
  readonly #metricsFor: readonly ForShapes<Metric>[];
  readonly #weightedFor: readonly ForShapes<Metric>[];
  readonly #measures = new Map<string, Measures>();

  constructor(readonly options: CompileOptions) {
    const known = ['optimizer', 'loss', 'metrics', 'weightedMetrics'];
    checkOptionNames('compile', known, options, "model.compile({ loss: 'mse' })");
    const { optimizer = 'rmsprop', loss } = options;
    this.optimizer = optimizerFor(optimizer);
    this.loss = loss;
    this.#lossFor = lossFor(loss);
    this.#metricsFor = metricsFor('metrics', options);
    this.#weightedFor = metricsFor('weightedMetrics', options);
    this.names = logNames(...[this.#metricsFor, this.#weightedFor].map((list) => list.map(nameOf)));
  }

  /** All sums, of whichever shapes. */
  get sums(): readonly Variable[] {
    return [...this.#measures.values()].flatMap(({ variables }) => variables);
  }

  /** Forgets everything gathered. */
  reset(): void {
    for (const measures of this.#measures.values()) measures.reset();
  }

  /** Loss and metrics for targets and outputs of these shapes, where names leave a choice. */
  measuresFor(yTrue: PartialShape, yPred: PartialShape): Measures {
    const key = JSON.stringify([yTrue.slice(1), yPred.slice(1)]);
    const known = this.#measures.get(key);
    if (known) return known;
    const made = (list: readonly ForShapes<Metric>[]) => list.map((make) => make(yTrue, yPred));
    const [metrics, weighted] = [made(this.#metricsFor), made(this.#weightedFor)];
    for (const metric of [...metrics, ...weighted]) metric.ensureBuilt(yTrue, yPred);
    const measures = new Measures(this.#lossFor(yTrue, yPred), metrics, weighted, this.names);
    this.#measures.set(key, measures);
    return measures;
  }
}

/** Keras lists logs by name. */
export const sortedLogs = (logs: Partial<Logs>): Logs =>
  Object.fromEntries(Object.entries(logs).toSorted(([a], [b]) => (a < b ? -1 : 1))) as Logs;

function metricsFor(option: 'metrics' | 'weightedMetrics', options: CompileOptions): ForShapes<Metric>[] {
  const given = options[option] ?? [];
  if (!Array.isArray(given)) throw notAList(option, given);
  return given.map((metric: MetricOption) => metricFor(metric));
}

const nameOf = (make: ForShapes<Metric>) => make([null, 1], [null, 1]).name;

/** Keras's keys in logs: `mae`, `mae_1` for a second one, `weighted_mae` for a weighted one beside it. */
function logNames(metrics: readonly string[] = [], weighted: readonly string[] = []): string[] {
  const counts = new Map<string, number>([['loss', 1]]);
  const unique = (name: string) => {
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return count === 0 ? name : `${name}_${count}`;
  };
  const plain = metrics.map(unique);
  return ['loss', ...plain, ...weighted.map((name) => unique(counts.has(name) ? `weighted_${name}` : name))];
}

const notAList = (option: string, received: unknown) =>
  problem('option-value', {
    subject: `compile ${option}`,
    expected: "an array, such as ['accuracy']",
    received: show(received),
  });
