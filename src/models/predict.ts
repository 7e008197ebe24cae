/** Outputs for inputs, batch by batch. */

import { type DType, elementTypes } from '../core/dtype.js';
import { problem } from '../core/errors.js';
import { isSameShape, type Shape, sizeOf } from '../core/shape.js';
import type { BoundProgram, CompiledFunction } from '../tensor/compiled.js';
import { Tensor } from '../tensor/tensor.js';
import { type AnyBatch, type InputBatches, Reader } from './batches.js';
import { CallbackList } from './callbacks/callback-list.js';
import { rowsOf } from './data-adapter.js';
import { type KeptRows, keptRows } from './kept-rows.js';
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
  const program = boundFor(predictor, batch, key);
  predictor.programs.lastPrediction = { shape: batch.shape, dtype: batch.dtype, program };
  return outputsOf(program, batch);
}

function outputsOf(program: BoundProgram, batch: Tensor): Tensor {
  program.write('x', batch.values());
  program.run();
  return program.outputs().y!;
}

/**
 * The outputs for a tensor of at most so many rows, if one of its form came last and nothing has changed since: to look at
 * everything again takes longer than a small model does.
 */
export function predictAgain({ network, programs }: Predictor, x: unknown, most: number): Tensor | undefined {
  programs.refreshIfChanged(network);
  const last = programs.lastPrediction;
  if (!last || !(x instanceof Tensor) || x.shape[0]! > most) return undefined;
  if (x.dtype !== last.dtype || !isSameShape(x.shape, last.shape)) return undefined;
  const first = network.layers[0];
  if (!first || 'isHost' in first) return undefined;
  first.inspect('predict x', x);
  network.stopPredicting = false;
  return outputsOf(last.program, x);
}

/** Examples in one step where nothing is said. */
export const usualBatch = 32;

const isAlone = (
  given: Inputs['given'],
  { batchSize, steps, callbacks, verbose }: RunSettings,
): given is Tensor =>
  given instanceof Tensor &&
  steps === null &&
  given.shape[0]! <= (batchSize ?? usualBatch) &&
  callbacks.length === 0 &&
  progressMode(verbose, 0) === 0;

/** What to predict for: a tensor, or batches that are made tensors one by one. */
export interface Inputs {
  readonly given: Tensor | InputBatches;
  readonly convert: (batch: AnyBatch) => Tensor;
}

export async function predict(predictor: Predictor, inputs: Inputs, settings: RunSettings): Promise<Tensor> {
  const { network } = predictor;
  network.stopPredicting = false;
  if (isAlone(inputs.given, settings)) {
    const key = keyOf(inputs.given);
    await prepareFor(predictor, inputs.given, key, () => new Pacer(settings.signal));
    return predictBatch(predictor, inputs.given, key);
  }
  const pacer = new Pacer(settings.signal);
  const outputs = new Outputs(predictor, pacer);
  const steps = bindPredict(inputs, settings, outputs);
  const mode = progressMode(settings.verbose, 0);
  const params = { epochs: 1, steps: steps.count, verbose: mode };
  const callbacks = new CallbackList(settings.callbacks, network, params);
  try {
    if (inputs.given instanceof Tensor) outputs.kept = await keptRows(inputs.given, pacer.rest);
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

function bindPredict({ given, convert }: Inputs, settings: RunSettings, outputs: Outputs) {
  const { batchSize, steps } = settings;
  const options = { method: 'predict', steps };
  if (!(given instanceof Tensor))
    return new StreamedSteps(
      new Reader('predict', given),
      { ...options, convert: (batch) => ({ rows: convert(batch), from: 0 }) },
      outputs,
    );
  const samples = given.shape[0]!;
  const size = batchSize ?? (steps === null ? usualBatch : Math.ceil(samples / steps));
  const count = steps ?? Math.ceil(samples / size);
  const reader = new Reader('predict', partsOf(given, size));
  return new StreamedSteps(reader, { ...options, convert: ([part]) => part as Part }, outputs, null, count);
}

/** A batch, and the row of the inputs that it begins with. */
interface Part {
  readonly rows: Tensor;
  readonly from: number;
}

function* partsOf(x: Tensor, size: number): Generator<readonly [Part]> {
  const samples = x.shape[0]!;
  for (let from = 0; from < samples; from += size)
    yield [{ rows: rowsOf(x, from, Math.min(samples, from + size)), from }];
}

/** Outputs of batches, one after another. */
class Outputs implements BatchRunner<Part> {
  readonly all: Tensor[] = [];
  /** The inputs where they lie in the heap, if they do. */
  kept: KeptRows | null = null;

  constructor(
    readonly predictor: Predictor,
    readonly pacer: Pacer,
  ) {}

  prepare({ rows }: Part): Promise<void> | undefined {
    const key = keyOf(rows);
    if (this.kept?.has(key)) return undefined;
    return prepareFor(this.predictor, rows, key, () => this.pacer);
  }

  run({ rows, from }: Part): void {
    const { predictor, kept } = this;
    if (!kept) this.all.push(predictBatch(predictor, rows));
    else {
      const key = keyOf(rows);
      this.all.push(kept.run(key, () => stepFor(predictor, key), rows, from).y!);
    }
  }

  release(): void {
    this.kept?.release();
  }

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
