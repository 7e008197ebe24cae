/**
 * Convolutions of three or five taps along each axis, by fewer multiplications: the minimal filtering algorithms F(2, 3)
 * and F(2, 5) of Winograd (1980), applied as in Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks" (2016).
 */
import { hasRewrite } from '../core/rewrites.js';
import * as ops from '../ops/index.js';
import { isOnlyAtLargest } from '../ops/zeros.js';
import { withGradient } from './own-gradient.js';
import type { Geometry } from './sliding.js';
import type { Tensor } from './tensor.js';

/** Outputs of one tile along each axis. */
const outputs = 2;

/**
 * Where polynomials are evaluated, by the number of taps; infinity comes on top. A number beside its negative reciprocal
 * rounds better than beside its negative: Barabasz et al., "Error Analysis and Improving the Accuracy of Winograd
 * Convolution for Deep Neural Networks" (2020).
 */
const points: Readonly<Record<number, readonly number[]>> = { 3: [0, 1, -1], 5: [0, 1, -1, 0.5, -2] };

/** A tile has its number of points to the power of axes as parts, each of which is an array to be filled. */
const mostParts = 64;

/**
 * Two outputs `y` of neighbours `x` and taps `k`, by as many multiplications as there are points: along one axis,
 * `y[o] = Σ ofResult[p, o] · (Σ ofImage[p, i] · x[i]) · (Σ ofKernel[p, t] · k[t])`.
 */
function matricesOf(taps: number) {
  const finite = points[taps]!;
  const powers = (count: number, at: number) => Array.from({ length: count }, (_, n) => at ** n);
  const last = (count: number) => Array.from({ length: count }, (_, n) => Number(n === count - 1));
  const others = (p: number) => finite.filter((at) => at !== p);
  const scale = (p: number) => others(p).reduce((product, at) => product * (p - at), 1);
  return {
    // Signs stand where there are additions anyway.
    ofImage: [
      ...finite.map((p) => [...polynomialOf(others(p)).map((n) => n * Math.sign(scale(p))), 0]),
      polynomialOf(finite),
    ],
    ofKernel: [...finite.map((p) => powers(taps, p).map((n) => n / Math.abs(scale(p)))), last(taps)],
    ofResult: [...finite.map((p) => powers(outputs, p)), last(outputs)],
  };
}

type Matrices = ReturnType<typeof matricesOf>;

/** Coefficients of `Π (x - root)`, the constant first. */
function polynomialOf(roots: readonly number[]): number[] {
  let product = [1];
  for (const root of roots) {
    const moved = [0, ...product];
    product = moved.map((n, i) => n - root * (product[i] ?? 0));
  }
  return product;
}

/** Multiplications of channels and filters for each of them, below which making tiles costs more than it saves. */
const fewest = 8;

/**
 * Whether a convolution has three or five taps along each axis, side by side, and channels enough. The sizes of batch and
 * image do not count, so that a sample has the same result in any batch.
 */
export function isShort(kernel: readonly number[], { strides, dilation }: Geometry): boolean {
  const [c, f] = kernel.slice(-2) as [number, number];
  const [taps, ...more] = kernel.slice(0, -2) as [number, ...number[]];
  const isDense = [...strides, ...dilation].every((n) => n === 1) && more.every((n) => n === taps);
  const parts = ((points[taps]?.length ?? Infinity) + 1) ** strides.length;
  return isDense && parts <= mostParts && c * f >= fewest * (c + f) && hasRewrite('winograd');
}

/**
 * `x [n, ...spatial, c]` and `kernel [...taps, c, f]`. Its gradients are made of tiles as well; but tiles of what is mostly
 * zeros are not, so then they are those of the plain convolution.
 */
export function shortConv(x: Tensor, kernel: Tensor, geometry: Geometry): Tensor {
  const [image, taps] = [x.node, kernel.node];
  return withGradient(inTiles(x, kernel, geometry), (g) => {
    const isSparse = hasRewrite('sparsity') && kernel.shape.at(-2)! <= mostSought && isOnlyAtLargest(g);
    const [toImage, toKernel] = isSparse
      ? [gradientOfImage, gradientOfKernel]
      : [imageGradientInTiles, kernelGradientInTiles];
    return [
      [image, toImage(g, image, taps, geometry)],
      [taps, toKernel(g, image, taps, geometry)],
    ];
  });
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

/** A convolution of the other image with the kernel turned around. */
function imageGradientInTiles(g: Tensor, x: Tensor, kernel: Tensor, { low, ...geometry }: Geometry): Tensor {
  const axes = low.map((_, d) => d);
  const turned = kernel.flip(axes).transpose([...axes, axes.length + 1, axes.length]);
  const size = x.shape.slice(1, -1);
  return inTiles(g, turned, { ...geometry, low: low.map((n, d) => kernel.shape[d]! - 1 - n), size });
}

/** The product of all tiles of both images. */
function kernelGradientInTiles(g: Tensor, x: Tensor, kernel: Tensor, { low, size }: Geometry): Tensor {
  const { matrices, none, step, p, o } = tilingOf(kernel, size);
  const tiles = tilesOf(x, low, size, matrices);
  const slopes = ops.tiled(g, { matrix: matrices.ofResult, step, low: none, size: tileCounts(size) });
  const parts = ops.einsum(tiles, slopes, { equation: `${p} n ${o} c, ${p} n ${o} f -> ${p} c f` });
  const [taps, [c, f]] = [kernel.shape.slice(0, -2), kernel.shape.slice(-2) as [number, number]];
  const together = parts.reshape([...parts.shape.slice(0, -2), 1, ...size.map(() => 1), c * f]);
  const sums = ops.untiled(together, { matrix: matrices.ofKernel, step, low: none, size: taps });
  return sums.reshape(kernel.shape);
}

function inTiles(x: Tensor, kernel: Tensor, { low, size }: Geometry): Tensor {
  const { matrices, none, step, p, o } = tilingOf(kernel, size);
  const [taps, [c, f]] = [kernel.shape.slice(0, -2), kernel.shape.slice(-2) as [number, number]];
  const together = kernel.reshape([1, ...taps, c * f]);
  const tile = ops.tiled(together, { matrix: matrices.ofKernel, step, low: none, size: size.map(() => 1) });
  const factors = tile.reshape([...size.map(() => matrices.ofKernel.length), c, f]);
  const tiles = tilesOf(x, low, size, matrices);
  const parts = ops.einsum(tiles, factors, { equation: `${p} n ${o} c, ${p} c f -> ${p} n ${o} f` });
  return ops.untiled(parts, { matrix: matrices.ofResult, step, low: none, size });
}

/** What all tiles of a convolution have in common; `p` and `o` are names of parts and of tiles along each axis. */
function tilingOf(kernel: Tensor, size: readonly number[]) {
  const [p, o] = ['p', 'o'].map((name) => size.map((_, d) => name + d).join(' ')) as [string, string];
  const [none, step] = [size.map(() => 0), size.map(() => outputs)];
  return { matrices: matricesOf(kernel.shape[0]!), none, step, p, o };
}

const tileCounts = (size: readonly number[]) => size.map((n) => Math.ceil(n / outputs));

const tilesOf = (x: Tensor, low: readonly number[], size: readonly number[], { ofImage }: Matrices) =>
  ops.tiled(x, { matrix: ofImage, step: size.map(() => outputs), low, size: tileCounts(size) });
