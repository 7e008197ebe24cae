import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { labelledImages } from '../../src/data/fashion-mnist.js';
import { readFashionMnist, readIdx, writeIdx } from '../../src/datasets/index.js';
import { DataError, FormatError, full, parseIdx, tensor } from '../../src/index.js';
import { testData } from '../examples/data.js';

/** A file: type byte, sizes of axes, then the values as they are stored. */
function idx(type: number, shape: readonly number[], values: Uint8Array): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 + 4 * shape.length));
  header.setUint8(2, type);
  header.setUint8(3, shape.length);
  for (const [d, size] of shape.entries()) header.setUint32(4 + 4 * d, size);
  return Uint8Array.from([...new Uint8Array(header.buffer), ...values]);
}

/** Values in the byte order of the format. */
function bigEndian(
  bytes: number,
  values: readonly number[],
  set: (view: DataView, at: number, value: number) => void,
) {
  const view = new DataView(new ArrayBuffer(bytes * values.length));
  for (const [i, value] of values.entries()) set(view, i * bytes, value);
  return new Uint8Array(view.buffer);
}

const labels = idx(8, [3], Uint8Array.of(7, 0, 255));

describe('parseIdx', () => {
  test.each([
    ['bytes', 'uint8', 8, Uint8Array.of(0, 200), [0, 200]],
    ['signed bytes', 'int32', 9, Uint8Array.of(255, 127), [-1, 127]],
    ['shorts', 'int32', 11, bigEndian(2, [-300, 300], (v, at, x) => v.setInt16(at, x)), [-300, 300]],
    [
      'integers',
      'int32',
      12,
      bigEndian(4, [-(2 ** 31), 5], (v, at, x) => v.setInt32(at, x)),
      [-(2 ** 31), 5],
    ],
    ['floats', 'float32', 13, bigEndian(4, [0.5, -2], (v, at, x) => v.setFloat32(at, x)), [0.5, -2]],
    ['doubles', 'float32', 14, bigEndian(8, [0.25, 3], (v, at, x) => v.setFloat64(at, x)), [0.25, 3]],
  ] as const)('reads %s as %s', async (_, dtype, type, values, expected) => {
    const array = await parseIdx(idx(type, [2], values));
    expect([array.dtype, array.toArray()]).toEqual([dtype, expected]);
  });

  test('reads any number of axes, packed by gzip or not, from a part of a buffer too', async () => {
    const file = idx(8, [2, 1, 3], Uint8Array.of(1, 2, 3, 4, 5, 6));
    const inside = Uint8Array.of(9, 9, ...file).subarray(2);
    for (const bytes of [file, file.slice().buffer, inside, new Uint8Array(gzipSync(file))]) {
      expect((await parseIdx(bytes)).toArray()).toEqual([[[1, 2, 3]], [[4, 5, 6]]]);
    }
  });

  test.each([
    ['a page of HTML', new TextEncoder().encode('<!doctype html>'), 'file-format'],
    ['an unknown type of number', idx(10, [1], Uint8Array.of(1)), 'file-format'],
    ['nothing', new Uint8Array(0), 'file-format'],
    ['half a header', labels.subarray(0, 6), 'file-incomplete'],
    ['half a file', labels.subarray(0, 9), 'file-incomplete'],
    ['more than the header says', Uint8Array.of(...labels, 0), 'file-incomplete'],
    ['half a gzip file', new Uint8Array(gzipSync(labels)).subarray(0, 20), 'file-incomplete'],
  ])('refuses %s', async (_, bytes, code) => {
    const error = await parseIdx(bytes, { name: 'labels.gz' }).catch((reason) => reason);
    expect(error).toBeInstanceOf(FormatError);
    expect(error).toMatchObject({ code, subject: 'labels.gz' });
  });
});

describe('writeIdx', () => {
  test.each([
    tensor([[7, 0, 255]], { dtype: 'uint8' }),
    tensor([-(2 ** 31), 5], { dtype: 'int32' }),
    tensor([[[0.5], [Number.NaN]]]),
    full([0, 28, 28], 0),
    full([], 3),
  ])('what is written is read back, type and shape: %#', async (array) => {
    const again = await readIdx(writeIdx(array));
    expect([again.dtype, again.shape]).toEqual([array.dtype, array.shape]);
    expect([...again.data()]).toEqual([...array.data()]);
  });

  test('the bytes are those of the format', () => {
    expect(writeIdx(tensor([7, 0, 255], { dtype: 'uint8' }))).toEqual(labels);
  });

  test('refuses truth values, which the format has not', () => {
    expect(() => writeIdx(tensor([true]))).toThrow(
      /received bool with 1.\n {2}fix {4}Write `.cast\('uint8'\)`/,
    );
  });
});

describe('labelledImages', () => {
  const file = (name: string, bytes: Uint8Array) => ({ name, bytes });
  const images = idx(8, [3, 1, 1], Uint8Array.of(1, 2, 3));

  test('refuses as many labels as there are not pictures', async () => {
    const short = idx(8, [2], Uint8Array.of(1, 2));
    const error = await labelledImages(file('images.gz', images), file('labels.gz', short)).catch(
      (reason) => reason,
    );
    expect(error).toBeInstanceOf(DataError);
    expect(error.message).toMatch(
      /labels.gz expected 3 labels, one for each picture of images.gz, received 2/,
    );
  });

  test('notices files that were exchanged', async () => {
    const error = await labelledImages(file('images.gz', labels), file('labels.gz', images)).catch(
      (reason) => reason,
    );
    expect(error.message).toMatch(
      /images.gz expected bytes of pictures: \[n, height, width\], received uint8/,
    );
  });
});

describe('files', () => {
  const folder = testData('fashion-mnist-700');

  test.skipIf(!folder)('readFashionMnist reads the published files', async () => {
    const { train, test: tested } = await readFashionMnist(folder!);
    expect([train.images.shape, train.labels.shape]).toEqual([[600, 28, 28], [600]]);
    expect([tested.images.shape, tested.labels.shape]).toEqual([[100, 28, 28], [100]]);
    expect(train.images.dtype).toBe('uint8');
    expect(new Set(train.labels.data()).size).toBe(10);
  });

  test('unpacked files are read too, and are the ones that messages name', async () => {
    const place = mkdtempSync(join(tmpdir(), 'myelin-'));
    const images = idx(8, [2, 1, 1], Uint8Array.of(1, 2));
    for (const part of ['train', 't10k']) {
      writeFileSync(join(place, `${part}-images-idx3-ubyte`), images);
      writeFileSync(join(place, `${part}-labels-idx1-ubyte`), idx(8, [2], Uint8Array.of(3, 4)));
    }
    expect((await readFashionMnist(place)).test.labels.toArray()).toEqual([3, 4]);
    writeFileSync(join(place, 't10k-labels-idx1-ubyte'), images);
    await expect(readFashionMnist(place)).rejects.toThrow(/^t10k-labels-idx1-ubyte expected bytes of labels/);
  });

  test('a file that is not there is named', async () => {
    await expect(readIdx('no-such.gz')).rejects.toThrow("a file that can be read at 'no-such.gz'");
    await expect(readFashionMnist('nowhere')).rejects.toThrow(/nowhere/);
  });
});

test('what is no tensor is not written', () => {
  expect(() => writeIdx([1, 2] as never)).toThrow(expect.objectContaining({ code: 'argument-value' }));
});
