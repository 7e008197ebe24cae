/** Layers that move, turn or stretch images at random. */

import { type DeclaredClass, declared } from '../core/configurable.js';
import { type Config, type Declaration, type Declares, merge } from '../core/declaration.js';
import { arg, float, type JsonObject, maybe, oneOf } from '../core/fields.js';
import type { WriteOptions } from '../core/schema.js';
import type { Tensor } from '../tensor/tensor.js';
import { type Affine, affineTransform } from '../tensor/warp.js';
import { factor, factorRange, RandomImageLayer, randomImageFields, rangeOf } from './image-layer.js';

const warpFields = () =>
  merge(randomImageFields(), {
    /** What stands outside of an image `a b c`: `'reflect'` `b a | a b c | c b`, `'wrap'` `b c | a b c | a b`, `'nearest'` `a a | a b c | c c`, or `'constant'`. */
    fillMode: oneOf(['reflect', 'wrap', 'constant', 'nearest'], 'reflect'),
    /** Between pixels: the four around mixed, or the nearest one. */
    interpolation: oneOf(['nearest', 'bilinear'], 'bilinear'),
    /** What stands outside of an image when `fillMode` is `'constant'`. */
    fillValue: float(0),
  });

/** Options of every layer that reads images at other places. */
export interface WarpFields extends ReturnType<typeof warpFields> {}

/** A layer that, while training, reads each image at places of its own. */
export abstract class WarpLayer extends RandomImageLayer {
  declare readonly config: Config<() => WarpFields>;

  /** Where the pixels of images `[batch, height, width, channels]` are read. */
  abstract places(images: Tensor): Affine;

  override augment(images: Tensor): Tensor {
    return affineTransform(images, this.places(images), this.config);
  }
}

export interface WarpLayerClass<D extends Declaration>
  extends DeclaredClass<D, () => WarpFields, WarpLayer> {}

function warpLayer<D extends Declaration>(className: string, declare: D & Declares<D>): WarpLayerClass<D> {
  return declared(WarpLayer, className, declare, warpFields);
}

/**
 * Turns images around their center by a random angle while training.
 *
 * Inputs    `[batch, height, width, channels]` or one image, any type
 * Outputs   the same shape, float32
 * Throws    ShapeError for another number of axes
 *
 * @example
 * new RandomRotation(0.1, { fillMode: 'constant' })
 */
export class RandomRotation extends /* @__PURE__ */ warpLayer(
  'RandomRotation',
  (factor = arg(factorRange(-1))) => ({
    /** Angles as parts of a full turn, counterclockwise: 0.1 is up to 36 degrees either way. */
    factor,
  }),
) {
  override places(images: Tensor): Affine {
    const [height, width] = images.shape.slice(1) as [number, number];
    const [x, y] = [(width - 1) / 2, (height - 1) / 2];
    const angle = this.draw(images, this.config.factor).mul(2 * Math.PI);
    const [cos, sin] = [angle.cos(), angle.sin()];
    return [
      cos,
      sin.neg(),
      sin.mul(y).sub(cos.mul(x)).add(x),
      sin,
      cos,
      sin.mul(x).add(cos.mul(y)).neg().add(y),
    ];
  }
}

/**
 * Makes images smaller or larger around their center while training.
 *
 * Inputs    `[batch, height, width, channels]` or one image, any type
 * Outputs   the same shape, float32
 * Throws    ShapeError for another number of axes
 *
 * @example
 * new RandomZoom(0.2)
 */
export class RandomZoom extends /* @__PURE__ */ warpLayer(
  'RandomZoom',
  (heightFactor = arg(factor(float({ above: -1, max: 1 })))) => ({
    /** How much of the height comes in (0.2: a fifth more, so things shrink) or goes out (-0.2). */
    heightFactor,
    /** The same for the width; as the height, so that forms stay, when null. */
    widthFactor: maybe(factor(float({ above: -1, max: 1 }))),
  }),
) {
  override places(images: Tensor): Affine {
    const [height, width] = images.shape.slice(1) as [number, number];
    const { heightFactor, widthFactor } = this.config;
    const down = this.draw(images, rangeOf(heightFactor)).add(1);
    const across = widthFactor === null ? down : this.draw(images, rangeOf(widthFactor)).add(1);
    const offset = (zoom: Tensor, size: number) =>
      zoom
        .neg()
        .add(1)
        .mul((size - 1) / 2);
    return [across, 0, offset(across, width), 0, down, offset(down, height)];
  }
}

/**
 * Moves images up or down and left or right while training.
 *
 * Inputs    `[batch, height, width, channels]` or one image, any type
 * Outputs   the same shape, float32
 * Throws    ShapeError for another number of axes
 *
 * @example
 * new RandomTranslation(0.1, { widthFactor: [0, 0.2] })
 */
export class RandomTranslation extends /* @__PURE__ */ warpLayer(
  'RandomTranslation',
  (heightFactor = arg(factor(float({ min: -1, max: 1 })))) => ({
    /** How far down, as parts of the height; negative is up. */
    heightFactor,
    /** How far to the right, as parts of the width; the range of `heightFactor` when null. */
    widthFactor: maybe(factor(float({ min: -1, max: 1 }))),
  }),
) {
  override places(images: Tensor): Affine {
    const [height, width] = images.shape.slice(1) as [number, number];
    const { heightFactor, widthFactor } = this.config;
    const down = this.draw(images, rangeOf(heightFactor)).mul(-height);
    const across = this.draw(images, rangeOf(widthFactor ?? heightFactor)).mul(-width);
    return [1, 0, across, 0, 1, down];
  }

  // Keras has no null here.
  override getConfig(options: WriteOptions = {}): JsonObject {
    const { height_factor, width_factor, ...config } = super.getConfig(options);
    return { ...config, height_factor: height_factor!, width_factor: width_factor ?? height_factor! };
  }
}
