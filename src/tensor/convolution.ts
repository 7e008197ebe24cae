/** Convolutions of any number of spatial axes, with Keras's options. */
import { problem } from '../core/errors.js';
import { showShape } from '../core/shape.js';
import * as ops from '../ops/index.js';
import { isShort, shortConv } from './short-convolution.js';
import { channelsLast, type PerAxis, perAxis, type SlidingOptions, slide } from './sliding.js';
import type { Tensor } from './tensor.js';

export interface DepthwiseOptions extends SlidingOptions {
  /** Distance between neighbouring taps of the kernel. */
  readonly dilationRate?: PerAxis;
}
export interface ConvOptions extends DepthwiseOptions {
  /** Channels are cut into so many groups, each of which sees only itself. */
  readonly groups?: number;
}

/**
 * Convolution: `y[n, o, f] = Σ x[n, stride · o + dilation · t - padding, c] · kernel[t, c, f]`.
 *
 * Inputs    `x [n, ...spatial, c]`, `kernel [...taps, c / groups, f]`
 * Outputs   `[n, ...places, f]`
 * Throws    ShapeError for a kernel larger than the input, and for channels that do not fit
 *
 * @example
 * conv(ones([1, 5, 5, 2]), ones([3, 3, 2, 4]), { padding: 'same' }).shape; // [1, 5, 5, 4]
 */
export function conv(x: Tensor, kernel: Tensor, options: ConvOptions = {}): Tensor {
  return grouped('conv', x, kernel, options, options.groups ?? 1);
}

/**
 * Convolution of each channel by itself: `y[n, o, c · m + i] = Σ x[n, …, c] · kernel[t, c, i]`.
 *
 * Inputs    `x [n, ...spatial, c]`, `kernel [...taps, c, m]`
 * Outputs   `[n, ...places, c · m]`
 * Throws    ShapeError for a kernel larger than the input, and for channels that do not fit
 *
 * @example
 * depthwiseConv(ones([1, 5, 5, 2]), ones([3, 3, 2, 1])).shape; // [1, 3, 3, 2]
 */
export function depthwiseConv(x: Tensor, kernel: Tensor, options: DepthwiseOptions = {}): Tensor {
  const subject = 'depthwiseConv';
  const { image } = channelsLast(x, options.dataFormat ?? 'channels_last', subject);
  const channels = image.shape.at(-1)!;
  checkKernel(subject, x, kernel, channels, 'times');
  const alone = kernel.reshape([...kernel.shape.slice(0, -2), 1, channels * kernel.shape.at(-1)!]);
  return grouped(subject, x, alone, options, channels);
}

function grouped(subject: string, x: Tensor, kernel: Tensor, options: ConvOptions, groups: number): Tensor {
  const { strides = 1, padding = 'valid', dilationRate = 1, dataFormat = 'channels_last' } = options;
  const { image, back } = channelsLast(x, dataFormat, subject);
  const rank = x.rank - 2;
  const inGroup = (what: string, count: number) => {
    if (Number.isInteger(count / groups)) return count / groups;
    throw misfit(subject, `${what} that ${groups} groups share evenly`, `${count}`);
  };
  const channels = inGroup('channels', image.shape.at(-1)!);
  checkKernel(subject, x, kernel, channels, 'filters');
  const filters = inGroup('filters', kernel.shape.at(-1)!);
  const by = {
    strides: perAxis(strides, rank, subject, 'strides'),
    dilation: perAxis(dilationRate, rank, subject, 'dilationRate'),
  };
  const [sizes, taps] = [image.shape.slice(1, -1), kernel.shape.slice(0, -2)];
  const geometry = slide(subject, 'kernel', sizes, taps, by, padding);
  if (groups === 1 && isShort(kernel.shape, geometry)) return back(shortConv(image, kernel, geometry));
  const y = ops.conv(
    image.reshape([...image.shape.slice(0, -1), groups, channels]),
    kernel.reshape([...taps, channels, groups, filters]),
    geometry,
  );
  return back(y.reshape([...y.shape.slice(0, -2), groups * filters]));
}

function checkKernel(subject: string, x: Tensor, kernel: Tensor, channels: number, last: string): void {
  if (kernel.rank === x.rank && kernel.shape.at(-2) === channels) return;
  const taps = Array.from({ length: x.rank - 2 }, (_, d) => `taps${d}`).join(', ');
  throw misfit(subject, `a kernel of shape [${taps}, ${channels}, ${last}]`, showShape(kernel.shape));
}

const misfit = (subject: string, expected: string, received: string) =>
  problem('shape-mismatch', { subject, expected, received });
