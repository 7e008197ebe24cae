/** Orders: sorting, and the largest few. */
import { check, frontAxis, inverse, lastInOrder } from '../ops/fields.js';
import * as ops from '../ops/index.js';
import type { Tensor } from './tensor.js';

interface Order {
  /** The axis to sort along; the last one unless given. */
  readonly axis?: number;
  /** Whether the largest comes first. NaN is last either way. */
  readonly descending?: boolean;
}

/**
 * The places, along an axis, of the elements in sorted order, as int32. Equal elements keep their order, NaN comes last.
 *
 * @example
 * argsort(tensor([3, 1, 2])).toArray(); // [1, 2, 0]
 */
export function argsort(x: Tensor, { axis = -1, descending = false }: Order = {}): Tensor {
  const order = lastInOrder(x.rank, [frontAxis(axis, x.shape, 'argsort')]);
  const rows = x.transpose(order);
  const merged = ops.mergeSort(rows, { descending });
  const none = rows.shape.slice(0, -1).map(() => 0);
  const places = merged.slice([...none, 1, 1, 0], [...rows.shape.slice(0, -1), 1, 1, rows.shape.at(-1)!]);
  return places.reshape(rows.shape).transpose(inverse(order));
}

/**
 * The elements in sorted order along an axis; NaN comes last. A gradient goes back to where its element was.
 *
 * @example
 * sort(tensor([3, 1, 2]), { descending: true }).toArray(); // [3, 2, 1]
 */
export const sort = (x: Tensor, { axis = -1, descending = false }: Order = {}): Tensor =>
  x.takeAlongAxis(argsort(x, { axis, descending }), axis);

/**
 * The `k` largest elements along the last axis, largest first, and their places.
 *
 * @example
 * topK(tensor([3, 1, 2]), 2).values.toArray(); // [3, 2]
 */
export function topK(x: Tensor, k: number): { readonly values: Tensor; readonly indices: Tensor } {
  const size = x.shape.at(-1) ?? 0;
  check(Number.isInteger(k) && k >= 0 && k <= size, 'topK', `an integer from 0 to ${size}`, k);
  const order = argsort(x, { descending: true });
  const indices = order.slice(
    x.shape.map(() => 0),
    x.shape.with(-1, k),
  );
  return { values: x.takeAlongAxis(indices), indices };
}
