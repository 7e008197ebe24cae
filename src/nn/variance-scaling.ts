/** Random first values whose variance is a scale over the number of inputs, of outputs, or the mean of both. */

import { float, int, listOf, maybe, oneOf } from '../core/fields.js';
import type { Shape } from '../core/shape.js';
import { random } from '../tensor/random.js';
import type { Tensor } from '../tensor/tensor.js';
import { fans } from './fans.js';
import { initializer } from './initializer.js';

const scaled = () => ({
  /** Same seed, same numbers; without one, the next numbers of the global seed. */
  seed: maybe(int()),
  /** Axes whose sizes count as inputs; those of a kernel `[..., inputs, outputs]` unless both are given. */
  inputAxes: maybe(listOf(int())),
  /** Axes whose sizes count as outputs. */
  outputAxes: maybe(listOf(int())),
});

const modes = ['fan_in', 'fan_out', 'fan_avg'] as const;
const distributions = ['truncated_normal', 'untruncated_normal', 'uniform', 'normal'] as const;
/** Which mean of inputs and outputs divides the scale, and which numbers have that variance. */
interface Scaling {
  readonly scale: number;
  readonly mode: (typeof modes)[number];
  readonly distribution: (typeof distributions)[number];
}
interface Options extends Scaling {
  readonly seed: number | null;
  readonly inputAxes: readonly number[] | null;
  readonly outputAxes: readonly number[] | null;
}

// Deviation of a standard normal cut at two deviations, which is made up for.
const cutDeviation = 0.87962566103423978;

function scaledValues(
  shape: Shape,
  { scale, mode, distribution, seed, inputAxes, outputAxes }: Options,
): Tensor {
  const { inputs, outputs } = fans(shape, inputAxes, outputAxes);
  const fan = { fan_in: inputs, fan_out: outputs, fan_avg: (inputs + outputs) / 2 }[mode];
  const stddev = Math.sqrt(scale / Math.max(1, fan));
  if (distribution === 'untruncated_normal') return random.normal(shape, { stddev, seed });
  if (distribution !== 'uniform')
    return random.truncatedNormal(shape, { stddev: stddev / cutDeviation, seed });
  const limit = Math.sqrt(3) * stddev;
  return random.uniform(shape, { low: -limit, high: limit, seed });
}

/**
 * Numbers of variance `scale / inputs`, or over the outputs or the mean of both.
 *
 * @example
 * new VarianceScaling({ scale: 3, mode: 'fan_out', seed: 1 }).call([100, 300]).variance().item(); // 0.01
 */
export class VarianceScaling extends /* @__PURE__ */ initializer(
  'VarianceScaling',
  () => ({
    /** What the variance is before it is divided. */
    scale: float(1, { above: 0 }),
    /** What divides it: the number of inputs, that of outputs, or the mean of both. */
    mode: oneOf(modes, 'fan_in'),
    /** `'truncated_normal'`, which `'normal'` means too, is cut at two deviations. */
    distribution: {
      ...oneOf(distributions, 'truncated_normal'),
      parse: (word: Scaling['distribution']) =>
        word === 'normal' ? 'truncated_normal' : distributions.find((known) => known === word),
    },
    ...scaled(),
  }),
  scaledValues,
) {}

/** Declares one of the family with fixed scaling. */
const scaling = (
  className: string,
  scale: number,
  mode: Scaling['mode'],
  distribution: Scaling['distribution'],
) =>
  initializer(className, scaled, (shape, config) =>
    scaledValues(shape, { ...config, scale, mode, distribution }),
  );

/**
 * Uniform within `±√(6 / (inputs + outputs))`. Glorot and Bengio 2010.
 *
 * @example
 * new GlorotUniform({ seed: 1 }).call([784, 128]).shape; // [784, 128]
 */
export class GlorotUniform extends /* @__PURE__ */ scaling('GlorotUniform', 1, 'fan_avg', 'uniform') {}

/**
 * Normal of variance `2 / (inputs + outputs)`, cut at two standard deviations. Glorot and Bengio 2010.
 *
 * @example
 * new GlorotNormal({ seed: 1 }).call([100, 100]).variance().item(); // 0.01
 */
export class GlorotNormal extends /* @__PURE__ */ scaling('GlorotNormal', 1, 'fan_avg', 'normal') {}

/**
 * Uniform within `±√(6 / inputs)`. He et al. 2015.
 *
 * @example
 * new HeUniform({ seed: 1 }).call([6, 100]).abs().max().item() < 1; // true
 */
export class HeUniform extends /* @__PURE__ */ scaling('HeUniform', 2, 'fan_in', 'uniform') {}

/**
 * Normal of variance `2 / inputs`, cut at two standard deviations. He et al. 2015.
 *
 * @example
 * new HeNormal({ seed: 1 }).call([200, 100]).variance().item(); // 0.01
 */
export class HeNormal extends /* @__PURE__ */ scaling('HeNormal', 2, 'fan_in', 'normal') {}

/**
 * Uniform within `±√(3 / inputs)`. LeCun et al. 1998.
 *
 * @example
 * new LecunUniform({ seed: 1 }).call([3, 100]).abs().max().item() < 1; // true
 */
export class LecunUniform extends /* @__PURE__ */ scaling('LecunUniform', 1, 'fan_in', 'uniform') {}

/**
 * Normal of variance `1 / inputs`, cut at two standard deviations. Klambauer et al. 2017.
 *
 * @example
 * new LecunNormal({ seed: 1 }).call([100, 100]).variance().item(); // 0.01
 */
export class LecunNormal extends /* @__PURE__ */ scaling('LecunNormal', 1, 'fan_in', 'normal') {}
