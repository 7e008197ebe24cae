/** What all layers that slide kernels over spatial axes share: options, bias, checks. */

import { type Config, merge } from '../core/declaration.js';
import { problem } from '../core/errors.js';
import { oneOf } from '../core/fields.js';
import { type PartialShape, showShape } from '../core/shape.js';
import { activation, regularizer } from '../nn/fields.js';
import type { DepthwiseOptions } from '../tensor/convolution.js';
import type { Padding } from '../tensor/sliding.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Variable } from '../tensor/variable.js';
import { channelAxis, dataFormat, type SpatialRank, sizes } from './data-format.js';
import { biasFields } from './kernel-layer.js';
import { layerFields } from './layer.js';
import { SpatialLayer } from './spatial-layer.js';

/** The padding that all ranks have. */
export const paddings = ['valid', 'same'] as const;

const fields = <R extends SpatialRank, P extends Padding>(rank: R, words: readonly P[]) => ({
  /** Step of the kernel: one number for all axes, or one for each. */
  strides: sizes(rank, 1),
  /**
   * `'valid'` keeps the kernel inside; `'same'` adds zeros on both sides, so that a step of 1 keeps the size; `'causal'`, of
   * steps in time, adds them before the first step only.
   */
  padding: oneOf(words, 'valid' as P),
  /** Where the channels are: last, or right after the batch axis. */
  dataFormat: dataFormat(),
  /** Distance between the kernel's elements: one number for all axes, or one for each. */
  dilationRate: sizes(rank, 1),
  /** Applied to the result. */
  activation: activation('linear'),
  /** Penalty on the outputs, added to the loss as its mean over the batch. */
  activityRegularizer: regularizer(),
});

/** Options of every convolution. */
export interface ConvolutionFields<R extends SpatialRank, P extends Padding>
  extends ReturnType<typeof fields<R, P>> {}
const ownFields: <R extends SpatialRank, P extends Padding>(
  rank: R,
  words: readonly P[],
) => ConvolutionFields<R, P> = fields;

/** Options that every convolution has with all layers and all that have a bias. */
export const convolutionFields =
  <R extends SpatialRank, P extends Padding>(rank: R, words: readonly P[]) =>
  () =>
    merge(merge(layerFields(), biasFields()), ownFields(rank, words));
type Shared = ReturnType<typeof convolutionFields<SpatialRank, Padding>>;

/** A layer that slides kernels over spatial axes. */
export abstract class ConvolutionLayer extends SpatialLayer {
  declare readonly config: Config<Shared> & { readonly kernelSize: readonly number[] };
  declare bias?: Variable;
  #channels: number | null = null;

  /** Makes the kernels for inputs of so many channels; gives the number of output channels. */
  protected abstract addKernels(channels: number): number;
  protected abstract convolve(x: Tensor, options: DepthwiseOptions): Tensor;

  override build(inputShape: PartialShape): void {
    super.build(inputShape);
    const channels = inputShape[channelAxis(this.dataFormat, inputShape.length)]!;
    if (channels === null) throw this.#channelsUnknown(inputShape);
    const outputs = this.addKernels(channels);
    if (this.config.useBias) this.bias = this.addOwnWeight('bias', [outputs]);
    this.#channels = channels;
  }

  override call(x: Tensor): Tensor {
    const { strides, padding, dataFormat, dilationRate, activation } = this.config;
    const y = this.convolve(x, { strides, padding, dataFormat, dilationRate });
    if (!this.bias) return activation(y);
    const ones = dataFormat === 'channels_first' ? strides.map(() => 1) : [];
    return activation(y.add(this.bias.reshape([-1, ...ones])));
  }

  protected override checkInput(shape: PartialShape): void {
    super.checkInput(shape);
    const channels = shape[channelAxis(this.dataFormat, shape.length)]!;
    if (this.#channels !== null && channels !== this.#channels) throw this.#wrongChannels(shape);
    const { kernelSize, dilationRate } = this.config;
    const what = dilationRate.every((n) => n === 1) ? 'kernel' : 'dilated kernel';
    this.checkWindow(what, shape, kernelSize, this.config);
  }

  #channelsUnknown(inputShape: PartialShape) {
    return problem('shape-mismatch', {
      subject: this.subject,
      expected: `inputs of shape ${this.axesText()} with a known number of channels`,
      received: showShape(inputShape),
    });
  }

  #wrongChannels(received: PartialShape) {
    const channels = this.#channels!;
    const isFirst = this.dataFormat === 'channels_first';
    const isTurned = received[isFirst ? received.length - 1 : 1] === channels;
    const other = isFirst ? 'channels_last' : 'channels_first';
    return problem('shape-mismatch', {
      subject: this.subject,
      expected: `inputs of shape ${this.axesText(channels)}`,
      received: showShape(received),
      fix: isTurned
        ? `The channels stand at the other end: make the layer with \`dataFormat: '${other}'\`, or transpose the inputs.`
        : `The kernel is made for ${channels} channels: give such inputs, or make the layer anew for others.`,
    });
  }
}
