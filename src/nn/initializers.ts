/** First values of weights. */

import { noOptions } from '../core/declaration.js';
import { float, int, maybe } from '../core/fields.js';
import type { Shape } from '../core/shape.js';
import { ones, zeros } from '../tensor/create.js';
import { random } from '../tensor/random.js';
import type { Tensor } from '../tensor/tensor.js';
import { fans } from './fans.js';
import { initializer } from './initializer.js';

/** Options of every initializer that draws numbers. */
const seeded = () => ({
  /** Same seed, same numbers; without one, the next numbers of the global seed. */
  seed: maybe(int()),
});

interface Seeded {
  readonly seed: number | null;
}

function uniform(shape: Shape, limit: number, { seed }: Seeded): Tensor {
  return random.uniform(shape, { low: -limit, high: limit, seed });
}

// Deviation of a standard normal cut at two deviations, which the variance-scaling family makes up for.
const cutDeviation = 0.87962566103423978;

function scaledNormal(shape: Shape, variance: number, { seed }: Seeded): Tensor {
  return random.truncatedNormal(shape, { stddev: Math.sqrt(variance) / cutDeviation, seed });
}

/** Keras's `VarianceScaling` counts no fewer than one input. */
const meanFan = (shape: Shape) => Math.max(1, (fans(shape).inputs + fans(shape).outputs) / 2);
const inputFan = (shape: Shape) => Math.max(1, fans(shape).inputs);

/**
 * Uniform within `±√(6 / (inputs + outputs))`. Glorot and Bengio 2010.
 *
 * @example
 * new GlorotUniform({ seed: 1 }).call([784, 128]).shape; // [784, 128]
 */
export class GlorotUniform extends /* @__PURE__ */ initializer('GlorotUniform', seeded, (shape, config) =>
  uniform(shape, Math.sqrt(3 / meanFan(shape)), config),
) {}

/** Normal of variance `2 / (inputs + outputs)`, cut at two standard deviations. Glorot and Bengio 2010. */
export class GlorotNormal extends /* @__PURE__ */ initializer('GlorotNormal', seeded, (shape, config) =>
  scaledNormal(shape, 1 / meanFan(shape), config),
) {}

/** Uniform within `±√(6 / inputs)`. He et al. 2015. */
export class HeUniform extends /* @__PURE__ */ initializer('HeUniform', seeded, (shape, config) =>
  uniform(shape, Math.sqrt(6 / inputFan(shape)), config),
) {}

/** Normal of variance `2 / inputs`, cut at two standard deviations. He et al. 2015. */
export class HeNormal extends /* @__PURE__ */ initializer('HeNormal', seeded, (shape, config) =>
  scaledNormal(shape, 2 / inputFan(shape), config),
) {}

/** Normal, of any size. */
export class RandomNormal extends /* @__PURE__ */ initializer(
  'RandomNormal',
  () => ({
    /** Mean of the values. */
    mean: float(0),
    /** Standard deviation of the values. */
    stddev: float(0.05, { min: 0 }),
    /** Same seed, same numbers; without one, the next numbers of the global seed. */
    seed: maybe(int()),
  }),
  (shape, { mean, stddev, seed }) => random.normal(shape, { mean, stddev, seed }),
) {}

/** Normal, cut at two standard deviations. */
export class TruncatedNormal extends /* @__PURE__ */ initializer(
  'TruncatedNormal',
  () => ({
    /** Mean of the values. */
    mean: float(0),
    /** Standard deviation before cutting. */
    stddev: float(0.05, { min: 0 }),
    /** Same seed, same numbers; without one, the next numbers of the global seed. */
    seed: maybe(int()),
  }),
  (shape, { mean, stddev, seed }) => random.truncatedNormal(shape, { mean, stddev, seed }),
) {}

/** Uniform from `minval` to `maxval`. */
export class RandomUniform extends /* @__PURE__ */ initializer(
  'RandomUniform',
  () => ({
    /** Smallest value. */
    minval: float(-0.05),
    /** Values stay below it. */
    maxval: float(0.05),
    /** Same seed, same numbers; without one, the next numbers of the global seed. */
    seed: maybe(int()),
  }),
  (shape, { minval, maxval, seed }) => random.uniform(shape, { low: minval, high: maxval, seed }),
) {}

/** All zeros. */
export class Zeros extends /* @__PURE__ */ initializer('Zeros', noOptions, (shape) => zeros(shape)) {}

/** All ones. */
export class Ones extends /* @__PURE__ */ initializer('Ones', noOptions, (shape) => ones(shape)) {}

/** Every initializer by its Keras names. */
export const initializers = {
  glorot_uniform: GlorotUniform,
  glorot_normal: GlorotNormal,
  he_uniform: HeUniform,
  he_normal: HeNormal,
  random_normal: RandomNormal,
  normal: RandomNormal,
  truncated_normal: TruncatedNormal,
  random_uniform: RandomUniform,
  uniform: RandomUniform,
  zeros: Zeros,
  zero: Zeros,
  ones: Ones,
  one: Ones,
  GlorotUniform,
  GlorotNormal,
  HeUniform,
  HeNormal,
  RandomNormal,
  TruncatedNormal,
  RandomUniform,
  Zeros,
  Ones,
};
export type InitializerName = keyof typeof initializers;
