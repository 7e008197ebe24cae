/** Fashion-MNIST: 28 x 28 grey pictures of clothes in ten kinds. Xiao, Rasul and Vollgraf 2017, MIT licence. */

import { problem } from '../core/errors.js';
import { showShape } from '../core/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { parseIdx } from './idx.js';

/** What the labels 0 to 9 stand for. */
export const fashionClasses = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
] as const;

/** The four files of the published set, by part. */
export const fashionFiles = {
  train: { images: 'train-images-idx3-ubyte.gz', labels: 'train-labels-idx1-ubyte.gz' },
  test: { images: 't10k-images-idx3-ubyte.gz', labels: 't10k-labels-idx1-ubyte.gz' },
} as const;

/** Pictures and what they show. */
export interface LabelledImages {
  /** `[n, height, width]`, uint8, 0 to 255. */
  readonly images: Tensor;
  /** `[n]`, uint8. */
  readonly labels: Tensor;
}

/** A file in memory. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Pictures and labels from two IDX files.
 *
 * Throws a FormatError for files of another kind, a DataError when there are not as many labels as pictures.
 */
export async function labelledImages(imageFile: NamedBytes, labelFile: NamedBytes): Promise<LabelledImages> {
  const images = await parseIdx(imageFile.bytes, imageFile);
  const labels = await parseIdx(labelFile.bytes, labelFile);
  checkAxes(images, 3, 'pictures: [n, height, width]', imageFile.name);
  checkAxes(labels, 1, 'labels: [n]', labelFile.name);
  if (images.shape[0] === labels.shape[0]) return { images, labels };
  throw problem('length-mismatch', {
    subject: labelFile.name,
    expected: `${images.shape[0]} labels, one for each picture of ${imageFile.name}`,
    received: `${labels.shape[0]}`,
    fix: 'Take both files from the same set.',
  });
}

function checkAxes({ rank, shape, dtype }: Tensor, axes: number, what: string, name: string): void {
  if (rank === axes && dtype === 'uint8') return;
  throw problem('file-format', {
    subject: name,
    expected: `bytes of ${what}`,
    received: `${dtype} of shape ${showShape(shape)}`,
    fix: 'Check that files of pictures and of labels were not exchanged.',
  });
}
