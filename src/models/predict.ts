/** Outputs for inputs, batch by batch. */

import { problem } from '../core/errors.js';
import { inTurns, type Rest } from '../core/pieces.js';
import { isSameShape } from '../core/shape.js';
import type { BoundProgram, CompiledFunction } from '../tensor/compiled.js';
import { Tensor } from '../tensor/tensor.js';
import { type AnyBatch, type InputBatches, Reader } from './batches.js';
import { CallbackList } from './callbacks/callback-list.js';
import { rowsOf } from './data-adapter.js';
import { joined } from './joined.js';
import { runSteps } from './loop.js';
import type { Network } from './network.js';
import type { RunSettings } from './options.js';
import { Pacer } from './pause.js';
import type { Programs } from './programs.js';
import { progressMode } from './progress.js';
import { keptRows, type RowFunctions, RowSteps } from './row-steps.js';
import type { Stepping } from './stepping.js';
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

/** Rows of a batch that are computed at a time. */
async function partFor(predictor: Predictor, batch: Tensor, pacerOf: () => Pacer, known?: number) {
  const { parts } = predictor.programs;
  const key = `${keyOf(batch)} ${known}`;
  const part = parts.get(key) ?? (await newPartFor(predictor, batch, pacerOf().rest, known));
  parts.set(key, part);
  return part;
}

async function newPartFor(predictor: Predictor, batch: Tensor, rest: Rest, known: number | undefined) {
  const graphFor = (x: Tensor) => stepFor(predictor, keyOf(x)).graph({ x });
  const [graph, rows] = [graphFor(batch), batch.shape[0]!];
  for (const { source } of graph.nodes) {
    const find = source.kind === 'applied' && source.operation.partOfBatch;
    const traced = (few: number) => graphFor(rowsOf(batch, 0, few));
    if (find) return inTurns(find({ graph, rows, known, traced }), rest);
  }
  return rows;
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
export function predictAgain(
  { network, programs }: Predictor,
  x: unknown,
  method: string,
  most: number,
): Tensor | undefined {
  programs.refreshIfChanged(network);
  const last = programs.lastPrediction;
  if (!last || !(x instanceof Tensor) || x.shape[0]! > most) return undefined;
  if (x.dtype !== last.dtype || !isSameShape(x.shape, last.shape)) return undefined;
  const first = network.layers[0];
  if (!first || 'isHost' in first) return undefined;
  first.inspect(`${method} x`, x);
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
    const pacerOf = () => new Pacer(settings.signal);
    if ((await partFor(predictor, inputs.given, pacerOf)) === inputs.given.shape[0]) {
      await prepareFor(predictor, inputs.given, key, pacerOf);
      return predictBatch(predictor, inputs.given, key);
    }
  }
  const pacer = new Pacer(settings.signal);
  const [steps, made] = await stepsOver(predictor, inputs, settings, pacer);
  try {
    const params = { epochs: 1, steps: steps.count, verbose: progressMode(settings.verbose, 0) };
    const callbacks = new CallbackList(settings.callbacks, network, params);
    await callbacks.tell('onPredictBegin', {});
    await runSteps({
      steps,
      callbacks,
      pacer,
      progress: callbacks.progress,
      hooks: ['onPredictBatchBegin', 'onPredictBatchEnd'],
      said: () => ({ outputs: made.last }),
      shown: () => ({}),
      isStopped: () => network.stopPredicting,
    });
    await callbacks.tell('onPredictEnd', {});
  } finally {
    steps.release();
  }
  if (made.outputs) return made.outputs;
  throw noInputs();
}

/** What steps have made until now. */
interface Made {
  readonly last: Tensor;
  /** Nothing before the first batch. */
  readonly outputs: Tensor | undefined;
}

async function stepsOver(
  predictor: Predictor,
  { given, convert }: Inputs,
  { batchSize, steps }: RunSettings,
  pacer: Pacer,
): Promise<readonly [Stepping, Made]> {
  if (!(given instanceof Tensor)) {
    const batches = new StreamedOutputs(predictor, pacer);
    const options = { method: 'predict', steps, convert };
    return [new StreamedSteps(new Reader('predict', given), options, batches), batches];
  }
  const functions: RowFunctions = {
    of: (rows) => stepFor(predictor, keyOf(rows)),
    bound: (rows) => boundFor(predictor, rows, keyOf(rows)),
    prepare: (rows) => prepareFor(predictor, rows, keyOf(rows), () => pacer),
    partOf: (rows, known) => partFor(predictor, rows, () => pacer, known),
  };
  const size = batchSize ?? (steps === null ? usualBatch : Math.ceil(given.shape[0]! / steps));
  const rows = new RowSteps(given, await keptRows(given, pacer.rest), functions, size, steps);
  return [rows, rows];
}

/** Outputs of batches that come one by one. */
class StreamedOutputs implements BatchRunner<Tensor> {
  readonly #all: Tensor[] = [];

  constructor(
    readonly predictor: Predictor,
    readonly pacer: Pacer,
  ) {}

  prepare(batch: Tensor): Promise<void> | undefined {
    return prepareFor(this.predictor, batch, keyOf(batch), () => this.pacer);
  }

  run(batch: Tensor): void {
    this.#all.push(predictBatch(this.predictor, batch));
  }

  release(): void {}

  get last(): Tensor {
    return this.#all.at(-1)!;
  }

  get outputs(): Tensor | undefined {
    return joined(this.#all);
  }
}

const noInputs = () =>
  problem('empty-data', { subject: 'predict batches', expected: 'at least one batch', received: 'none' });
