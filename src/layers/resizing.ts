import { problem } from '../core/errors.js';
import { arg, bool, float, int, oneOf } from '../core/fields.js';
import { type Interpolation, interpolations, resize } from '../tensor/resize.js';
import type { Tensor } from '../tensor/tensor.js';
import { imageLayer } from './image-layer.js';

type Size = readonly [height: number, width: number];

const sizeOf = ({ shape }: Tensor): Size => [shape[1]!, shape[2]!];

/** The size of `from`'s height with the width that gives `to`'s form, and of its width with such a height, rounded down. */
const likeForm = ([height, width]: Size, to: Size): Size => [
  Math.trunc((width * to[0]) / to[1]),
  Math.trunc((height * to[1]) / to[0]),
];

/** Where a window begins that lies in the middle. */
const middle = (whole: Size, part: Size): Size => [
  Math.trunc((whole[0] - part[0]) / 2),
  Math.trunc((whole[1] - part[1]) / 2),
];

function window(images: Tensor, start: Size, size: Size): Tensor {
  const [batch, , , channels] = images.shape as [number, number, number, number];
  return images.slice([0, ...start, 0], [batch, ...size, channels]);
}

/** The largest part in the middle of images that has another size's form. */
function cropToForm(images: Tensor, to: Size): Tensor {
  const from = sizeOf(images);
  const size = likeForm(from, to).map((n, d) => Math.max(Math.min(from[d]!, n), 1)) as unknown as Size;
  return window(images, middle(from, size), size);
}

/** Images with borders that give them another size's form. */
function padToForm(images: Tensor, to: Size, value: number): Tensor {
  const from = sizeOf(images);
  const size = likeForm(from, to).map((n, d) => Math.max(from[d]!, n)) as unknown as Size;
  const [down, across] = middle(size, from);
  // One direction only, as Keras has it: rounding may ask for a cell in the other.
  const borders = down > 0 ? [down, 0] : [0, across];
  return images.pad([[0, 0], ...borders.map((n): [number, number] => [n, n]), [0, 0]], value);
}

const resizeBoth = (
  images: Tensor,
  [height, width]: Size,
  interpolation: Interpolation,
  antialias: boolean,
) => resize(resize(images, 1, height, { interpolation, antialias }), 2, width, { interpolation, antialias });

/**
 * Makes images of one size.
 *
 * Inputs    `[batch, height, width, channels]` or one image, any type
 * Outputs   `[batch, height, width, channels]` of the new height and width; whole numbers stay whole, rounded
 * Throws    ShapeError for another number of axes
 *
 * @example
 * new Resizing(64, 64).apply(zeros([2, 100, 80, 3])).shape // [2, 64, 64, 3]
 */
export class Resizing extends /* @__PURE__ */ imageLayer(
  'Resizing',
  (height = arg(int({ min: 1 })), width = arg(int({ min: 1 }))) => ({
    /** The new height. */
    height,
    /** The new width. */
    width,
    /** How values between pixels are found. */
    interpolation: oneOf(interpolations, 'bilinear'),
    /** Whether to cut the images to the new form first, so that nothing is distorted. */
    cropToAspectRatio: bool(false),
    /** Whether to give the images borders of `fillValue` first, so that nothing is distorted. */
    padToAspectRatio: bool(false),
    /** What borders are made of. */
    fillMode: oneOf(['constant'], 'constant'),
    /** Value of the borders. */
    fillValue: float(0),
    /** Whether shrinking averages over all that a new pixel covers. */
    antialias: bool(false),
  }),
) {
  override transform(images: Tensor) {
    const { height, width, interpolation, antialias, fillValue } = this.config;
    const size = [height, width] as const;
    if (this.config.cropToAspectRatio && this.config.padToAspectRatio) throw this.#cropOrPad();
    const formed = this.config.cropToAspectRatio
      ? cropToForm(images, size)
      : this.config.padToAspectRatio
        ? padToForm(images.cast('float32'), size, fillValue)
        : images;
    const resized = resizeBoth(formed, size, interpolation, antialias);
    return resized.dtype === images.dtype ? resized : resized.round().cast(images.dtype);
  }

  #cropOrPad() {
    return problem('option-value', {
      subject: this.subject,
      expected: 'cropToAspectRatio or padToAspectRatio',
      received: 'both',
    });
  }
}

/**
 * Cuts out the middle of images. Smaller images are cut to the form and then enlarged.
 *
 * Inputs    `[batch, height, width, channels]` or one image, any type
 * Outputs   `[batch, height, width, channels]` of the new height and width, float32
 * Throws    ShapeError for another number of axes
 *
 * @example
 * new CenterCrop(24, 24).apply(zeros([2, 28, 28, 1])).shape // [2, 24, 24, 1]
 */
export class CenterCrop extends /* @__PURE__ */ imageLayer(
  'CenterCrop',
  (height = arg(int({ min: 1 })), width = arg(int({ min: 1 }))) => ({
    /** Height of what is kept. */
    height,
    /** Width of what is kept. */
    width,
  }),
) {
  override transform(images: Tensor) {
    const size = [this.config.height, this.config.width] as const;
    const numbers = images.cast('float32');
    const from = sizeOf(images);
    const isLarger = size[0] <= from[0] && size[1] <= from[1];
    if (isLarger) return window(numbers, middle(from, size), size);
    return resizeBoth(cropToForm(numbers, size), size, 'bilinear', false);
  }
}
