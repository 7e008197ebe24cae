/** Images read at moved places: rotation, zoom, translation. */
import * as ops from '../ops/index.js';
import { arange } from './create.js';
import { Tensor } from './tensor.js';

// Places from 0 to size - 1 for whole numbers that may lie outside of an image `a b c`.
const insides = {
  /** `k k | a b c | k k` */
  constant: (i: Tensor) => i,
  /** `a a | a b c | c c` */
  nearest: (i: Tensor, size: number) => i.clip(0, size - 1),
  /** `b c | a b c | a b` */
  wrap: (i: Tensor, size: number) => i.mod(size),
  /** `b a | a b c | c b` */
  reflect: (i: Tensor, size: number) =>
    bounced(i.mul(2).add(1), 2 * size + 1)
      .sub(1)
      .floorDivide(2),
  /** `c b | a b c | b a` */
  mirror: (i: Tensor, size: number) => (size === 1 ? i.mul(0) : bounced(i, size)),
};

const bounced = (i: Tensor, size: number): Tensor =>
  i
    .add(size - 1)
    .mod(2 * size - 2)
    .sub(size - 1)
    .abs();

export interface WarpOptions {
  /** Between pixels: the nearest one, or the four around mixed. */
  readonly interpolation?: 'nearest' | 'bilinear';
  /** What stands outside of an image, by Keras's names. */
  readonly fillMode?: keyof typeof insides;
  /** What stands there when `fillMode` is `'constant'`. */
  readonly fillValue?: number;
}

/** One number for each image `[batch]`, or one for all. */
type Factor = Tensor | number;
/** Where the output pixel in column X and row Y is read: column `a0 X + a1 Y + a2`, row `b0 X + b1 Y + b2`. */
export type Affine = readonly [a0: Factor, a1: Factor, a2: Factor, b0: Factor, b1: Factor, b2: Factor];

/** A pixel along one axis, and how much it counts. */
interface Tap {
  readonly index: Tensor;
  readonly weight: Factor;
}

/** Images `[batch, height, width, channels]`, each read at its own affine places. */
export function affineTransform(images: Tensor, affine: Affine, options: WarpOptions = {}): Tensor {
  const [n, h, w, c] = images.shape as [number, number, number, number];
  const column = arange(w).cast('float32').reshape([1, 1, w]);
  const row = arange(h).cast('float32').reshape([1, h, 1]);
  const [a0, a1, a2, b0, b1, b2] = affine.map((x) => (x instanceof Tensor ? x.reshape([n, 1, 1]) : x));
  const across = taps(column.mul(a0!).add(row.mul(a1!)).add(a2!), w, options);
  const down = taps(column.mul(b0!).add(row.mul(b1!)).add(b2!), h, options);
  const pixels = images.reshape([n, h * w, c]);
  const read = (y: Tap, x: Tap): Tensor => {
    const index = place(y.index, h, x.index, w, options).broadcastTo([n, h, w]);
    const value = ops.gather(pixels, index, { batch: 1, fill: options.fillValue ?? 0 });
    const weight = [y.weight, x.weight].reduce((a, b) => (b instanceof Tensor ? b.mul(a) : a));
    return weight instanceof Tensor ? value.mul(weight.expandDims(-1)) : value;
  };
  return down.flatMap((y) => across.map((x) => read(y, x))).reduce((a, b) => a.add(b));
}

function taps(
  at: Tensor,
  size: number,
  { interpolation = 'bilinear', fillMode = 'constant' }: WarpOptions,
): Tap[] {
  const inside = (i: Tensor) => insides[fillMode](i.cast('int32'), size);
  // Halves away from zero, as Keras has it.
  if (interpolation === 'nearest') {
    return [{ index: inside(at.abs().add(0.5).floor().mul(at.sign())), weight: 1 }];
  }
  const before = at.floor();
  const share = at.sub(before);
  return [
    { index: inside(before), weight: share.neg().add(1) },
    { index: inside(before.add(1)), weight: share },
  ];
}

/** The place in the rows of an image put together; -1, where the fill is read, outside. */
function place(y: Tensor, height: number, x: Tensor, width: number, { fillMode = 'constant' }: WarpOptions) {
  const index = y.mul(width).add(x);
  if (fillMode !== 'constant') return index;
  const isInside = (i: Tensor, size: number) => i.greaterEqual(0).logicalAnd(i.less(size));
  return isInside(y, height).logicalAnd(isInside(x, width)).where(index, -1);
}
