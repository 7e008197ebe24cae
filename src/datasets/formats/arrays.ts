/** Arrays and pictures from files, addresses, Blobs or bytes. */

import { problem } from '../../core/errors.js';
import { show } from '../../core/text.js';
import { writeFile } from '../../data/files.js';
import { parseIdx } from '../../data/idx.js';
import { parseNpy } from '../../data/npy.js';
import { parseNpz } from '../../data/npz.js';
import { decodePng, encodePng } from '../../data/png.js';
import { type ByteSource, contentOf } from '../../data/sources.js';
import type { Tensor } from '../../tensor/tensor.js';

/**
 * Reads the array of an IDX file, the format of MNIST, compressed with gzip or not: from a path, an address, a File or
 * Blob, or bytes.
 *
 * Throws a DataError when the file cannot be read, a FormatError when it is no IDX file or not whole.
 *
 * @example
 * import { readIdx } from 'myelin/datasets';
 * const load = () => readIdx('train-images-idx3-ubyte.gz'); // [60000, 28, 28], uint8
 */
export async function readIdx(source: ByteSource): Promise<Tensor> {
  const { name, bytes } = await contentOf('readIdx', source, 'IDX');
  return parseIdx(bytes, { name });
}

/**
 * Reads the array of an npy file, numpy's format, versions 1.0 to 3.0, either order of bytes and of axes: from a path,
 * an address, a File or Blob, or bytes. Truth values become bool, `u1` uint8, other integers int32, floats float32
 * (float64 is rounded).
 *
 * Throws a DataError when the file cannot be read; a FormatError when it is no npy file, not whole, of another type
 * (complex, text, objects), or has an integer that int32, or a finite number that float32, does not hold. Source:
 * numpy.lib.format.
 *
 * @example
 * import { tensor } from 'myelin';
 * import { readNpy, writeNpy } from 'myelin/datasets';
 * const x = await readNpy(writeNpy(tensor([[1, 2, 3]])));
 * x.shape; // [1, 3]
 */
export async function readNpy(source: ByteSource): Promise<Tensor> {
  const { name, bytes } = await contentOf('readNpy', source, 'npy');
  return parseNpy(bytes, name);
}

/**
 * Reads all arrays of an npz file, as `numpy.savez` and `savez_compressed` write them, by name: from a path, an address,
 * a File or Blob, or bytes. Types as in `readNpy`.
 *
 * Throws a DataError when the file cannot be read, a FormatError when it is no zip archive, not whole, its sums do not
 * fit, or one of its files is no npy file that `readNpy` takes.
 *
 * @example
 * import { tensor } from 'myelin';
 * import { readNpz, writeNpz } from 'myelin/datasets';
 * const { x } = await readNpz(writeNpz({ x: tensor([1, 2, 3]) }));
 * x?.toArray(); // [1, 2, 3]
 */
export async function readNpz(source: ByteSource): Promise<Record<string, Tensor>> {
  const { name, bytes } = await contentOf('readNpz', source, 'npz');
  return parseNpz(bytes, name);
}

/**
 * Reads the picture of a PNG, as `decodePng` gives it: from a path, an address, a File or Blob, or bytes.
 *
 * Throws a DataError when the file cannot be read, a FormatError when it is no PNG or not whole.
 *
 * @example
 * import { readPng } from 'myelin/datasets';
 * const load = () => readPng('shoe.png'); // [28, 28], uint8
 */
export async function readPng(source: ByteSource): Promise<Tensor> {
  const { name, bytes } = await contentOf('readPng', source, 'PNG');
  return decodePng(bytes, name);
}

/**
 * Writes a picture, uint8 of shape `[height, width]` or `[height, width, channels]`, to a PNG file, whole or not at all.
 *
 * Throws as `encodePng` does for what is no picture, a DataError when the file cannot be written, or there are no files:
 * in a page.
 *
 * @example
 * import { drawnDigits, writePng } from 'myelin/datasets';
 * const save = () => writePng('digit.png', drawnDigits({ nSamples: 1 }).x.gather(0));
 */
export async function writePng(path: string, image: Tensor): Promise<void> {
  if (typeof path !== 'string') {
    throw problem('argument-value', {
      subject: 'writePng',
      expected: 'a path first, then the picture',
      received: show(path),
      fix: "Write `writePng('picture.png', image)`.",
    });
  }
  await writeFile('writePng', path, encodePng(image));
}
