/** A multilayer perceptron: a Sequential of Dense layers, trained until it improves no more. */

import { checkOptionNames } from '../../core/option-names.js';
import { keyOf, permutation, streamOf } from '../../core/random.js';
import { warnOnce } from '../../core/warnings.js';
import { Dense } from '../../layers/dense.js';
import type { CallbackLike } from '../../models/callbacks/callback.js';
import { ProgbarLogger } from '../../models/callbacks/progbar-logger.js';
import type { Verbosity } from '../../models/options.js';
import { Sequential } from '../../models/sequential.js';
import { Adam } from '../../nn/optimizers/adam.js';
import { SGD } from '../../nn/optimizers/sgd.js';
import { L2 } from '../../nn/regularizers.js';
import { GlorotUniform } from '../../nn/variance-scaling.js';
import type { Tensor } from '../../tensor/tensor.js';
import { rowsOf } from '../rows.js';
import { apart } from './early-stopping.js';
import { Patience } from './patience.js';
import type { MLPConfig, Task } from './task.js';

/** What training is told beside the data, as a Sequential's `fit`. */
export interface MLPFitOptions {
  /** 0 is silent, 1 a progress bar, 2 two lines an epoch. Default 0; 1 where a ProgbarLogger or a Dashboard is among `callbacks`. */
  readonly verbose?: Verbosity | undefined;
  /** Told about the training as it goes. */
  readonly callbacks?: readonly CallbackLike[] | undefined;
  /** Ends the training: the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface Trained {
  readonly model: Sequential;
  /** The mean loss of each epoch. */
  readonly lossCurve: readonly number[];
  /** The score after each epoch of samples kept apart; none without early stopping. */
  readonly validationScores: readonly number[];
}

function settingsOf(method: string, options: MLPFitOptions) {
  checkOptionNames(method, ['verbose', 'callbacks', 'signal'], options, 'fit(x, y, { verbose: 1 })');
  const { callbacks = [], signal } = options;
  // Who hands over something that shows progress wants to see it.
  const isShown = Array.isArray(callbacks) && callbacks.some((each) => each instanceof ProgbarLogger);
  return { callbacks, signal, verbose: options.verbose ?? (isShown ? 1 : 0) };
}

/** Builds the network and trains it. */
export async function trained(config: MLPConfig, task: Task, options: MLPFitOptions): Promise<Trained> {
  const { callbacks, verbose, signal } = settingsOf(`${task.name}.fit`, options);
  const { earlyStopping, tol, nIterNoChange, maxIter } = config;
  const [training, watched] = earlyStopping ? apart(config, task) : [task, undefined];
  const rows = training.x.shape[0]!;
  const batchSize = config.batchSize === 'auto' ? Math.min(200, rows) : Math.min(config.batchSize, rows);
  const model = network(config, task, batchSize);
  const score = `val_${task.score}`;
  const patience = new Patience({
    name: task.name,
    learningRate: config.learningRateInit,
    monitor: earlyStopping ? score : 'loss',
    tolerance: tol,
    patience: nIterNoChange,
  });
  const { history } = await model.fit(() => batches(config, training, batchSize), {
    epochs: maxIter,
    stepsPerEpoch: Math.ceil(rows / batchSize),
    validationData: watched && [watched.x, watched.y],
    callbacks: [patience, ...callbacks],
    verbose,
    signal,
  });
  if (!patience.hasEnded && !model.stopTraining)
    warnOnce(`${task.name} epochs`, unfinished(task.name, maxIter));
  return { model, lossCurve: history.loss!, validationScores: history[score] ?? [] };
}

function network(config: MLPConfig, task: Task, batchSize: number): Sequential {
  const { alpha, seed, hiddenLayerSizes, activation } = config;
  const layer = (units: number, place: number) =>
    new Dense(units, {
      activation: place < hiddenLayerSizes.length ? activation : task.outputActivation,
      kernelInitializer: new GlorotUniform({ seed: keyOf(seed, streamOf(`layer ${place}`))[0] }),
      kernelRegularizer: alpha > 0 ? new L2(alpha / 2 / batchSize) : null,
      ...(place === 0 && { inputShape: task.x.shape.slice(1) }),
    });
  const model = new Sequential([...hiddenLayerSizes, task.outputs].map(layer));
  model.compile({ optimizer: optimizerOf(config), loss: task.loss, metrics: task.metrics });
  return model;
}

function optimizerOf(config: MLPConfig) {
  const {
    solver,
    learningRateInit: learningRate,
    momentum,
    nesterovsMomentum,
    beta1,
    beta2,
    epsilon,
  } = config;
  if (solver === 'adam') return new Adam({ learningRate, beta1, beta2, epsilon });
  return new SGD({ learningRate, momentum, nesterov: nesterovsMomentum && momentum > 0 });
}

/** Batches without an end, in an order that follows from the seed alone. */
function* batches(
  { shuffle, seed }: MLPConfig,
  { x, y }: { readonly x: Tensor; readonly y: Tensor },
  batchSize: number,
): Generator<readonly [Tensor, Tensor]> {
  const rows = x.shape[0]!;
  const key = keyOf(seed, streamOf('order'));
  const inOrder = Int32Array.from({ length: rows }, (_, row) => row);
  for (let epoch = 0; ; epoch++) {
    const order = shuffle ? permutation(rows, key, epoch) : inOrder;
    for (let from = 0; from < rows; from += batchSize) {
      const some = order.subarray(from, from + batchSize);
      yield [rowsOf(x, some), rowsOf(y, some)];
    }
  }
}

const unfinished = (name: string, maxIter: number) =>
  `${name} was still improving after ${maxIter} epochs: allow more \`maxIter\`, or bring the features to one scale with a StandardScaler.`;
