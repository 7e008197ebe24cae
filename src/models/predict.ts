/** Outputs for inputs, batch by batch. */

import { type DType, elementTypes } from '../core/dtype.js';
import { problem } from '../core/errors.js';
import { type Shape, sizeOf } from '../core/shape.js';
import type { BoundProgram, CompiledFunction } from '../tensor/compiled.js';
import { Tensor } from '../tensor/tensor.js';
import { type AnyBatch, type InputBatches, Reader } from './batches.js';
import { CallbackList } from './callbacks/callback-list.js';
import { rowsOf } from './data-adapter.js';
import { runSteps } from './loop.js';
import type { Network } from './network.js';
import type { RunSettings } from './options.js';
import { Pacer } from './pause.js';
import type { Programs } from './programs.js';
import { progressMode } from './progress.js';
import { predictStep } from './steps.js';
import { type BatchRunner, StreamedSteps } from './streamed-steps.js';

interface Predictor {
  readonly network: Network;
  readonly programs: Programs;
}

const keyOf = ({ dtype, shape }: Tensor): string => `predict ${dtype}[${shape}]`;

const stepFor = ({ network, programs }: Predictor, key: string): CompiledFunction =>
  programs.step(key, () => predictStep(network));

/** Compiles in turns what `predictBatch` needs, if that is not there yet. */
function prepareFor(predictor: Predictor, batch: Tensor, key: string, pacerOf: () => Pacer) {
  if (predictor.programs.isBound(key)) return undefined;
  return stepFor(predictor, key).prepare({ x: batch }, pacerOf().rest);
}

/** A program that stays bound, so that the next prediction only writes its rows. */
const boundFor = (predictor: Predictor, batch: Tensor, key: string): BoundProgram =>
  predictor.programs.bound(key, () => stepFor(predictor, key).bind({ x: batch }));

/** The outputs of one batch. */
export function predictBatch(predictor: Predictor, batch: Tensor, key = keyOf(batch)): Tensor {
  const bound = boundFor(predictor, batch, key);
  bound.write('x', batch.values());
  bound.run();
  return bound.outputs().y!;
}

/** What to predict for: a tensor, or batches that are made tensors one by one. */
export interface Inputs {
  readonly given: Tensor | InputBatches;
  readonly convert: (batch: AnyBatch) => Tensor;
}

export async function predict(predictor: Predictor, inputs: Inputs, settings: RunSettings): Promise<Tensor> {
  const { network } = predictor;
  network.stopPredicting = false;
  const alone = batchAlone(inputs, settings);
  if (alone) {
    const key = keyOf(alone);
    const preparing = prepareFor(predictor, alone, key, () => new Pacer(settings.signal));
    if (preparing) await preparing;
    return predictBatch(predictor, alone, key);
  }
  const pacer = new Pacer(settings.signal);
  const outputs = new Outputs(predictor, pacer);
  const steps = bindPredict(inputs, settings, outputs);
  const mode = progressMode(settings.verbose, 0);
  const params = { epochs: 1, steps: steps.count, verbose: mode };
  const callbacks = new CallbackList(settings.callbacks, network, params);
  try {
    await callbacks.tell('onPredictBegin', {});
    await runSteps({
      steps,
      callbacks,
      pacer,
      progress: callbacks.progress,
      hooks: ['onPredictBatchBegin', 'onPredictBatchEnd'],
      said: () => ({ outputs: outputs.all.at(-1)! }),
      shown: () => ({}),
      isStopped: () => network.stopPredicting,
    });
  } finally {
    steps.release();
  }
  await callbacks.tell('onPredictEnd', {});
  return outputs.whole();
}

/** The only batch, if nobody watches it: a loop and its promises would take longer than a small model does. */
function batchAlone({ given }: Inputs, { batchSize, steps, callbacks, verbose, signal }: RunSettings) {
  const isAlone = given instanceof Tensor && steps === null && given.shape[0]! <= (batchSize ?? 32);
  if (!isAlone || callbacks.length > 0 || progressMode(verbose, 0) > 0) return null;
  signal?.throwIfAborted();
  return given;
}

function bindPredict({ given, convert }: Inputs, settings: RunSettings, outputs: Outputs) {
  const { batchSize, steps } = settings;
  const options = { method: 'predict', steps };
  if (!(given instanceof Tensor))
    return new StreamedSteps(new Reader('predict', given), { ...options, convert }, outputs);
  const samples = given.shape[0]!;
  const size = batchSize ?? (steps === null ? 32 : Math.ceil(samples / steps));
  const count = steps ?? Math.ceil(samples / size);
  const reader = new Reader('predict', batchesOf(given, size));
  return new StreamedSteps(reader, { ...options, convert: ([x]) => x as Tensor }, outputs, null, count);
}

function* batchesOf(x: Tensor, size: number): Generator<readonly [Tensor]> {
  const samples = x.shape[0]!;
  for (let from = 0; from < samples; from += size) yield [rowsOf(x, from, Math.min(samples, from + size))];
}

/** Outputs of batches, one after another. */
class Outputs implements BatchRunner<Tensor> {
  readonly all: Tensor[] = [];

  constructor(
    readonly predictor: Predictor,
    readonly pacer: Pacer,
  ) {}

  prepare(batch: Tensor): Promise<void> | undefined {
    return prepareFor(this.predictor, batch, keyOf(batch), () => this.pacer);
  }

  run(batch: Tensor): void {
    this.all.push(predictBatch(this.predictor, batch));
  }

  release(): void {}

  whole(): Tensor {
    const [first] = this.all;
    if (!first) throw noInputs();
    if (this.all.length === 1) return first;
    const samples = this.all.reduce((total, { shape }) => total + shape[0]!, 0);
    const [shape, dtype]: [Shape, DType] = [[samples, ...first.shape.slice(1)], first.dtype];
    const values = new elementTypes[dtype].array(sizeOf(shape));
    let filled = 0;
    for (const batch of this.all) {
      values.set(batch.values(), filled);
      filled += batch.size;
    }
    return new Tensor(shape, dtype, { kind: 'data', values });
  }
}

const noInputs = () =>
  problem('empty-data', { subject: 'predict batches', expected: 'at least one batch', received: 'none' });
