/** Sets from a folder of the user's. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseIdx } from '../../../src/data/idx.js';
import { fashionMnist, mnist } from '../../../src/datasets/index.js';
import { testData } from '../../examples/data.js';
import {
  emptyFolder,
  idx,
  packed,
  testImages,
  testLabels,
  trainImages,
  trainLabels,
  unpacked,
} from './host.js';

const real = testData('fashion-mnist-700');

/** A folder with the set, some files of which are others. */
function folder(changes: Readonly<Record<string, Uint8Array | string | undefined>> = {}): string {
  const directory = emptyFolder();
  for (const [file, bytes] of Object.entries({ ...Object.fromEntries(packed), ...changes }))
    if (bytes !== undefined) writeFileSync(join(directory, file), bytes);
  return directory;
}

describe.skipIf(!real)('real pictures', () => {
  test('are read from a folder with a part of the published set', async () => {
    const { x, y, xTest, yTest, classes, source } = await fashionMnist({ directory: real! });
    expect([x.shape, x.dtype, y.shape, y.dtype]).toEqual([[600, 28, 28], 'uint8', [600], 'int32']);
    expect([xTest.shape, xTest.dtype, yTest.shape, yTest.dtype]).toEqual([
      [100, 28, 28],
      'uint8',
      [100],
      'int32',
    ]);
    expect([classes[0], classes[9], classes.length]).toEqual(['T-shirt/top', 'Ankle boot', 10]);
    expect([y.min().item(), y.max().item()]).toEqual([0, 9]);
    expect(source).toBe(`Fashion-MNIST, 600 training and 100 test pictures, from the folder '${real}'`);
  });
});

describe('a folder', () => {
  test('may have its files packed or unpacked', async () => {
    const packedHalf = { [trainImages]: undefined, [testLabels]: undefined };
    const bare = [trainImages, testLabels].map((file) => [file.replace('.gz', ''), unpacked.get(file)!]);
    const directory = folder({ ...packedHalf, ...Object.fromEntries(bare) });
    const { x, y, xTest } = await mnist({ directory: `${directory}/` });
    expect([x.shape, xTest.shape, y.data()[12]]).toEqual([[60, 28, 28], [20, 28, 28], 2]);
    expect(Buffer.from(x.data() as Uint8Array).equals(unpacked.get(trainImages)!.subarray(16))).toBe(true);
  });

  test('of MNIST has digits for classes', async () => {
    const { classes, source } = await mnist({ directory: folder() });
    expect(classes).toEqual([...'0123456789']);
    expect(source).toMatch(/^MNIST, 60 training/);
  });

  test('without one of the files is told of, by the name of the first', async () => {
    const directory = folder({ [trainLabels]: undefined, [testLabels]: undefined });
    await expect(fashionMnist({ directory })).rejects.toMatchObject({
      name: 'DataError',
      code: 'missing-file',
      expected: `a file 'train-labels-idx1-ubyte.gz' or 'train-labels-idx1-ubyte' in the folder '${directory}'`,
      received: 'none',
      fix: expect.stringMatching(/leave out `directory` to download them, or take drawnFashion\(\)/),
    });
  });

  test('that is not there is told of', async () => {
    const directory = join(emptyFolder(), 'none');
    await expect(mnist({ directory })).rejects.toThrow('received no such folder');
    await expect(mnist({ directory })).rejects.toThrow('drawnDigits()');
  });

  test('with a folder in place of a file is told of', async () => {
    const directory = folder({ [testImages]: undefined });
    mkdirSync(join(directory, testImages));
    await expect(fashionMnist({ directory })).rejects.toThrow('EISDIR');
  });
});

describe('a file', () => {
  const half = packed.get(trainImages)!.subarray(0, 20_000);
  const longer = new Uint8Array([...unpacked.get(testLabels)!, 0]);

  test.each([
    [
      'with a wrong magic number',
      trainImages,
      Uint8Array.of(0, 0, 7, 3, 0, 0, 0, 1),
      'an IDX file, whose first four bytes',
    ],
    [
      'that is a page of HTML',
      trainImages,
      '<!doctype html>',
      'a page of HTML in its place is a failed download',
    ],
    ['that is half there', trainImages, half, 'a whole gzip file'],
    [
      'that is longer than it says',
      testLabels,
      longer,
      '28 bytes, as its header says: [20], received 29 bytes',
    ],
    [
      'with labels in place of pictures',
      testImages,
      packed.get(testLabels)!,
      'files of pictures and of labels were not exchanged',
    ],
    [
      'with larger pictures',
      testImages,
      idx([20, 32, 32], new Uint8Array(20 * 1024)),
      'pictures of shape [n, 28, 28], received [20, 32, 32]',
    ],
  ])('%s is no file of the set', async (_, file, bytes, message) => {
    const loading = fashionMnist({ directory: folder({ [file]: bytes }) });
    await expect(loading).rejects.toMatchObject({
      name: 'FormatError',
      message: expect.stringContaining(message),
    });
    await expect(loading).rejects.toThrow(file);
  });

  test('with too few labels, or one without a class, is told of', async () => {
    const few = fashionMnist({ directory: folder({ [testLabels]: idx([19], new Uint8Array(19)) }) });
    await expect(few).rejects.toThrow(`20 labels, one for each picture of ${testImages}, received 19`);
    const wrong = new Uint8Array(20);
    wrong[7] = 10;
    const other = fashionMnist({ directory: folder({ [testLabels]: idx([20], wrong) }) });
    await expect(other).rejects.toMatchObject({
      name: 'DataError',
      message: expect.stringContaining(
        `${testLabels} expected labels from 0 to 9, received 10 at position 7`,
      ),
    });
  });
});

test.each([
  [{ folder: 'x' }, "received 'folder'"],
  [{ directory: 7 }, 'fashionMnist directory expected a string'],
  [{ directory: 'x', baseUrl: 'https://x' }, 'either `directory` or `baseUrl`, received both'],
  [{ baseUrl: '/data/fashion' }, 'an address that begins with https:// or http://'],
  [{ baseUrl: 'file:///data' }, 'an address that begins with https:// or http://'],
  [{ timeout: 0 }, 'fashionMnist timeout expected'],
  [{ retries: -1 }, 'fashionMnist retries expected'],
  [{ signal: {} }, 'fashionMnist signal expected an AbortSignal'],
  [{ onProgress: 1 }, 'fashionMnist onProgress expected'],
  [{ cache: 1 }, 'fashionMnist cache expected'],
])('fashionMnist refuses %j', async (options, message) => {
  await expect(fashionMnist(options as never)).rejects.toMatchObject({
    name: 'ConfigError',
    message: expect.stringContaining(message),
  });
});

test('pictures are bytes of their own, not those of the file', async () => {
  const bytes = Buffer.from(unpacked.get(trainImages)!);
  const images = await parseIdx(bytes);
  bytes.fill(255);
  expect(images.values().constructor).toBe(Uint8Array);
  expect(images.values().slice(0, 50)).toEqual(unpacked.get(trainImages)!.slice(16, 66));
});
