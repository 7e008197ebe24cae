/** Resizing along one axis: nearest elements, or products with a small constant matrix. */
import { frontAxis } from '../ops/fields.js';
import { tensor } from './create.js';
import { einsum } from './functions.js';
import type { Tensor } from './tensor.js';

// Weights by the distance from an element. Cubic: Keys 1981 with a = -1/2; windowed sinc: Lanczos.
const kernels = {
  bilinear: (x: number) => Math.max(0, 1 - x),
  bicubic: (x: number) =>
    x < 1 ? (1.5 * x - 2.5) * x * x + 1 : x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0,
  lanczos3: (x: number) => lanczos(x, 3),
  lanczos5: (x: number) => lanczos(x, 5),
};

/** How values between elements are found, by Keras's names. */
export type Interpolation = 'nearest' | keyof typeof kernels;
export const interpolations: readonly Interpolation[] = [
  'nearest',
  'bilinear',
  'bicubic',
  'lanczos3',
  'lanczos5',
];

function lanczos(x: number, radius: number): number {
  if (x > radius) return 0;
  const angle = Math.PI * x;
  return x > 1e-3 ? (radius * Math.sin(angle) * Math.sin(angle / radius)) / angle ** 2 : 1;
}

export interface ResizeOptions {
  readonly interpolation?: Interpolation;
  /** Whether shrinking averages over all that a new element covers; `'nearest'` never does. */
  readonly antialias?: boolean;
}

/** `x` with another size of one axis. Centers of elements are half a step from the edges. */
export function resize(
  x: Tensor,
  axis: number,
  size: number,
  { interpolation = 'bilinear', antialias = false }: ResizeOptions = {},
): Tensor {
  const d = frontAxis(axis, x.shape, 'resize');
  const from = x.shape[d]!;
  if (size === from) return x;
  if (interpolation === 'nearest') return x.gather(tensor(nearestPlaces(from, size)), d);
  const names = x.shape.map((_, i) => `x${i}`);
  const equation = `${names.join(' ')}, x${d} new -> ${names.with(d, 'new').join(' ')}`;
  const weights = weightsOf(from, size, kernels[interpolation], antialias);
  return einsum(equation, x, tensor(weights, { shape: [from, size] }));
}

const nearestPlaces = (from: number, to: number): Int32Array =>
  Int32Array.from({ length: to }, (_, o) => Math.floor(((o + 0.5) * from) / to));

/** How much each old element (row) counts in each new one (column); columns add up to 1. */
function weightsOf(
  from: number,
  to: number,
  kernel: (distance: number) => number,
  antialias: boolean,
): Float32Array {
  const step = from / to;
  const width = antialias ? Math.max(step, 1) : 1;
  const weights = new Float32Array(from * to);
  for (let o = 0; o < to; o++) {
    const center = (o + 0.5) * step - 0.5;
    const column = Array.from({ length: from }, (_, i) => kernel(Math.abs(center - i) / width));
    const total = column.reduce((a, b) => a + b, 0);
    for (const [i, weight] of column.entries()) weights[i * to + o] = weight / total;
  }
  return weights;
}
