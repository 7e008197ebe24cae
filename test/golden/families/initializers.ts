import type { JsonObject } from '../../../src/core/fields.js';
import { Initializer } from '../../../src/nn/initializer.js';
import type { Tensor } from '../../../src/tensor/tensor.js';
import {
  Difference,
  forward,
  type GoldenTensor,
  sameNumber,
  sameTensor,
  sameText,
  type Tolerance,
} from '../compare.js';
import { made } from '../library.js';

interface Expected {
  readonly distribution: string;
  readonly mean: number;
  readonly std: number;
  readonly low?: number;
  readonly high?: number;
}
export interface InitializerCase {
  readonly id: string;
  readonly initializer: string;
  readonly config: JsonObject;
  readonly shape: readonly number[];
  readonly expected?: Expected;
  readonly exact?: GoldenTensor | readonly number[];
  readonly property?: string;
}

export function checkInitializer(c: InitializerCase): void {
  const values = made(Initializer, c.initializer, c.config).call(c.shape);
  sameText('shape', values.shape, c.shape);
  if (c.exact) checkExact(values, c.exact, c.initializer === 'STFT' ? waves : written);
  else if (c.expected) checkMoments(values, c.expected);
  else checkOrthogonal(values, c.config);
}

const written: Tolerance = { absolute: 0, relative: 1e-6 };
/** Where a wave crosses 0, what is left is rounding. */
const waves: Tolerance = { absolute: 1e-6, relative: 1e-6 };

function checkExact(
  values: Tensor,
  exact: NonNullable<InitializerCase['exact']>,
  tolerance: Tolerance,
): void {
  const expected = 'shape' in exact ? exact : { shape: values.shape, data: exact as readonly number[] };
  sameTensor('values', values, expected, tolerance);
}

/** Random streams differ from Keras's: bounds hold strictly, moments within five standard errors. */
function checkMoments(values: Tensor, { distribution, mean, std, low, high }: Expected): void {
  const numbers = Array.from(values.data());
  const n = numbers.length;
  const average = numbers.reduce((a, b) => a + b, 0) / n;
  const deviation = Math.sqrt(numbers.reduce((a, b) => a + (b - average) ** 2, 0) / n);
  sameNumber('mean', average, mean, { absolute: (5 * std) / Math.sqrt(n), relative: 0 });
  // The fourth moment of a uniform number is 1.8 times its squared variance, that of a normal one 3 times.
  const spread = Math.sqrt((distribution === 'uniform' ? 0.8 : 2) / (4 * n));
  sameNumber('deviation', deviation, std, { absolute: 5 * std * spread, relative: 0 });
  const rounding = 1e-6 * std;
  const outside = numbers.find((x) => x < (low ?? -Infinity) - rounding || x > (high ?? Infinity) + rounding);
  if (outside !== undefined) throw new Difference(`received ${outside}, outside [${low}, ${high}]`);
}

/** The shorter side's rows or columns have length `gain` and right angles. */
function checkOrthogonal(given: Tensor, { gain = 1 }: JsonObject): void {
  const values = given.reshape([-1, given.shape.at(-1)!]);
  const [rows, columns] = values.shape as [number, number];
  const gram = rows < columns ? values.matmul(values.transpose()) : values.transpose().matmul(values);
  const n = Math.min(rows, columns);
  const expected = Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? Number(gain) ** 2 : 0));
  sameTensor('product with itself', gram, { shape: [n, n], data: expected }, forward);
}
