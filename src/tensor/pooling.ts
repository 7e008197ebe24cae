/** Pooling over windows of any number of spatial axes, with Keras's options. */
import { sizeOf } from '../core/shape.js';
import * as ops from '../ops/index.js';
import { channelsLast, type Geometry, type PerAxis, perAxis, type SlidingOptions, slide } from './sliding.js';
import { Tensor } from './tensor.js';

/** `strides` are as large as the window when left out. */
export type PoolOptions = SlidingOptions;

/**
 * The largest element of each window; the first of equals takes the gradient, and padding is never the largest.
 *
 * Inputs    `x [n, ...spatial, c]`
 * Outputs   `[n, ...places, c]`
 * Throws    ShapeError for a window larger than the input
 *
 * @example
 * maxPool(ones([1, 6, 6, 2]), 2).shape; // [1, 3, 3, 2]
 */
export function maxPool(x: Tensor, poolSize: PerAxis, options: PoolOptions = {}): Tensor {
  const { windows, axes, back } = windowsOf('maxPool', x, poolSize, options, Number.NEGATIVE_INFINITY);
  return back(windows.max(axes));
}

/**
 * The mean of each window; padding is not counted.
 *
 * Inputs    `x [n, ...spatial, c]`
 * Outputs   `[n, ...places, c]`
 * Throws    ShapeError for a window larger than the input
 *
 * @example
 * averagePool(ones([1, 6, 6, 2]), 3, { strides: 1, padding: 'same' }).shape; // [1, 6, 6, 2]
 */
export function averagePool(x: Tensor, poolSize: PerAxis, options: PoolOptions = {}): Tensor {
  const { windows, axes, back, sizes, taps, geometry } = windowsOf('averagePool', x, poolSize, options, 0);
  return back(windows.sum(axes).div(cellsInside(sizes, taps, geometry)));
}

/** The windows, which axes of them are taps, and the way back to the format of the input. */
function windowsOf(subject: string, x: Tensor, poolSize: PerAxis, options: PoolOptions, fill: number) {
  const { strides, padding = 'valid', dataFormat = 'channels_last' } = options;
  const { image, back } = channelsLast(x.cast('float32'), dataFormat, subject);
  const rank = x.rank - 2;
  const taps = perAxis(poolSize, rank, subject, 'poolSize');
  const by = {
    strides: perAxis(strides ?? taps, rank, subject, 'strides'),
    dilation: taps.map(() => 1),
  };
  const sizes = image.shape.slice(1, -1);
  const geometry = slide(subject, 'window', sizes, taps, by, padding);
  const windows = ops.windows(reached(image, taps, geometry), { ...geometry, taps, fill });
  return { windows, axes: taps.map((_, d) => 1 + rank + d), back, sizes, taps, geometry };
}

/** The image without the rows and columns behind the last window. */
function reached(image: Tensor, taps: readonly number[], { strides, low, size }: Geometry): Tensor {
  const [batch, ...sizes] = image.shape.slice(0, -1);
  const ends = sizes.map((n, d) => Math.min(n, (size[d]! - 1) * strides[d]! - low[d]! + taps[d]!));
  if (ends.every((n, d) => n === sizes[d])) return image;
  return image.slice(
    image.shape.map(() => 0),
    [batch!, ...ends, image.shape.at(-1)!],
  );
}

/** How many cells of each window lie inside, `[...places, 1]`. */
function cellsInside(
  sizes: readonly number[],
  taps: readonly number[],
  { low, size, strides }: Geometry,
): Tensor | number {
  const counts = size.map((places, d) =>
    Array.from({ length: places }, (_, o) => {
      const from = o * strides[d]! - low[d]!;
      return Math.min(from + taps[d]!, sizes[d]!) - Math.max(from, 0);
    }),
  );
  if (counts.every((own, d) => own.every((n) => n === taps[d]))) return sizeOf(taps);
  const all = counts.reduce((outer, own) => outer.flatMap((a) => own.map((b) => a * b)), [1]);
  return new Tensor([...size, 1], 'float32', { kind: 'data', values: Float32Array.from(all) });
}
