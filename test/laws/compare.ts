/** Comparisons of tensors that say which elements differ, and by how much. */
import { expect } from 'vitest';
import type { Tensor } from '../../src/tensor/tensor.js';

export interface Tolerance {
  readonly absolute: number;
  readonly relative: number;
}

/** For two ways of computing the same in float64. */
export const tight: Tolerance = { absolute: 1e-9, relative: 1e-9 };
/** For one operation in float32 against float64. */
export const single: Tolerance = { absolute: 1e-5, relative: 1e-5 };

export const isClose = (a: number, b: number, { absolute, relative }: Tolerance): boolean =>
  Object.is(a, b) ||
  a === b ||
  (Number.isNaN(a) && Number.isNaN(b)) ||
  Math.abs(a - b) <= absolute + relative * Math.abs(b);

export function expectClose(
  received: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: Tolerance,
  what: string,
): void {
  expect(received.length, what).toBe(expected.length);
  const far = Array.from(expected).flatMap((b, i) =>
    isClose(received[i]!, b, tolerance) ? [] : [`${what} [${i}]: received ${received[i]}, expected ${b}`],
  );
  expect(far, far.slice(0, 4).join('\n')).toEqual([]);
}

export function expectTensorClose(
  received: Tensor,
  expected: Tensor,
  tolerance: Tolerance,
  what: string,
): void {
  expect([received.dtype, ...received.shape], what).toEqual([expected.dtype, ...expected.shape]);
  expectClose(received.data(), expected.data(), tolerance, what);
}
