/** Some of the rows of data, in the form the data have. */

import { problem } from '../core/errors.js';
import { sizeOf } from '../core/shape.js';
import { show } from '../core/text.js';
import { Tensor } from '../tensor/tensor.js';
import { noData } from './matrix.js';

/** Samples or their answers: a tensor, an array of any values, or a typed array. */
export type Rows = Tensor | ArrayLike<unknown>;

/** How many rows there are. */
export function countOf(subject: string, data: Rows): number {
  const count = data instanceof Tensor ? data.shape[0] : (data as ArrayLike<unknown> | null)?.length;
  const isList = typeof data === 'object' && typeof count === 'number';
  if (!isList) {
    const expected = 'a tensor, an array or a typed array';
    throw problem('argument-value', { subject, expected, received: show(data) });
  }
  if (count === 0) throw noData(subject, [0]);
  return count;
}

/** The rows with these numbers. */
export function rowsOf<T extends Rows>(data: T, rows: ArrayLike<number>): T {
  if (!(data instanceof Tensor)) {
    const list = data as ArrayLike<unknown>;
    const taken = Array.from(rows, (row) => list[row]);
    if (Array.isArray(data)) return taken as unknown as T;
    return (data.constructor as unknown as { from(values: readonly unknown[]): T }).from(taken);
  }
  const step = sizeOf(data.shape.slice(1));
  const values = data.values();
  const taken = new (values.constructor as new (size: number) => typeof values)(rows.length * step);
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i]! * step;
    taken.set(values.subarray(from, from + step), i * step);
  }
  const shape = [rows.length, ...data.shape.slice(1)];
  return new Tensor(shape, data.dtype, { kind: 'data', values: taken }) as T & Tensor;
}
