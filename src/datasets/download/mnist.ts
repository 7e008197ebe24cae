/** MNIST. */

import { type PictureSet, pictureSet } from './picture-set.js';
import type { PictureSetOptions, PublishedSet } from './published-set.js';

// Hosts and checksums: torchvision's `MNIST` (first host) and TensorFlow Datasets' `mnist` (second); the original host of
// LeCun, Cortes and Burges no longer serves the files.
const published: PublishedSet = {
  name: 'mnist',
  title: 'MNIST',
  folder: 'mnist',
  hosts: [
    'https://ossci-datasets.s3.amazonaws.com/mnist',
    'https://storage.googleapis.com/cvdf-datasets/mnist',
  ],
  md5: {
    'train-images-idx3-ubyte.gz': 'f68b3c2dcbeaaa9fbdd348bbdeb94873',
    'train-labels-idx1-ubyte.gz': 'd53e105ee54ea40749a09fcbcd1e9432',
    't10k-images-idx3-ubyte.gz': '9fb629c4189551a2d022fa330f9573f3',
    't10k-labels-idx1-ubyte.gz': 'ec29112dd5afa0611ce80d1b7f02629c',
  },
  sizes: { train: 60_000, test: 10_000 },
  classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  standIn: 'drawnDigits()',
};

/**
 * MNIST: grey pictures of handwritten digits, 28 x 28; 60,000 to train on and 10,000 to test with. `x` `[60000, 28, 28]`,
 * uint8, 0 to 255, `y` `[60000]`, and `xTest`, `yTest`. They come from `directory`, where any part of the files may lie;
 * else from the cache; else they are downloaded (12 MB), checked and kept. `source` says which.
 *
 * Throws a DataError when the files cannot be had or kept, with all reasons, a FormatError when those in `directory` are
 * of another kind or not whole, the reason of `signal` when that is aborted, a ConfigError for an option that is unknown
 * or out of range.
 *
 * Source: LeCun, Cortes and Burges, the MNIST database.
 *
 * @example
 * const load = async () => {
 *   const { x, y, xTest, yTest } = await mnist({ directory: 'mnist' });
 *   return [x.div(255).expandDims(-1), y, xTest.div(255).expandDims(-1), yTest]; // [60000, 28, 28, 1], [60000] …
 * };
 */
export const mnist = (options: PictureSetOptions = {}): Promise<PictureSet> => pictureSet(published, options);
