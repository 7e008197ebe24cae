/** What every model can do with data: fit, evaluate and predict, whole or batch by batch. */

import { framed, inContext } from '../core/errors.js';
import { resetWarnings } from '../core/warnings.js';
import type { Tensor } from '../tensor/tensor.js';
import { type AnyBatch, type Batches, type InputBatches, isBatches } from './batches.js';
import { bindBatch } from './bound-steps.js';
import type { History } from './callbacks/history.js';
import { CompilableModel } from './compilable.js';
import type { Examples, Inputs, Numbers } from './data-adapter.js';
import { evaluate } from './evaluate.js';
import { dataOf, Intake } from './intake.js';
import type { Logs } from './network.js';
import {
  type EvaluateOptions,
  type FitOptions,
  type RunOptions,
  settingsOf,
  type TestBatchOptions,
  type TrainBatchOptions,
} from './options.js';
import { Pacer } from './pause.js';
import { predict, predictAgain, predictBatch, usualBatch } from './predict.js';
import { testStep, trainStep } from './steps.js';
import { train } from './train.js';

/** A model that can be trained. Its subclasses say which layers it has and how they are connected. */
export abstract class TrainableModel extends CompilableModel {
  #isTraining = false;

  /**
   * Trains on examples `x` and their answers `y`, or on batches `[x, y]` or `[x, y, sampleWeight]` from a generator,
   * an async generator, a list, or a function that makes one of them for each epoch. A source without an end needs
   * `stepsPerEpoch`. One promise at a time.
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
  fit(x: Inputs, y: Numbers, options?: FitOptions): Promise<History>;
  fit(batches: Batches, options?: FitOptions): Promise<History>;
  async fit(x: Inputs | Batches, y?: Numbers | FitOptions, options?: FitOptions): Promise<History> {
    return inContext('model.fit', async () => {
      const compilation = this.compiled('fit');
      const [data, given] = dataOf('fit', x, y, options);
      const settings = settingsOf('fit', given);
      return this.#alone('fit', async () => {
        const pacer = new Pacer(settings.signal, () => this.programs.evaluating);
        const intake = new Intake(this, compilation, 'fit');
        const [feed, watched] = await intake.training(this.programs, data, settings);
        this.programs.refresh(this);
        try {
          return await train({ network: this, compilation, feed, watched, settings, pacer });
        } finally {
          feed.release();
          watched?.release();
        }
      });
    });
  }

  /**
   * The loss and the metrics, by name, on examples the model has not seen, given as to `fit`. A `fit` that runs waits
   * until it is done.
   *
   * @throws StateError before `compile` or while another `evaluate` runs; ShapeError and DataError for data that does
   *   not fit; the reason of `signal` once it is aborted
   *
   * @example
   * const model = new Sequential([new Dense(1, { kernelInitializer: 'ones' })]);
   * model.compile({ loss: 'mse', metrics: ['mae'] });
   * await model.evaluate([[1], [2]], [1, 4]); // { loss: 2, mae: 1 }
   */
  evaluate(x: Inputs, y: Numbers, options?: EvaluateOptions): Promise<Logs>;
  evaluate(batches: Batches, options?: EvaluateOptions): Promise<Logs>;
  async evaluate(
    x: Inputs | Batches,
    y?: Numbers | EvaluateOptions,
    options?: EvaluateOptions,
  ): Promise<Logs> {
    return inContext('model.evaluate', async () => {
      const compilation = this.compiled('evaluate');
      if (this.programs.evaluating) throw this.alreadyRunning('evaluate');
      const [data, given] = dataOf('evaluate', x, y, options);
      const settings = settingsOf('evaluate', given);
      return this.#measuring(async () => {
        const pacer = new Pacer(settings.signal);
        const intake = new Intake(this, compilation, 'evaluate');
        const feed = await intake.evaluation(this.programs, data, settings);
        this.programs.refresh(this);
        try {
          return await evaluate(this, compilation, feed, settings, pacer);
        } finally {
          feed.release();
        }
      });
    });
  }

  /**
   * The outputs for inputs `x`, one row each, or for batches `[x]` or `[x, y]` of them. Needs no `compile`.
   *
   * @example
   * const model = new Sequential([new Dense(1, { kernelInitializer: 'ones' })]);
   * (await model.predict([[3, 4]])).toArray(); // [[7]]
   */
  async predict(x: Inputs | InputBatches, options?: RunOptions): Promise<Tensor> {
    // No closures: this may be called very often.
    try {
      const again = options ? undefined : predictAgain(this.#predictor, x, 'predict', usualBatch);
      return again ?? (await this.#predict(x, options ?? {}));
    } catch (error) {
      throw framed('model.predict', error);
    }
  }

  get #predictor() {
    return { network: this, programs: this.programs };
  }

  #predict(x: Inputs | InputBatches, options: RunOptions): Promise<Tensor> {
    const settings = settingsOf('predict', options);
    const intake = new Intake(this, null, 'predict');
    const given = isBatches(x) ? (x as InputBatches) : intake.inputs(x);
    this.programs.refreshIfChanged(this);
    const convert = ([inputs]: AnyBatch) => intake.inputs(inputs as Inputs);
    return predict(this.#predictor, { given, convert }, settings);
  }

  /**
   * One step of training on one batch.
   *
   * @returns the loss and the metrics of this batch alone, as they were before the step
   *
   * @example
   * const model = new Sequential([new Dense(1, { kernelInitializer: 'ones' })]);
   * model.compile({ optimizer: 'sgd', loss: 'mse' });
   * await model.trainOnBatch([[1], [2]], [1, 4]); // { loss: 2 }
   */
  async trainOnBatch(x: Inputs, y: Numbers, options: TrainBatchOptions = {}): Promise<Logs> {
    return inContext('model.trainOnBatch', async () => {
      const { sampleWeight, classWeight } = settingsOf('trainOnBatch', options);
      const compilation = this.compiled('trainOnBatch');
      return this.#alone('fit', async () => {
        const intake = new Intake(this, compilation, 'trainOnBatch');
        const batch = intake.examples([x, y, sampleWeight], classWeight);
        const evaluating = () => this.programs.evaluating;
        if (evaluating()) await new Pacer(null, evaluating).ready();
        return this.#onBatch('train', batch);
      });
    });
  }

  /** The loss and the metrics of one batch alone, without training. */
  async testOnBatch(x: Inputs, y: Numbers, options: TestBatchOptions = {}): Promise<Logs> {
    return inContext('model.testOnBatch', async () => {
      const { sampleWeight } = settingsOf('testOnBatch', options);
      const compilation = this.compiled('testOnBatch');
      if (this.programs.evaluating) throw this.alreadyRunning('evaluate');
      return this.#measuring(async () => {
        const batch = new Intake(this, compilation, 'testOnBatch').examples([x, y, sampleWeight]);
        return this.#onBatch('test', batch);
      });
    });
  }

  /** The outputs for one batch of inputs. */
  async predictOnBatch(x: Inputs): Promise<Tensor> {
    try {
      const again = predictAgain(this.#predictor, x, 'predictOnBatch', Infinity);
      if (again) return again;
      const batch = new Intake(this, null, 'predictOnBatch').inputs(x);
      this.programs.refreshIfChanged(this);
      return predictBatch(this.#predictor, batch);
    } catch (error) {
      throw framed('model.predictOnBatch', error);
    }
  }

  #onBatch(kind: 'train' | 'test', batch: Examples): Logs {
    const compilation = this.compiled('fit');
    this.programs.refresh(this);
    const measures = compilation.measuresFor(batch.y.shape, this.outputShape!);
    const step =
      kind === 'train' ? trainStep(this, measures, compilation.optimizer) : testStep(this, measures);
    const program = bindBatch(this.programs, { kind, step }, batch);
    try {
      measures.reset();
      program.run();
      return measures.logs();
    } finally {
      program.release();
    }
  }

  /** Runs a training, while which there is no other. */
  async #alone<T>(method: string, body: () => Promise<T>): Promise<T> {
    if (this.#isTraining) throw this.alreadyRunning(method);
    this.#isTraining = true;
    try {
      resetWarnings();
      return await body();
    } finally {
      this.#isTraining = false;
    }
  }

  /** Runs an evaluation, after which a training that it comes between finds its sums as they were. */
  #measuring<T>(body: () => Promise<T>): Promise<T> {
    const kept = this.#isTraining ? this.compilation!.sums : [];
    return this.programs.evaluate(kept, body);
  }
}
