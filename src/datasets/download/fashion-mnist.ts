/** Fashion-MNIST. */

import { fashionClasses } from '../../data/fashion-mnist.js';
import { type PictureSet, pictureSet } from './picture-set.js';
import type { PictureSetOptions, PublishedSet } from './published-set.js';

// Checksums: README of github.com/zalandoresearch/fashion-mnist, which names the second host and has the files itself.
const published: PublishedSet = {
  name: 'fashionMnist',
  title: 'Fashion-MNIST',
  folder: 'fashion-mnist',
  hosts: [
    'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion',
    'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com',
  ],
  md5: {
    'train-images-idx3-ubyte.gz': '8d4fb7e6c68d591d4c3dfef9ec88bf0d',
    'train-labels-idx1-ubyte.gz': '25c81989df183df01b3e8a0aad5dffbe',
    't10k-images-idx3-ubyte.gz': 'bef4ecab320f06d8554ea6380940ec79',
    't10k-labels-idx1-ubyte.gz': 'bb300cfdad3c16e7a12a480ee83cd310',
  },
  sizes: { train: 60_000, test: 10_000 },
  classes: fashionClasses,
  standIn: 'drawnFashion()',
};

/**
 * Fashion-MNIST: grey pictures of clothes, 28 x 28, in ten classes; 60,000 to train on and 10,000 to test with. `x`
 * `[60000, 28, 28]`, uint8, 0 to 255, `y` `[60000]`, and `xTest`, `yTest`. They come from `directory`, where any part of
 * the files may lie; else from the cache; else they are downloaded (30 MB), checked and kept. `source` says which.
 *
 * A download that was interrupted goes on where it ended. In a page served by https the files come from the first host,
 * or from your own by `baseUrl`.
 *
 * Throws a DataError when the files cannot be had or kept, with all reasons, a FormatError when those in `directory` are
 * of another kind or not whole, the reason of `signal` when that is aborted, a ConfigError for an option that is unknown
 * or out of range.
 *
 * Source: Xiao, Rasul and Vollgraf 2017, MIT licence.
 *
 * @example
 * const load = async () => {
 *   const { x, y, xTest, yTest, classes, source } = await fashionMnist({
 *     onProgress: ({ file, received, total = Number.NaN }) => console.log(file, received / total),
 *   });
 *   console.log(source, x.shape, classes[y.data()[0]!]);
 *   return [x.div(255), y, xTest.div(255), yTest];
 * };
 */
export const fashionMnist = (options: PictureSetOptions = {}): Promise<PictureSet> =>
  pictureSet(published, options);
