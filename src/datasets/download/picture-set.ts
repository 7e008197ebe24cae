/** Published sets of labelled pictures: from a folder, from what was kept of a download, or downloaded. */

import { fashionFiles } from '../../data/fashion-mnist.js';
import type { Tensor } from '../../tensor/tensor.js';
import { settingsOf } from '../options.js';
import { type Pause, storedFiles } from './cache.js';
import { filesIn } from './directory.js';
import { pause } from './download.js';
import { picturesOf } from './pictures.js';
import { type PictureSetOptions, type PublishedSet, pictureSetFields } from './published-set.js';

/** Labelled pictures to train on, and others to test with. */
export interface PictureSet {
  /** `[n, 28, 28]`, uint8, 0 to 255. */
  readonly x: Tensor;
  /** `[n]`, int32: positions in `classes`. */
  readonly y: Tensor;
  /** `[m, 28, 28]`, uint8, 0 to 255. */
  readonly xTest: Tensor;
  /** `[m]`, int32: positions in `classes`. */
  readonly yTest: Tensor;
  /** Names of the labels. */
  readonly classes: string[];
  /** Where the pictures come from, as a sentence without a full stop. */
  readonly source: string;
}

/** Loads a set. `waiting` is how it waits between two attempts. */
export async function pictureSet(
  set: PublishedSet,
  options: PictureSetOptions,
  waiting: Pause = pause,
): Promise<PictureSet> {
  const settings = settingsOf(set.name, pictureSetFields, options);
  settings.signal?.throwIfAborted();
  const found =
    settings.directory === null
      ? await storedFiles(set, settings, waiting)
      : await filesIn(settings.directory, set, settings.baseUrl);
  settings.signal?.throwIfAborted();
  const train = await picturesOf(set, found.files, fashionFiles.train);
  const test = await picturesOf(set, found.files, fashionFiles.test);
  const count = ({ images }: { readonly images: Tensor }) => images.shape[0]!.toLocaleString('en-US');
  return {
    x: train.images,
    y: train.labels,
    xTest: test.images,
    yTest: test.labels,
    classes: [...set.classes],
    source: `${set.title}, ${count(train)} training and ${count(test)} test pictures, ${found.origin}`,
  };
}
