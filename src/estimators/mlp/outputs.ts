/** What a trained network answers, looked at. */

import { problem } from '../../core/errors.js';
import type { Sequential } from '../../models/sequential.js';
import type { Tensor } from '../../tensor/tensor.js';
import { floats, type Matrix } from '../matrix.js';

/** Throws a DataError for answers that are NaN or infinite: nothing follows from them. */
export async function outputsOf(name: string, model: Sequential, samples: Matrix): Promise<Tensor> {
  const outputs = await model.predict(floats(samples.values, [samples.rows, samples.columns]));
  const values = outputs.values();
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return outputs;
  throw problem('not-finite', {
    subject: `${name}.predict`,
    expected: 'answers that are finite',
    received: `${values[bad]} for row ${Math.floor(bad / outputs.shape[1]!)}`,
    fix: 'Train again with a smaller `learningRateInit`, or look for features far beyond those of the training.',
  });
}
