/** Outputs for inputs, batch by batch. */

import { type DType, elementTypes, type TypedArray } from '../core/dtype.js';
import { type Shape, sizeOf } from '../core/shape.js';
import type { BoundProgram } from '../tensor/compiled.js';
import { Tensor } from '../tensor/tensor.js';
import { CallbackList } from './callbacks.js';
import { rowsOf } from './data-adapter.js';
import type { Network } from './network.js';
import type { RunSettings } from './options.js';
import { Pacer } from './pause.js';
import type { Programs } from './programs.js';
import { Progress, progressMode } from './progress.js';
import { predictStep } from './steps.js';

interface Predictor {
  readonly network: Network;
  readonly programs: Programs;
}

/** A program that stays bound, so that the next prediction only writes its rows. */
function boundFor({ network, programs }: Predictor, batch: Tensor): BoundProgram {
  const key = `predict ${batch.dtype}[${batch.shape}]`;
  return programs.bound(key, () => programs.step(key, () => predictStep(network)).bind({ x: batch }));
}

export async function predict(predictor: Predictor, x: Tensor, settings: RunSettings): Promise<Tensor> {
  const { batchSize } = settings;
  const samples = x.shape[0]!;
  const count = Math.ceil(samples / batchSize);
  const pacer = new Pacer(settings.signal);
  const mode = progressMode(settings.verbose, 0);
  const params = { epochs: 1, steps: count, verbose: mode };
  const callbacks = new CallbackList(settings.callbacks, predictor.network, params);
  const progress = new Progress(mode, count, null);
  const outputs = new Outputs(samples);
  progress.begin(0);
  await callbacks.tell('onPredictBegin', {});
  for (let batch = 0; batch < count; batch++) {
    pacer.ready();
    await callbacks.tell('onPredictBatchBegin', batch, {});
    const rows = rowsOf(x, batch * batchSize, Math.min(samples, (batch + 1) * batchSize));
    const bound = boundFor(predictor, rows);
    bound.write('x', rows.values());
    bound.run();
    outputs.add(bound.outputs().y!);
    await callbacks.tell('onPredictBatchEnd', batch, {});
    if (!pacer.isDue) continue;
    progress.step(batch + 1, () => ({}));
    await pacer.pause();
  }
  progress.end({});
  await callbacks.tell('onPredictEnd', {});
  return outputs.whole();
}

/** Outputs of batches, one after another in one array. */
class Outputs {
  #values: TypedArray | undefined;
  #filled = 0;
  #shape: Shape = [];
  #dtype: DType = 'float32';

  constructor(readonly samples: number) {}

  add(batch: Tensor): void {
    this.#shape = batch.shape.slice(1);
    this.#dtype = batch.dtype;
    this.#values ??= new elementTypes[batch.dtype].array(this.samples * sizeOf(this.#shape));
    this.#values.set(batch.values(), this.#filled);
    this.#filled += batch.size;
  }

  whole(): Tensor {
    const source = { kind: 'data', values: this.#values! } as const;
    return new Tensor([this.samples, ...this.#shape], this.#dtype, source);
  }
}
