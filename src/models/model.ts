/** What every model can do: compile, fit, evaluate, predict, and tell about itself. */

import { inContext, problem } from '../core/errors.js';
import type { PartialShape } from '../core/shape.js';
import { resetWarnings } from '../core/warnings.js';
import type { CallContext, Layer } from '../layers/layer.js';
import type { LossOption } from '../nn/choose.js';
import type { Optimizer } from '../nn/optimizers/optimizer.js';
import type { Tensor } from '../tensor/tensor.js';
import { Compilation, type CompileOptions } from './compile.js';
import { type Asker, type Examples, inputsOf, type Numbers, split, targetsOf } from './data-adapter.js';
import { checkExamples } from './diagnose.js';
import { evaluate } from './evaluate.js';
import type { History } from './history.js';
import { Layered } from './layered.js';
import type { Logs, Network } from './network.js';
import { type FitOptions, type FitSettings, fitSettings, type RunOptions, runSettings } from './options.js';
import { predict } from './predict.js';
import { Programs } from './programs.js';
import { type SummaryOptions, summaryText } from './summary.js';
import { printLine } from './terminal.js';
import { train } from './train.js';

/** A model that can be trained. Its subclasses say which layers it has and how they are connected. */
export abstract class TrainableModel extends Layered implements Network {
  /** Set to true by a callback to end training after the batch. */
  stopTraining = false;
  readonly #programs = new Programs();
  #compilation: Compilation | null = null;
  #isTraining = false;

  abstract readonly inputShape: PartialShape | null;
  abstract readonly outputShape: PartialShape | null;
  /** Makes all weights for inputs of this shape, batch axis first. */
  abstract build(inputShape: PartialShape): void;
  /** Output shape of each layer, batch axis first; null where it is not known yet. */
  abstract outputShapeOf(layer: Layer): PartialShape | null;
  /** What the model computes, on tensors of any kind. */
  abstract forward(x: Tensor, context?: CallContext): Tensor;

  /** Chooses what to train with. Training starts anew with the optimizer's state, not with the weights. */
  compile(options: CompileOptions): void {
    this.#compilation = inContext('model.compile', () => new Compilation(options));
    this.#programs.clear();
  }

  /** What `compile` chose; null before. */
  get compilation(): Compilation | null {
    return this.#compilation;
  }

  get optimizer(): Optimizer | null {
    return this.#compilation?.optimizer ?? null;
  }

  /** The loss that was given to `compile`; null before. */
  get loss(): LossOption | null {
    return this.#compilation?.loss ?? null;
  }

  /** Names of what `evaluate` returns: `loss`, then the metrics. */
  get metricsNames(): readonly string[] {
    return this.#compilation?.names ?? [];
  }

