/** Convolutions in two steps: each channel by itself, then all channels of one place. */

import { type DeclaredClass, declared } from '../core/configurable.js';
import { type Config, merge } from '../core/declaration.js';
import { arg, int } from '../core/fields.js';
import { constraint, initializer, regularizer } from '../nn/fields.js';
import { conv, type DepthwiseOptions, depthwiseConv } from '../tensor/convolution.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Variable } from '../tensor/variable.js';
import { ConvolutionLayer } from './convolution-layer.js';
import { type SpatialRank, sizes } from './data-format.js';
import { depthwiseFields } from './depthwise-conv.js';

const pointwise = () => ({
  /** First values of the kernel that sees all channels of one place. */
  pointwiseInitializer: initializer('glorot_uniform'),
  /** Penalty on the kernel that sees all channels of one place, added to the loss. */
  pointwiseRegularizer: regularizer(),
  /** What the optimizer does to new values of the kernel that sees all channels of one place. */
  pointwiseConstraint: constraint(),
});

/** Options of the second step of separable convolutions. */
export interface PointwiseFields extends ReturnType<typeof pointwise> {}
const pointwiseFields: () => PointwiseFields = pointwise;
const sharedFields =
  <R extends SpatialRank>(rank: R) =>
  () =>
    merge(depthwiseFields(rank)(), pointwiseFields());
type Shared<R extends SpatialRank> = ReturnType<typeof sharedFields<R>>;

const fields =
  <R extends SpatialRank>(rank: R) =>
  (filters = arg(int({ min: 1 })), kernelSize = arg(sizes(rank))) => ({
    /** Number of output channels. */
    filters,
    /** Size of the kernels that see one channel: one number for all axes, or one for each. */
    kernelSize,
  });

export abstract class SeparableConvolution extends ConvolutionLayer {
  declare readonly config: Config<ReturnType<typeof fields<SpatialRank>>> & Config<Shared<SpatialRank>>;
  declare depthwiseKernel: Variable;
  declare pointwiseKernel: Variable;

  protected override addKernels(channels: number): number {
    const { filters, kernelSize, depthMultiplier } = this.config;
    const ones = kernelSize.map(() => 1);
    const middle = channels * depthMultiplier;
    this.depthwiseKernel = this.addOwnWeight(
      'depthwise_kernel',
      [...kernelSize, channels, depthMultiplier],
      'depthwise',
    );
    this.pointwiseKernel = this.addOwnWeight('pointwise_kernel', [...ones, middle, filters], 'pointwise');
    return filters;
  }

  protected override convolve(x: Tensor, options: DepthwiseOptions): Tensor {
    const channels = depthwiseConv(x, this.depthwiseKernel, options);
    return conv(channels, this.pointwiseKernel, { dataFormat: this.dataFormat });
  }
}

export interface SeparableClass<R extends SpatialRank>
  extends DeclaredClass<ReturnType<typeof fields<R>>, Shared<R>, SeparableConvolution> {}

const separable = <R extends SpatialRank>(className: string, rank: R): SeparableClass<R> =>
  declared(SeparableConvolution, className, fields(rank), sharedFields(rank), {
    spatialRank: rank,
  });

/**
 * Convolution over steps in two parts: each channel by itself, then all channels of one step:
 * `activation((x ⋆ depthwise) · pointwise + bias)`.
 *
 * Inputs    `[batch, steps, channels]`, float32
 * Outputs   `[batch, steps', filters]`, sizes as those of `Conv1D`
 * Weights   `depthwise_kernel [kernelSize, channels, depthMultiplier]`,
 *           `pointwise_kernel [1, channels · depthMultiplier, filters]`, `bias [filters]`
 * Throws    ShapeError for another number of channels, and for fewer steps than the kernel needs
 *
 * @example
 * new SeparableConv1D(4, 3).apply(ones([2, 7, 3])).shape; // [2, 5, 4]
 */
export class SeparableConv1D extends /* @__PURE__ */ separable('SeparableConv1D', 1) {}

/**
 * Convolution over height and width in two parts: each channel by itself, then all channels of one pixel:
 * `activation((x ⋆ depthwise) · pointwise + bias)`. Chollet 2017.
 *
 * Inputs    `[batch, height, width, channels]`, float32
 * Outputs   `[batch, height', width', filters]`, sizes as those of `Conv1D`
 * Weights   `depthwise_kernel [kernel height, kernel width, channels, depthMultiplier]`,
 *           `pointwise_kernel [1, 1, channels · depthMultiplier, filters]`, `bias [filters]`
 * Throws    ShapeError for another number of channels, and for images smaller than the kernel
 *
 * @example
 * new SeparableConv2D(8, 3, { padding: 'same' }).apply(ones([2, 7, 7, 3])).shape; // [2, 7, 7, 8]
 */
export class SeparableConv2D extends /* @__PURE__ */ separable('SeparableConv2D', 2) {}
