/** Tensors written as in Keras's golden data, and the comparison that its README suggests. */
import { expect } from 'vitest';
import type { DType } from '../../src/core/dtype.js';
import { tensor } from '../../src/tensor/create.js';
import type { Tensor } from '../../src/tensor/tensor.js';

/** A tensor as the golden files have it. */
export interface GoldenTensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
  readonly dtype?: DType;
}

export const given = ({ shape, data, dtype = 'float32' }: GoldenTensor): Tensor =>
  tensor(data, { shape, dtype });

/** Compares as the goldens' README says: `|a - b| <= limit + limit · |b|`. */
export function expectClose(actual: Tensor, expected: GoldenTensor, limit = 1e-5): void {
  expect(actual.shape).toEqual(expected.shape);
  expectNumbersClose(actual.data(), expected.data, limit);
}

export function expectNumbersClose(
  actual: ArrayLike<number>,
  expected: readonly number[],
  limit: number,
): void {
  const far = expected.flatMap((b, i) => {
    const a = actual[i]!;
    return Math.abs(a - b) <= limit + limit * Math.abs(b) ? [] : [{ i, received: a, expected: b }];
  });
  expect(far).toEqual([]);
  expect(actual.length).toBe(expected.length);
}
