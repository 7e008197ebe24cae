/** What `compile` chooses: optimizer, loss and metrics, and the sums they gather while a model runs. */

import { problem } from '../core/errors.js';
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
import type { Variable } from '../tensor/variable.js';
import type { Logs } from './network.js';
import { checkOptionNames } from './options.js';

export interface CompileOptions {
  /** How weights follow gradients: a name, or an instance to choose its options. Default `'rmsprop'`, as in Keras. */
  readonly optimizer?: OptimizerOption | undefined;
  /** What training makes small: a name, an instance, or a function of targets and predictions. */
  readonly loss: LossOption;
  /** What logs show beside the loss. */
  readonly metrics?: readonly MetricOption[] | undefined;
}

/** A loss and metrics with the sums they gather: Variables, so that they are part of the step. */
export class Measures {
  readonly lossMean: Mean = new Mean({ name: 'loss' });

  constructor(
    readonly loss: Loss,
    readonly metrics: readonly Metric[],
    readonly names: readonly string[],
  ) {}

  /** Everything gathered since `reset`, by name, in Keras's order. */
  logs(): Logs {
    return sortedLogs(this.#all.map((metric, i) => [this.names[i]!, Number(metric.result().item())]));
  }

  /** Forgets what was gathered. */
  reset(): void {
    for (const metric of this.#all) metric.resetState();
  }

  get variables(): readonly Variable[] {
    return this.#all.flatMap(({ variables }) => variables);
  }

  get #all(): readonly Metric[] {
    return [this.lossMean, ...this.metrics];
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
  readonly #measures = new Map<string, Measures>();

  constructor(readonly options: CompileOptions) {
    checkOptionNames('compile', ['optimizer', 'loss', 'metrics'], options, "model.compile({ loss: 'mse' })");
    const { optimizer = 'rmsprop', loss, metrics = [] } = options;
    if (!Array.isArray(metrics)) throw notAList(metrics);
    this.optimizer = optimizerFor(optimizer);
    this.loss = loss;
    this.#lossFor = lossFor(loss);
    this.#metricsFor = metrics.map((metric: MetricOption) => metricFor(metric));
    this.names = ['loss', ...this.#metricsFor.map((make) => make([null, 1], [null, 1]).name)];
    const twice = this.names.find((name, i) => this.names.indexOf(name) !== i);
    if (twice) throw nameTaken(twice);
  }

  /** All sums, of whichever shapes. */
  get sums(): readonly Variable[] {
    return [...this.#measures.values()].flatMap(({ variables }) => variables);
  }

  /** Loss and metrics for targets and outputs of these shapes, where names leave a choice. */
  measuresFor(yTrue: PartialShape, yPred: PartialShape): Measures {
    const key = JSON.stringify([yTrue.slice(1), yPred.slice(1)]);
    const known = this.#measures.get(key);
    if (known) return known;
    const metrics = this.#metricsFor.map((make) => make(yTrue, yPred));
    const measures = new Measures(this.#lossFor(yTrue, yPred), metrics, this.names);
    this.#measures.set(key, measures);
    return measures;
  }
}

/** Keras lists logs by name. */
export const sortedLogs = (values: readonly (readonly [string, number])[]): Logs =>
  Object.fromEntries(values.toSorted(([a], [b]) => (a < b ? -1 : 1))) as Logs;

const notAList = (received: unknown) =>
  problem('option-value', {
    subject: 'compile metrics',
    expected: "an array, such as ['accuracy']",
    received: show(received),
  });

const nameTaken = (name: string) =>
  problem('name-taken', {
    subject: 'compile metrics',
    expected: 'metrics with names of their own',
    received: `two named '${name}'`,
    fix: "Give one of them another name: `new BinaryAccuracy({ name: 'other' })`.",
  });
