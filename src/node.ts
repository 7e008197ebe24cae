// Names for Node only, beside those of `myelin`.

import { access, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { problem } from './core/errors.js';
import { type CsvOptions, type CsvTable, parseCsv } from './data/csv.js';
import { fashionFiles, type LabelledImages, labelledImages, type NamedBytes } from './data/fashion-mnist.js';
import { parseIdx } from './data/idx.js';
import type { Tensor } from './tensor/tensor.js';

export { type CsvOptions, CsvRow, type CsvTable, parseCsv } from './data/csv.js';
export type { LabelledImages } from './data/fashion-mnist.js';
export { type Fold, type Split, type SplitOptions, splitRows, stratifiedFolds } from './data/split.js';

/**
 * Reads a table from a file of comma-separated text.
 *
 * Throws a DataError when the file cannot be read, lacks a column, or has a row of another length.
 *
 * @example
 * const load = () => readCsv('passengers.csv', { columns: ['Survived', 'Age'] });
 */
export async function readCsv(file: string, options: CsvOptions = {}): Promise<CsvTable> {
  const text = new TextDecoder().decode(await contents('readCsv', file));
  return parseCsv(text, { name: basename(file), ...options });
}

/**
 * Reads the array of an IDX file, the format of MNIST, compressed with gzip or not.
 *
 * Throws a DataError when the file cannot be read, a FormatError when it is no IDX file or not whole.
 *
 * @example
 * const load = () => readIdx('train-images-idx3-ubyte.gz'); // [60000, 28, 28], uint8
 */
export async function readIdx(file: string): Promise<Tensor> {
  return parseIdx(await contents('readIdx', file), { name: basename(file) });
}

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
  const isBare = !(await isThere(join(folder, name))) && (await isThere(join(folder, bare)));
  const found = isBare ? bare : name;
  return { name: found, bytes: await contents('readFashionMnist', join(folder, found)) };
}

const isThere = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

async function contents(subject: string, file: string): Promise<Uint8Array> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw problem('missing-file', {
      subject,
      expected: `a file that can be read at '${file}'`,
      received: error.code === 'ENOENT' ? 'no such file' : error.message,
    });
  });
}
