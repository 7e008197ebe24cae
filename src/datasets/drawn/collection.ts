/** Sets of pictures: the options that they share, their labels, and the tensors that come out. */

import type { Fields } from '../../core/declaration.js';
import { int } from '../../core/fields.js';
import { keyOf, permutation, streamOf } from '../../core/random.js';
import type { Options, Settings } from '../../core/settings.js';
import type { Words } from '../../core/threefry.js';
import { tensor } from '../../tensor/create.js';
import type { Tensor } from '../../tensor/tensor.js';
import { checkSize } from '../options.js';
import { Chance } from './chance.js';
import { Picture } from './picture.js';

/** The options of all sets; `usual` is the size of those that do not say. */
export const drawnFields = (usual: number) =>
  ({
    /** How many pictures. Default 1000. */
    nSamples: int(1000, { min: 1 }),
    /** The same seed draws the same pictures. Default 0. */
    seed: int(0, { min: 0 }),
    /** Width and height in pixels, at least 16. */
    size: int(usual, { min: 16 }),
  }) satisfies Fields;

export interface DrawnOptions extends Options<ReturnType<typeof drawnFields>> {}

export interface DrawnPictures {
  /** `[n, size, size]` for grey pictures, `[n, size, size, 3]` for colour; uint8, 0 to 255. */
  readonly x: Tensor;
  /** `[n]`, int32: positions in `classes`. */
  readonly y: Tensor;
  /** Names of the labels. */
  readonly classes: string[];
}

/** A set, as its function describes it. */
export interface Collection {
  /** Of the function: `drawnDigits`. */
  readonly name: string;
  readonly classes: readonly string[];
  /** 1 for grey, 3 for colour. */
  readonly channels: 1 | 3;
  /** What each channel adds to a grey picture that is made of them. Without it the channels stay. */
  readonly mixed?: readonly number[];
  /** The labels of a block of pictures, before they are shuffled; the same number in each block. */
  labels(block: number): readonly number[];
  draw(picture: Picture, label: number, chance: Chance): void;
}

/** Picture `i` and its label follow from the seed and `i` alone: fewer pictures are the first of more. */
export function drawn(
  collection: Collection,
  { nSamples, seed, size }: Settings<ReturnType<typeof drawnFields>>,
): DrawnPictures {
  const { name, classes, channels, mixed } = collection;
  const inPixel = mixed ? 1 : channels;
  const length = size * size * inPixel;
  checkSize(name, nSamples * size * size * channels, 'nSamples and size');
  const key = keyOf(seed, streamOf(name));
  const labels = dealt(nSamples, collection.labels, keyOf(seed, streamOf(`${name} labels`)));
  const values = new Uint8ClampedArray(nSamples * length);
  for (const [i, label] of labels.entries()) {
    const picture = new Picture(size, channels);
    collection.draw(picture, label, new Chance(key, i));
    const shown = mixed ? picture.mixed(mixed) : picture.values;
    for (let at = 0; at < length; at++) values[i * length + at] = shown[at]! * 255;
  }
  const shape = [nSamples, size, size, ...(inPixel === 1 ? [] : [inPixel])];
  return { x: tensor(new Uint8Array(values.buffer), { shape }), y: tensor(labels), classes: [...classes] };
}

/** Each block of labels in an order of its own. */
function dealt(count: number, labels: Collection['labels'], key: Words): Int32Array {
  const all = new Int32Array(count);
  for (let [block, at] = [0, 0]; at < count; block++) {
    const some = labels(block);
    for (const place of permutation(some.length, key, block)) if (at < count) all[at++] = some[place]!;
  }
  return all;
}

/** Labels of which each comes once in a block. */
export const inTurn = (classes: readonly string[]) => {
  const labels = classes.map((_, label) => label);
  return (): readonly number[] => labels;
};

/** Labels 0 and 1 with `share` of ones: as near to it in every twenty pictures as whole numbers come. */
export function inShare(share: number): Collection['labels'] {
  const block = 20;
  return (number) => {
    const ones = Math.round((number + 1) * block * share) - Math.round(number * block * share);
    return Array.from({ length: block }, (_, i) => (i < ones ? 1 : 0));
  };
}