  /**
   * Trains on examples `x` and their answers `y`. One promise at a time.
   *
   * @returns what was measured, a list of values for each name
   * @throws StateError before `compile` or while another `fit` runs; ShapeError and DataError for data that does not
   *   fit; the reason of `signal` once it is aborted, after `onTrainEnd`, with the weights
   *   as they are then
   *
   * @example
   * const model = new Sequential([new Dense(1)]);
   * model.compile({ optimizer: 'sgd', loss: 'mse' });
   * const [x, y] = [[[1], [2], [3], [4]], [2, 4, 6, 8]];
   * const { history } = await model.fit(x, y, { epochs: 5, batchSize: 2, validationSplit: 0.25, verbose: 0 });
   * Object.keys(history); // ['loss', 'val_loss']
   */
  async fit(x: Numbers, y: Numbers, options: FitOptions = {}): Promise<History> {
    return inContext('model.fit', async () => {
      const compilation = this.#compiled('fit');
      if (this.#isTraining) throw this.#alreadyRunning('fit');
      this.#isTraining = true;
      try {
        resetWarnings();
        return await this.#fit(compilation, x, y, fitSettings(options));
      } finally {
        this.#isTraining = false;
      }
    });
  }

  async #fit(compilation: Compilation, x: Numbers, y: Numbers, settings: FitSettings): Promise<History> {
    const all = this.#examples('fit', compilation, x, y);
    const { validationData, validationSplit } = settings;
    const apart = validationSplit > 0 && !validationData ? split(all, validationSplit) : [all, null];
    const [examples, kept] = apart as readonly [Examples, Examples | null];
    const watched = validationData
      ? this.#examples('fit validationData', compilation, validationData[0], validationData[1])
      : kept;
    this.#programs.refresh(this);
    const trainee = { network: this, compilation, programs: this.#programs };
    return train(trainee, examples, watched, settings);
  }

  /**
   * The loss and the metrics, by name, on examples the model has not seen. A `fit` that runs waits until it is done.
   *
   * @throws StateError before `compile` or while another `evaluate` runs; ShapeError and DataError for data that does
   *   not fit; the reason of `signal` once it is aborted
   *
   * @example
   * const model = new Sequential([new Dense(1, { kernelInitializer: 'ones' })]);
   * model.compile({ loss: 'mse', metrics: ['mae'] });
   * await model.evaluate([[1], [2]], [1, 4]); // { loss: 2, mae: 1 }
   */
  async evaluate(x: Numbers, y: Numbers, options: RunOptions = {}): Promise<Logs> {
    return inContext('model.evaluate', async () => {
      const compilation = this.#compiled('evaluate');
      if (this.#programs.evaluating) throw this.#alreadyRunning('evaluate');
      const settings = runSettings('evaluate', options);
      const examples = this.#examples('evaluate', compilation, x, y);
      this.#programs.refresh(this);
      const evaluated = { network: this, compilation, programs: this.#programs };
      const kept = this.#isTraining ? compilation.sums : [];
      return this.#programs.evaluate(kept, () => evaluate(evaluated, examples, settings));
    });
  }

  /**
   * The outputs for inputs `x`, one row each. Needs no `compile`.
   *
   * @example
   * const model = new Sequential([new Dense(1, { kernelInitializer: 'ones' })]);
   * (await model.predict([[3, 4]])).toArray(); // [[7]]
   */
  async predict(x: Numbers, options: RunOptions = {}): Promise<Tensor> {
    return inContext('model.predict', async () => {
      const settings = runSettings('predict', options);
      const inputs = this.#inputs('predict', x);
      this.#programs.refresh(this);
      return predict({ network: this, programs: this.#programs }, inputs, settings);
    });
  }

  /** Prints a table of layers, output shapes and parameter counts, as Keras does. */
  summary({ printFn = printLine, ...options }: SummaryOptions = {}): void {
    printFn(summaryText(this, options));
  }

  #asker(method: string): Asker {
    const { inputShape, outputShape } = this;
    const layer = [`layer 1 of ${this.layers.length}`, this.layers[0]?.subject ?? this.subject] as const;
    return { method, model: this.subject, layer, inputShape, outputShape };
  }

  #inputs(method: string, given: Numbers): Tensor {
    const x = inputsOf(this.#asker(method), given);
    if (!this.outputShape) this.build([null, ...x.shape.slice(1)]);
    return x;
  }

  #examples(method: string, compilation: Compilation, x: Numbers, y: Numbers): Examples {
    const inputs = this.#inputs(method, x);
    const examples = { x: inputs, y: targetsOf(this.#asker(method), y, inputs.shape[0]!) };
    checkExamples(method, this, compilation, examples);
    return examples;
  }

  #compiled(method: string): Compilation {
    if (this.#compilation) return this.#compilation;
    throw problem('not-compiled', {
      subject: this.subject,
      expected: `\`compile\` before \`${method}\``,
      received: 'no loss and no optimizer',
      fix: "Call `model.compile({ optimizer: 'adam', loss: 'mse' })` first.",
    });
  }

  #alreadyRunning(method: string) {
    return problem('already-running', {
      subject: this.subject,
      expected: `one \`${method}\` at a time`,
      received: 'a second one',
      fix: `Wait for the first: \`await model.${method}(…)\`.`,
    });
  }
}
