/** Keras's numbers beside ours: the first difference is thrown as text. */
import type { DType, TypedArray } from '../../src/core/dtype.js';
import { tensor } from '../../src/tensor/create.js';
import type { Tensor } from '../../src/tensor/tensor.js';

/** A number, or one that JSON has no word for. */
type Written = number | boolean | 'NaN' | 'Infinity' | '-Infinity';
/** A tensor as the golden files have it; large ones as sums. */
export interface GoldenTensor {
  readonly shape: readonly number[];
  readonly data?: readonly Written[];
  readonly dtype?: DType;
  readonly checksum?: { readonly sum: number; readonly l2: number; readonly first: readonly number[] };
}

/** Ours is not what Keras has. */
export class Difference extends Error {}

/** `|a - b| <= absolute + relative · |b|`, as the goldens' README says. */
export interface Tolerance {
  readonly absolute: number;
  readonly relative: number;
}
export const forward: Tolerance = { absolute: 1e-5, relative: 1e-5 };
export const gradient: Tolerance = { absolute: 2e-5, relative: 2e-5 };
export const history: Tolerance = { absolute: 1e-4, relative: 1e-3 };
export const trained: Tolerance = { absolute: 1e-3, relative: 0 };

export const numbersOf = ({ data = [] }: GoldenTensor): number[] => data.map(Number);
export const given = (x: GoldenTensor): Tensor =>
  tensor(numbersOf(x), { shape: x.shape, dtype: x.dtype ?? 'float32' });

const isNear = (a: number, b: number, { absolute, relative }: Tolerance): boolean =>
  Object.is(a, b) || a === b || Math.abs(a - b) <= absolute + relative * Math.abs(b);

export function sameText(what: string, received: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(received), JSON.stringify(expected)];
  if (a !== b) throw new Difference(`${what}: received ${a}, Keras has ${b}`);
}

export function sameNumber(what: string, received: number, expected: number, tolerance: Tolerance): void {
  if (!isNear(received, expected, tolerance)) {
    throw new Difference(`${what}: received ${received}, Keras has ${expected}`);
  }
}

export function sameNumbers(
  what: string,
  received: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: Tolerance,
): void {
  if (received.length !== expected.length) {
    throw new Difference(`${what}: received ${received.length} numbers, Keras has ${expected.length}`);
  }
  for (let i = 0; i < expected.length; i++)
    sameNumber(`${what} [${i}]`, received[i]!, expected[i]!, tolerance);
}

/** Shape and values. Where only sums are known, those and the first values. */
export function sameTensor(
  what: string,
  received: Tensor,
  expected: GoldenTensor,
  tolerance: Tolerance,
): void {
  sameText(`shape of ${what}`, received.shape, expected.shape);
  const values = received.data();
  if (expected.checksum) sameSums(what, values, expected.checksum, tolerance);
  else sameNumbers(what, values, numbersOf(expected), tolerance);
}

function sameSums(
  what: string,
  values: TypedArray,
  { sum, l2, first }: NonNullable<GoldenTensor['checksum']>,
  tolerance: Tolerance,
): void {
  sameNumbers(what, values.slice(0, first.length), first, tolerance);
  const numbers = Array.from(values);
  // Errors of single values add up like a random walk.
  const ofSum = { absolute: tolerance.absolute * Math.sqrt(numbers.length), relative: tolerance.relative };
  sameNumber(
    `sum of ${what}`,
    numbers.reduce((a, b) => a + b, 0),
    sum,
    ofSum,
  );
  sameNumber(`norm of ${what}`, Math.sqrt(numbers.reduce((a, b) => a + b * b, 0)), l2, ofSum);
}
