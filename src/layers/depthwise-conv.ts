/** Convolutions of each channel by itself. */

import { type DeclaredClass, declared } from '../core/configurable.js';
import { type Config, merge } from '../core/declaration.js';
import { arg, int } from '../core/fields.js';
import { constraint, initializer, regularizer } from '../nn/fields.js';
import { type DepthwiseOptions, depthwiseConv } from '../tensor/convolution.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Variable } from '../tensor/variable.js';
import { ConvolutionLayer, convolutionFields, paddings } from './convolution-layer.js';
import { type SpatialRank, sizes } from './data-format.js';

const shared = () => ({
  /** Number of kernels for each input channel, and so of output channels made of it. */
  depthMultiplier: int(1, { min: 1 }),
  /** First values of the kernels that see one channel. */
  depthwiseInitializer: initializer('glorot_uniform'),
  /** Penalty on the kernels that see one channel, added to the loss. */
  depthwiseRegularizer: regularizer(),
  /** What the optimizer does to new values of the kernels that see one channel. */
  depthwiseConstraint: constraint(),
});

/** Options of every convolution of each channel by itself. */
export interface DepthwiseFields extends ReturnType<typeof shared> {}
const ownFields: () => DepthwiseFields = shared;
export const depthwiseFields =
  <R extends SpatialRank>(rank: R) =>
  () =>
    merge(convolutionFields(rank, paddings)(), ownFields());
type Shared<R extends SpatialRank> = ReturnType<typeof depthwiseFields<R>>;

const fields =
  <R extends SpatialRank>(rank: R) =>
  (kernelSize = arg(sizes(rank))) => ({
    /** Size of the kernels: one number for all axes, or one for each. */
    kernelSize,
  });

export abstract class DepthwiseConvolution extends ConvolutionLayer {
  declare readonly config: Config<ReturnType<typeof fields<SpatialRank>>> & Config<Shared<SpatialRank>>;
  declare kernel: Variable;

  protected override addKernels(channels: number): number {
    const { kernelSize, depthMultiplier } = this.config;
    this.kernel = this.addOwnWeight('kernel', [...kernelSize, channels, depthMultiplier], 'depthwise');
    return channels * depthMultiplier;
  }

  protected override convolve(x: Tensor, options: DepthwiseOptions): Tensor {
    return depthwiseConv(x, this.kernel, options);
  }
}

export interface DepthwiseClass<R extends SpatialRank>
  extends DeclaredClass<ReturnType<typeof fields<R>>, Shared<R>, DepthwiseConvolution> {}

const depthwise = <R extends SpatialRank>(className: string, rank: R): DepthwiseClass<R> =>
  declared(DepthwiseConvolution, className, fields(rank), depthwiseFields(rank), {
    spatialRank: rank,
  });

/**
 * Convolution of each channel by itself over steps: `activation(x ⋆ kernel + bias)`.
 *
 * Inputs    `[batch, steps, channels]`, float32
 * Outputs   `[batch, steps', channels · depthMultiplier]`, all that are made of the first channel first; sizes as those
 *           of `Conv1D`
 * Weights   `kernel [kernelSize, channels, depthMultiplier]`, `bias [channels · depthMultiplier]`
 * Throws    ShapeError for another number of channels, and for fewer steps than the kernel needs
 *
 * @example
 * new DepthwiseConv1D(3, { depthMultiplier: 2 }).apply(ones([2, 7, 3])).shape; // [2, 5, 6]
 */
export class DepthwiseConv1D extends /* @__PURE__ */ depthwise('DepthwiseConv1D', 1) {}

/**
 * Convolution of each channel by itself over height and width: `activation(x ⋆ kernel + bias)`.
 *
 * Inputs    `[batch, height, width, channels]`, float32
 * Outputs   `[batch, height', width', channels · depthMultiplier]`, all that are made of the first channel first; sizes
 *           as those of `Conv1D`
 * Weights   `kernel [kernel height, kernel width, channels, depthMultiplier]`, `bias [channels · depthMultiplier]`
 * Throws    ShapeError for another number of channels, and for images smaller than the kernel
 *
 * @example
 * new DepthwiseConv2D([3, 5]).apply(ones([2, 7, 7, 3])).shape; // [2, 5, 3, 3]
 */
export class DepthwiseConv2D extends /* @__PURE__ */ depthwise('DepthwiseConv2D', 2) {}
