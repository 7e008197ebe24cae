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

interface Chosen {
  readonly loss: Loss;
  readonly metrics: readonly Metric[];
}

/** What a model was compiled with. Its sums are Variables, so that they are part of the step. */
export class Compilation {
  readonly optimizer: Optimizer;
  /** The option, as it was given. */
  readonly loss: LossOption;
  /** Names of what `evaluate` returns. */
  readonly names: readonly string[];
  readonly lossMean: Mean = new Mean({ name: 'loss' });
  /** Makes the loss for shapes of targets and outputs, without deciding anything. */
  readonly lossFor: ForShapes<Loss>;
  readonly #metricsFor: readonly ForShapes<Metric>[];
  #chosen: Chosen | undefined;

  constructor(options: CompileOptions) {
    checkOptionNames('compile', ['optimizer', 'loss', 'metrics'], options);
    const { optimizer = 'rmsprop', loss, metrics = [] } = options;
    if (!Array.isArray(metrics)) throw notAList(metrics);
    this.optimizer = optimizerFor(optimizer);
    this.loss = loss;
    this.lossFor = lossFor(loss);
    this.#metricsFor = metrics.map((metric: MetricOption) => metricFor(metric));
    this.names = ['loss', ...this.#metricsFor.map((make) => make([null, 1], [null, 1]).name)];
    const twice = this.names.find((name, i) => this.names.indexOf(name) !== i);
    if (twice) throw nameTaken(twice);
  }

  /** Loss and metrics for targets and outputs of these shapes; the first call decides. */
  chooseFor(yTrue: PartialShape, yPred: PartialShape): Chosen {
    this.#chosen ??= {
      loss: this.lossFor(yTrue, yPred),
      metrics: this.#metricsFor.map((make) => make(yTrue, yPred)),
    };
    return this.#chosen;
  }

  /** Everything gathered since `reset`, by name, in Keras's order. */
  logs(): Logs {
    const values = [this.lossMean, ...(this.#chosen?.metrics ?? [])].map(
      (metric, i) => [this.names[i]!, Number(metric.result().item())] as const,
    );
    return sortedLogs(values);
  }

  /** Forgets what was gathered. */
  reset(): void {
    for (const metric of [this.lossMean, ...(this.#chosen?.metrics ?? [])]) metric.resetState();
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
