import { problem } from '../core/errors.js';
import { isSameShape, showShape } from '../core/shape.js';
import type { Tensor } from '../tensor/tensor.js';

/** Refuses what has no columns that belong together, for metrics that keep numbers for each. */
export function checkColumns(metric: string, yTrue: Tensor, yPred: Tensor): void {
  if (yPred.rank === 2 && isSameShape(yTrue.shape, yPred.shape)) return;
  throw problem('shape-mismatch', {
    subject: `The metric '${metric}'`,
    expected: 'targets and predictions of one shape [batch, columns]',
    received: `${showShape(yTrue.shape)} and ${showShape(yPred.shape)}`,
    fix: yTrue.rank === 1 ? 'Make the targets a column: `tensor(y).expandDims(-1)`.' : undefined,
  });
}
