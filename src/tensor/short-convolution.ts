/**
 * Convolutions of three taps along each axis, by fewer multiplications: the minimal filtering algorithm F(2, 3) of Winograd
 * (1980), applied as in Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks" (2016).
 */
import { hasRewrite } from '../core/rewrites.js';
import * as ops from '../ops/index.js';
import { isOnlyAtLargest } from '../ops/zeros.js';
import { withGradient } from './own-gradient.js';
import type { Geometry } from './sliding.js';
import type { Tensor } from './tensor.js';

/**
 * Two outputs `y` of four neighbours `x` and three taps `k`, by four multiplications instead of six: along one axis,
 * `y[o] = Σ ofResult[p, o] · (Σ ofImage[p, i] · x[i]) · (Σ ofKernel[p, t] · k[t])`.
 */
const matrices = {
  ofImage: [
    [1, 0, -1, 0],
    [0, 1, 1, 0],
    [0, -1, 1, 0],
    [0, 1, 0, -1],
  ],
  ofKernel: [
    [1, 0, 0],
    [0.5, 0.5, 0.5],
    [0.5, -0.5, 0.5],
    [0, 0, 1],
  ],
  ofResult: [
    [1, 0],
    [1, 1],
    [1, -1],
    [0, -1],
  ],
} as const;

/** Multiplications of channels and filters for each of them, below which making tiles costs more than it saves. */
const fewest = 8;

/**
 * Whether a convolution has three taps along each axis, side by side, and channels enough. The sizes of batch and image do
 * not count, so that a sample has the same result in any batch.
 */
export function isShort(kernel: readonly number[], { strides, dilation }: Geometry): boolean {
  const [c, f] = kernel.slice(-2) as [number, number];
  const isDense =
    [...strides, ...dilation].every((n) => n === 1) && kernel.slice(0, -2).every((n) => n === 3);
  return isDense && c * f >= fewest * (c + f) && hasRewrite('winograd');
}

/**
 * `x [n, ...spatial, c]` and `kernel [...taps, c, f]`. Its gradients are products of the same tiles; but tiles of what is
 * mostly zeros are not, so then they are those of the plain convolution.
 */
export function shortConv(x: Tensor, kernel: Tensor, geometry: Geometry): Tensor {
  const [image, taps] = [x.node, kernel.node];
  return withGradient(inTiles(x, kernel, geometry), (g) =>
    hasRewrite('sparsity') && kernel.shape.at(-2)! <= mostSought && isOnlyAtLargest(g)
      ? [
          [image, gradientOfImage(g, image, taps, geometry)],
          [taps, gradientOfKernel(g, image, taps, geometry)],
        ]
      : undefined,
  );
}

/** Channels that additions from one element of a gradient find near; with more, tiles are as fast. */
const mostSought = 64;

/** Channels as those of one group, which stands before the last axis of an image and the last but one of a kernel. */
const oneGroup = (x: Tensor) => x.expandDims(-2);

function gradientOfImage(g: Tensor, x: Tensor, kernel: Tensor, { size: _, ...geometry }: Geometry): Tensor {
  const size = x.shape.slice(1, -1);
  return ops.convInput(oneGroup(g), oneGroup(kernel), { ...geometry, size }).reshape(x.shape);
}

function gradientOfKernel(g: Tensor, x: Tensor, kernel: Tensor, { size: _, ...geometry }: Geometry): Tensor {
  const size = kernel.shape.slice(0, -2);
  return ops.convKernel(oneGroup(x), oneGroup(g), { ...geometry, size }).reshape(kernel.shape);
}

function inTiles(x: Tensor, kernel: Tensor, { low, size }: Geometry): Tensor {
  const [c, f] = kernel.shape.slice(-2) as [number, number];
  const [none, step] = [size.map(() => 0), size.map(() => 2)];
  const tiles = ops.tiled(x, {
    matrix: matrices.ofImage,
    step,
    low,
    size: size.map((n) => Math.ceil(n / 2)),
  });
  const taps = kernel.reshape([1, ...kernel.shape.slice(0, -2), c * f]);
  const tile = ops.tiled(taps, { matrix: matrices.ofKernel, step, low: none, size: size.map(() => 1) });
  const factors = tile.reshape([...size.map(() => matrices.ofKernel.length), c, f]);
  const [p, o] = ['p', 'o'].map((name) => size.map((_, d) => name + d).join(' '));
  const parts = ops.einsum(tiles, factors, { equation: `${p} n ${o} c, ${p} c f -> ${p} n ${o} f` });
  return ops.untiled(parts, { matrix: matrices.ofResult, step, low: none, size });
}
