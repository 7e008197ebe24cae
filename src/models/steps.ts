/** The programs of a model: one step of training, one of evaluation, one of prediction. */

import { inContext, problem } from '../core/errors.js';
import { mapValues } from '../core/record.js';
import { showShape } from '../core/shape.js';
import { maskOf } from '../layers/masks.js';
import type { Optimizer } from '../nn/optimizers/optimizer.js';
import { gather as rowsAt } from '../ops/gather.js';
import { type CompiledFunction, compiled } from '../tensor/compiled.js';
import { arange } from '../tensor/create.js';
import { gradients } from '../tensor/gradient.js';
import { inPath } from '../tensor/recording.js';
import { full, type Tensor } from '../tensor/tensor.js';
import { Variable } from '../tensor/variable.js';
import type { Measures } from './compile.js';
import { warnOfNoGradient } from './diagnose.js';
import type { Network } from './network.js';

/** One step on a batch that is given: inputs `x`, targets `y` and perhaps weights `w`. */
export type Step = (batch: Batch) => void;
interface Batch {
  readonly x: Tensor;
  readonly y: Tensor;
  readonly w?: Tensor;
}

/**
 * Forward, loss, gradients, penalties, optimizer, metrics: all of a training step. It changes the weights that are
 * `chosen`, or those that are trainable when it is traced.
 */
export const trainStep =
  (network: Network, measures: Measures, optimizer: Optimizer, chosen?: readonly Variable[]): Step =>
  (batch) => {
    const total = gather(network, measures, batch, true);
    const weights = chosen ?? network.trainableWeights;
    inPath('optimizer', () => {
      const ofWeights = gradients(optimizer.scaleLoss(total), weights);
      warnOfNoGradient(measures.loss.name, ofWeights);
      optimizer.apply(ofWeights, weights);
    });
  };

/** The loss and the metrics of a batch. */
export const testStep =
  (network: Network, measures: Measures): Step =>
  (batch) => {
    gather(network, measures, batch, false);
  };

/** Adds a batch to the sums of loss and metrics. Gives the loss with its penalties. */
function gather(network: Network, measures: Measures, { x, y, w }: Batch, training: boolean): Tensor {
  const yTrue = y.cast('float32');
  const yPred = network.forward(x.cast('float32'), { training });
  const mask = maskOf(yPred);
  const { loss } = measures;
  const frame = `loss of targets ${showShape(yTrue.shape)} and outputs ${showShape(yPred.shape)}`;
  const value = inContext(frame, () => inPath('loss', () => loss.call(yTrue, yPred, w, mask)));
  if (value.rank > 0) throw notOneNumber(loss.name, value);
  const total = network.losses.reduce((sum, penalty) => sum.add(penalty), value);
  inPath('metrics', () => measures.update({ yTrue, yPred, w, mask, total }));
  return total;
}

/** Which batch of the epoch comes next. */
export const batchCounter = (): Variable =>
  new Variable(full([], 0, { dtype: 'int32' }), { name: 'batch', trainable: false });

/**
 * A step on the next batch of a whole data set: its rows in the given `order`, of which the last batch may have fewer.
 * Advances the counter.
 */
export function inOrder(
  step: Step,
  batch: Variable,
  batchSize: number,
  rowCount: number = batchSize,
): CompiledFunction {
  return compiled(({ order, ...examples }) => {
    // The operation itself: `Tensor.gather` would look for negative indices in every read.
    const rows = rowsAt(order!, batch.mul(batchSize).add(arange(rowCount)));
    step(mapValues(examples, (x) => rowsAt(x, rows)) as unknown as Batch);
    batch.assign(batch.add(1));
    return {};
  });
}

/** A step on a batch that was written in its place. */
export const onBatch = (step: Step): CompiledFunction =>
  compiled((batch) => {
    step(batch as unknown as Batch);
    return {};
  });

/** Predictions `y` for a batch `x`. */
export const predictStep = (network: Network): CompiledFunction =>
  compiled(({ x }) => ({ y: network.forward(x!.cast('float32'), { training: false }) }));

const notOneNumber = (name: string, { shape }: Tensor) =>
  problem('shape-mismatch', {
    subject: `The loss '${name}'`,
    expected: 'to be one number for a batch',
    received: `shape [${shape.join(', ')}]`,
    fix: "Leave `reduction` at 'sum_over_batch_size'; a formula of one value for each sample is the method `values`, not `call`.",
  });
