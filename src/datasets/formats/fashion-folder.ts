/** Fashion-MNIST, or MNIST, from a folder with its four files. */

import {
  fashionFiles,
  type LabelledImages,
  labelledImages,
  type NamedBytes,
} from '../../data/fashion-mnist.js';
import { isThere, readFile } from '../../data/files.js';

/**
 * Reads Fashion-MNIST, or MNIST, from a folder with the four published files, whole or as any part of them in the same
 * format; `.gz` or unpacked.
 *
 * Throws a DataError when a file cannot be read or there are not as many labels as pictures, a FormatError when a file
 * is of another kind or not whole.
 *
 * @example
 * const load = async () => {
 *   const { train } = await readFashionMnist('fashion-mnist');
 *   return [train.images.div(255).expandDims(-1), train.labels]; // [60000, 28, 28, 1] and [60000]
 * };
 */
export async function readFashionMnist(
  folder: string,
): Promise<Readonly<Record<keyof typeof fashionFiles, LabelledImages>>> {
  const part = async ({ images, labels }: Readonly<Record<keyof LabelledImages, string>>) =>
    labelledImages(await publishedFile(folder, images), await publishedFile(folder, labels));
  // One after the other, so that of several files that are missing always the same one is named.
  const train = await part(fashionFiles.train);
  return { train, test: await part(fashionFiles.test) };
}

/** A file by its published name, or unpacked without `.gz`. */
async function publishedFile(folder: string, name: string): Promise<NamedBytes> {
  const bare = name.replace(/\.gz$/, '');
  const place = folder.replace(/\/+$/, '');
  const isBare = !(await isThere(`${place}/${name}`)) && (await isThere(`${place}/${bare}`));
  const found = isBare ? bare : name;
  return { name: found, bytes: await readFile('readFashionMnist', `${place}/${found}`) };
}
