/** What layers of images share: one image or a batch of them, channels in either place, and random choices. */

import { type DeclaredClass, declared } from '../core/configurable.js';
import { type Config, type Declaration, type Declares, merge } from '../core/declaration.js';
import { problem } from '../core/errors.js';
import { type Field, int, maybe } from '../core/fields.js';
import { type PartialShape, showShape } from '../core/shape.js';
import { warnOnce } from '../core/warnings.js';
import { RandomStream } from '../tensor/random.js';
import type { Tensor } from '../tensor/tensor.js';
import { dataFormat } from './data-format.js';
import { type CallContext, Layer, layerFields } from './layer.js';

const imageFields = () =>
  merge(layerFields(), {
    /** Where the channels are: last, or right after the batch axis. */
    dataFormat: dataFormat(),
  });
/** Options of every layer of images that makes random choices, as a declaration. */
export const randomImageFields = () =>
  merge(imageFields(), {
    /** Same seed, same choices. */
    seed: maybe(int()),
  });

/** Options of every layer of images. */
export interface ImageFields extends ReturnType<typeof imageFields> {}
/** Options of every layer of images that makes random choices. */
export interface RandomImageFields extends ReturnType<typeof randomImageFields> {}

/** Images rarely have more channels than these; other sizes are rather widths. */
const mostChannels = 4;

/** A layer of images, or of one image without the batch axis. */
export abstract class ImageLayer extends Layer {
  declare readonly config: Config<() => ImageFields>;

  /** What becomes of images `[batch, height, width, channels]`. */
  abstract transform(images: Tensor, context: CallContext): Tensor;

  override call(x: Tensor, context: CallContext = {}): Tensor {
    const isFirst = this.config.dataFormat === 'channels_first';
    this.#check(x.shape, isFirst);
    const batch = x.rank === 3 ? x.expandDims(0) : x;
    const images = isFirst ? batch.transpose([0, 2, 3, 1]) : batch;
    const changed = this.transform(images, context);
    const ordered = isFirst ? changed.transpose([0, 3, 1, 2]) : changed;
    return x.rank === 3 ? ordered.squeeze(0) : ordered;
  }

  #check(shape: PartialShape, isFirst: boolean): void {
    const axes = isFirst ? 'channels, height, width' : 'height, width, channels';
    if (shape.length !== 3 && shape.length !== 4) {
      throw problem('shape-mismatch', {
        subject: this.subject,
        expected: `images of shape [batch, ${axes}], or one image [${axes}]`,
        received: showShape(shape),
      });
    }
    const channels = shape.at(isFirst ? -3 : -1)!;
    if (shape.length === 4 || channels <= mostChannels) return;
    warnOnce(
      `one image ${this.name}`,
      `${this.subject} takes inputs of shape ${showShape(shape)} as one image of ${channels} channels. ` +
        `If these are many images, give them their axis of channels: \`x.expandDims(${isFirst ? 1 : -1})\`.`,
    );
  }
}

/** A layer that changes images at random while training, each in its own way. */
export abstract class RandomImageLayer extends ImageLayer {
  declare readonly config: Config<() => RandomImageFields>;
  #stream: RandomStream | undefined;

  /** What becomes of images `[batch, height, width, channels]` while training. */
  abstract augment(images: Tensor): Tensor;

  override build(_inputShape: PartialShape) {
    this.#stream ??= new RandomStream(this.config.seed);
  }

  override transform(images: Tensor, { training = false }: CallContext): Tensor {
    const numbers = images.cast('float32');
    return training ? this.augment(numbers) : numbers;
  }

  /** A number from `low` to `high` for each image: `[batch, 1, 1, 1]`. */
  protected draw(images: Tensor, [low, high]: Range): Tensor {
    return this.#stream!.uniform([images.shape[0]!, 1, 1, 1])
      .mul(high - low)
      .add(low);
  }
}

/** The lowest and the highest value. */
export type Range = readonly [low: number, high: number];
/** A range, or one number for the range from its negative to it. */
export type Factor = number | Range;

/** The range that a factor stands for, from `least` on. */
export const rangeOf = (factor: Factor, least = Number.NEGATIVE_INFINITY): Range =>
  typeof factor === 'number'
    ? [Math.max(-Math.abs(factor), least), Math.abs(factor)]
    : [Math.min(...factor), Math.max(...factor)];

const isPair = (given: unknown): given is Range =>
  Array.isArray(given) && given.length === 2 && given.every(Number.isFinite);

/** A factor of numbers that a field takes, as it was given. */
export const factor = (share: Field<number>): Field<Factor> => ({
  expected: `${share.expected}, or the lowest and the highest in an array`,
  parse: (given) => {
    const shares = Array.isArray(given) && given.length === 2 ? given : [given as number];
    return shares.every((x) => share.parse(x) !== undefined) ? given : undefined;
  },
});

/** A factor as a range that begins in or before `[least, 1]` and ends in or after it, as Keras has it. */
export const factorRange = (least: number): Field<Factor, Range> => ({
  expected: `a number from ${least} to 1, or the lowest and the highest in an array`,
  parse: (given) => {
    if (isPair(given)) return given[0] > 1 || given[1] < least ? undefined : rangeOf(given);
    // What is no number may compare like one: `null >= 0`.
    return Number.isFinite(given) && given >= least && given <= 1 ? rangeOf(given, least) : undefined;
  },
});

/** The values that pixels have. */
export const valueRange = () => ({
  expected: 'the lowest and the highest value of a pixel in an array',
  fallback: [0, 255] as Range,
  parse: (given: Range) => (isPair(given) ? rangeOf(given) : undefined),
});

export interface ImageLayerClass<D extends Declaration>
  extends DeclaredClass<D, () => ImageFields, ImageLayer> {}
export interface RandomImageLayerClass<D extends Declaration>
  extends DeclaredClass<D, () => RandomImageFields, RandomImageLayer> {}

/** Declares a layer of images. The class that extends the result says what becomes of them in `transform`. */
export function imageLayer<D extends Declaration>(
  className: string,
  declare: D & Declares<D>,
): ImageLayerClass<D> {
  return declared(ImageLayer, className, declare, imageFields);
}

/** Declares a layer that changes images at random. The class that extends the result says how in `augment`. */
export function randomImageLayer<D extends Declaration>(
  className: string,
  declare: D & Declares<D>,
): RandomImageLayerClass<D> {
  return declared(RandomImageLayer, className, declare, randomImageFields);
}
