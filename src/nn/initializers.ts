/** First values of weights. */

import { noOptions } from '../core/declaration.js';
import { problem } from '../core/errors.js';
import { arg, float, int, maybe } from '../core/fields.js';
import { byNames } from '../core/named.js';
import { showShape } from '../core/shape.js';
import { eye, ones, zeros } from '../tensor/create.js';
import { random } from '../tensor/random.js';
import { full } from '../tensor/tensor.js';
import { initializer } from './initializer.js';
import { numbers, tensorOf } from './numbers.js';
import { Orthogonal } from './orthogonal.js';
import {
  GlorotNormal,
  GlorotUniform,
  HeNormal,
  HeUniform,
  LecunNormal,
  LecunUniform,
  VarianceScaling,
} from './variance-scaling.js';

const normal = () => ({
  /** Mean of the values. */
  mean: float(0),
  /** Standard deviation of the values, before any are cut off. */
  stddev: float(0.05, { min: 0 }),
  /** Same seed, same numbers; without one, the next numbers of the global seed. */
  seed: maybe(int()),
});

/**
 * Normal, of any size.
 *
 * @example
 * new RandomNormal({ stddev: 0.1, seed: 1 }).call([100, 100]).variance().item(); // 0.01
 */
export class RandomNormal extends /* @__PURE__ */ initializer('RandomNormal', normal, random.normal) {}

/**
 * Normal, cut at two standard deviations.
 *
 * @example
 * new TruncatedNormal({ stddev: 0.1, seed: 1 }).call([100]).abs().max().item() < 0.2; // true
 */
export class TruncatedNormal extends /* @__PURE__ */ initializer(
  'TruncatedNormal',
  normal,
  random.truncatedNormal,
) {}

/**
 * Uniform from `minval` to `maxval`.
 *
 * @example
 * new RandomUniform({ minval: 0, maxval: 1, seed: 1 }).call([10000]).mean().item(); // 0.5
 */
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

/**
 * All zeros.
 *
 * @example
 * new Zeros().call([2]).toArray(); // [0, 0]
 */
export class Zeros extends /* @__PURE__ */ initializer('Zeros', noOptions, (shape) => zeros(shape)) {}

/**
 * All ones.
 *
 * @example
 * new Ones().call([2]).toArray(); // [1, 1]
 */
export class Ones extends /* @__PURE__ */ initializer('Ones', noOptions, (shape) => ones(shape)) {}

/**
 * One number everywhere, or an array that is repeated to fill the shape, such as word vectors for an Embedding.
 *
 * @example
 * new Constant(0.5).call([2]).toArray(); // [0.5, 0.5]
 */
export class Constant extends /* @__PURE__ */ initializer(
  'Constant',
  (value = arg({ ...numbers(), fallback: 0 })) => ({
    /** The number, or the array. */
    value,
  }),
  (shape, { value }) =>
    typeof value === 'number' ? full(shape, value) : tensorOf(value).cast('float32').broadcastTo(shape),
) {}

/**
 * `gain` on the diagonal of a matrix, zeros elsewhere. Keras calls it `Identity`.
 *
 * Throws    ShapeError for other than two axes
 *
 * @example
 * new IdentityInitializer({ gain: 2 }).call([2, 2]).toArray(); // [[2, 0], [0, 2]]
 */
export class IdentityInitializer extends /* @__PURE__ */ initializer(
  'Identity',
  () => ({
    /** What stands on the diagonal. */
    gain: float(1),
  }),
  (shape, { gain }) => {
    if (shape.length === 2) return eye(shape[0]!, shape[1]!).mul(gain);
    const [expected, received] = ['a shape of two axes', showShape(shape)];
    throw problem('shape-mismatch', { subject: 'Identity', expected, received });
  },
) {}

/** The initializers that strings reach, by Keras's names; `imported.ts` has the names of the others. */
// biome-ignore format: several a line
export const initializers = /* @__PURE__ */ byNames(
  {
    GlorotUniform, GlorotNormal, HeUniform, HeNormal, LecunUniform, LecunNormal, VarianceScaling, RandomNormal,
    TruncatedNormal, RandomUniform, Zeros, Ones, Constant, Identity: IdentityInitializer, Orthogonal,
  },
  {
    normal: RandomNormal, uniform: RandomUniform, zero: Zeros, one: Ones,
    IdentityInitializer, OrthogonalInitializer: Orthogonal,
  },
);
export type InitializerName = keyof typeof initializers;
