import { arg, oneOf } from '../core/fields.js';
import type { Tensor } from '../tensor/tensor.js';
import { factorRange, randomImageLayer, valueRange } from './image-layer.js';

/**
 * Turns half of the images around while training: left to right, upside down, or, by default, both at once.
 *
 * Inputs    `[batch, height, width, channels]` or one image, any type
 * Outputs   the same shape, float32
 * Throws    ShapeError for another number of axes
 *
 * @example
 * new RandomFlip('horizontal')
 */
export class RandomFlip extends /* @__PURE__ */ randomImageLayer(
  'RandomFlip',
  (mode = arg(oneOf(['horizontal', 'vertical', 'horizontal_and_vertical'], 'horizontal_and_vertical'))) => ({
    /** Which way; `'horizontal_and_vertical'` turns an image in both directions or in none. */
    mode,
  }),
) {
  override augment(images: Tensor) {
    const { mode } = this.config;
    const axes = mode === 'horizontal' ? 2 : mode === 'vertical' ? 1 : [1, 2];
    return this.draw(images, [0, 1]).lessEqual(0.5).where(images.flip(axes), images);
  }
}

/**
 * Moves pixels away from the mean of their channel, or closer to it, while training: `(x - mean) c + mean`, cut off at
 * the value range. `c` lies between `1 - low` and `1 + high`. A single number is `high` alone: contrast only grows.
 *
 * Inputs    `[batch, height, width, channels]` or one image, any type
 * Outputs   the same shape, float32
 * Throws    ShapeError for another number of axes
 * Source    Keras 3.15, whose single number means the same, although its text says `[1 - factor, 1 + factor]`
 *
 * @example
 * new RandomContrast([0.3, 0.3], { valueRange: [0, 1] })
 */
export class RandomContrast extends /* @__PURE__ */ randomImageLayer(
  'RandomContrast',
  (factor = arg(factorRange(0))) => ({
    /** How far contrast may fall and grow. */
    factor,
    /** Lowest and highest value of a pixel; results are cut off there. */
    valueRange: valueRange(),
  }),
) {
  override augment(images: Tensor) {
    const { factor, valueRange } = this.config;
    const mean = images.mean([1, 2], { keepDims: true });
    const contrast = this.draw(images, [1 - factor[0], 1 + factor[1]]);
    return images
      .sub(mean)
      .mul(contrast)
      .add(mean)
      .clip(...valueRange);
  }
}

/**
 * Makes images darker or brighter while training: adds a share of the value range, and cuts off at its ends.
 *
 * Inputs    `[batch, height, width, channels]` or one image, any type
 * Outputs   the same shape, float32
 * Throws    ShapeError for another number of axes
 *
 * @example
 * new RandomBrightness(0.2, { valueRange: [0, 1] })
 */
export class RandomBrightness extends /* @__PURE__ */ randomImageLayer(
  'RandomBrightness',
  (factor = arg(factorRange(-1))) => ({
    /** Lowest and highest share: -1 makes an image black, 1 white. One number stands for both signs. */
    factor,
    /** Lowest and highest value of a pixel; results are cut off there. */
    valueRange: valueRange(),
  }),
) {
  override augment(images: Tensor) {
    const [low, high] = this.config.valueRange;
    const share = this.draw(images, this.config.factor);
    return images.add(share.mul(high - low)).clip(low, high);
  }
}
