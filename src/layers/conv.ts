/** Convolutions whose kernels see all channels, or all of a group. */

import { type DeclaredClass, declared } from '../core/configurable.js';
import { type Config, merge } from '../core/declaration.js';
import { problem } from '../core/errors.js';
import { arg, int } from '../core/fields.js';
import { conv, type DepthwiseOptions } from '../tensor/convolution.js';
import type { Padding } from '../tensor/sliding.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Variable } from '../tensor/variable.js';
import { ConvolutionLayer, convolutionFields, paddings } from './convolution-layer.js';
import { type SpatialRank, sizes } from './data-format.js';
import { kernelFields } from './kernel-layer.js';

const fields =
  <R extends SpatialRank>(rank: R) =>
  (filters = arg(int({ min: 1 })), kernelSize = arg(sizes(rank))) => ({
    /** Number of output channels. */
    filters,
    /** Size of the kernel: one number for all axes, or one for each. */
    kernelSize,
    /** Number of parts that the channels are cut into, each with filters of its own. */
    groups: int(1, { min: 1 }),
  });
const sharedFields =
  <R extends SpatialRank, P extends Padding>(rank: R, words: readonly P[]) =>
  () =>
    merge(convolutionFields(rank, words)(), kernelFields());
type Own<R extends SpatialRank> = ReturnType<typeof fields<R>>;
type Shared<R extends SpatialRank, P extends Padding> = ReturnType<typeof sharedFields<R, P>>;

export abstract class Convolution extends ConvolutionLayer {
  declare readonly config: Config<Own<SpatialRank>> & Config<Shared<SpatialRank, Padding>>;
  declare kernel: Variable;

  // biome-ignore lint/suspicious/noExplicitAny: the declaration says what they are
  constructor(...args: readonly any[]) {
    super(...args);
    const { filters, groups } = this.config;
    if (filters % groups !== 0) throw this.#undivided('option-value', `${filters} filters`);
  }

  protected override addKernels(channels: number): number {
    const { filters, kernelSize, groups } = this.config;
    if (channels % groups !== 0) throw this.#undivided('shape-mismatch', `${channels} channels`);
    this.kernel = this.addOwnWeight('kernel', [...kernelSize, channels / groups, filters]);
    return filters;
  }

  protected override convolve(x: Tensor, options: DepthwiseOptions): Tensor {
    return conv(x, this.kernel, { ...options, groups: this.config.groups });
  }

  #undivided(code: 'option-value' | 'shape-mismatch', received: string) {
    return problem(code, {
      subject: this.subject,
      expected: `filters and input channels that can be divided by groups ${this.config.groups}`,
      received,
    });
  }
}

export interface ConvolutionClass<R extends SpatialRank, P extends Padding>
  extends DeclaredClass<Own<R>, Shared<R, P>, Convolution> {}

const convolution = <R extends SpatialRank, P extends Padding>(
  className: string,
  rank: R,
  words: readonly P[],
): ConvolutionClass<R, P> =>
  declared(Convolution, className, fields(rank), sharedFields(rank, words), {
    spatialRank: rank,
  });
const steps = (className: string) => convolution(className, 1, [...paddings, 'causal']);

/**
 * Convolution over steps: `activation(x ⋆ kernel + bias)`.
 *
 * Inputs    `[batch, steps, channels]`, float32
 * Outputs   `[batch, steps', filters]`: with `r = (kernelSize - 1) · dilationRate + 1`,
 *           `⌊(steps - r) / strides⌋ + 1` when padding is `'valid'`, else `⌈steps / strides⌉`
 * Weights   `kernel [kernelSize, channels / groups, filters]`, `bias [filters]`
 * Throws    ShapeError for another number of channels, and for fewer steps than the kernel needs; ConfigError for filters
 *           that the groups do not divide
 *
 * @example
 * new Conv1D(4, 3, { padding: 'causal' }).apply(ones([2, 7, 3])).shape; // [2, 7, 4]
 */
export class Conv1D extends /* @__PURE__ */ steps('Conv1D') {}

/**
 * Convolution over height and width: `activation(x ⋆ kernel + bias)`.
 *
 * Inputs    `[batch, height, width, channels]`, float32
 * Outputs   `[batch, height', width', filters]`, sizes as those of `Conv1D`
 * Weights   `kernel [kernel height, kernel width, channels / groups, filters]`, `bias [filters]`
 * Throws    ShapeError for another number of channels, and for images smaller than the kernel; ConfigError for filters
 *           that the groups do not divide
 *
 * @example
 * const layer = new Conv2D(32, 3, { activation: 'relu', padding: 'same', strides: 2 });
 * layer.apply(ones([1, 28, 28, 1])).shape; // [1, 14, 14, 32]
 */
export class Conv2D extends /* @__PURE__ */ convolution('Conv2D', 2, paddings) {}

/**
 * Convolution over depth, height and width: `activation(x ⋆ kernel + bias)`.
 *
 * Inputs    `[batch, depth, height, width, channels]`, float32
 * Outputs   `[batch, depth', height', width', filters]`, sizes as those of `Conv1D`
 * Weights   `kernel [kernel depth, kernel height, kernel width, channels / groups, filters]`, `bias [filters]`
 * Throws    ShapeError for another number of channels, and for volumes smaller than the kernel; ConfigError for filters
 *           that the groups do not divide
 *
 * @example
 * new Conv3D(2, [1, 3, 3]).apply(ones([1, 4, 8, 8, 1])).shape; // [1, 4, 6, 6, 2]
 */
export class Conv3D extends /* @__PURE__ */ convolution('Conv3D', 3, paddings) {}
