/** Outputs of batches, one after another. */

import { type DType, elementTypes } from '../core/dtype.js';
import { type Shape, sizeOf } from '../core/shape.js';
import { Tensor } from '../tensor/tensor.js';

/** One tensor of all of them; nothing for none. */
export function joined(all: readonly Tensor[]): Tensor | undefined {
  const [first] = all;
  if (!first || all.length === 1) return first;
  const samples = all.reduce((total, { shape }) => total + shape[0]!, 0);
  const [shape, dtype]: [Shape, DType] = [[samples, ...first.shape.slice(1)], first.dtype];
  const values = new elementTypes[dtype].array(sizeOf(shape));
  let filled = 0;
  for (const batch of all) {
    values.set(batch.values(), filled);
    filled += batch.size;
  }
  return new Tensor(shape, dtype, { kind: 'data', values });
}
