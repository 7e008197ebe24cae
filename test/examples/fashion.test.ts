import { afterEach, describe, expect, test, vi } from 'vitest';
import * as cnn from '../../examples/fashion-cnn.js';
import * as mlp from '../../examples/fashion-mlp.js';
import { testData } from './data.js';
import { linesOf } from './lines.js';

const accuracyIn = (line: string | undefined) =>
  Number(/test accuracy (0\.\d+|1\.00)$/.exec(line ?? '')?.[1]);

afterEach(() => void vi.unstubAllEnvs());

test('without data it says that its pictures are drawn, and how to get the real ones', async () => {
  vi.stubEnv('MYELIN_CACHE_DIR', '/nowhere');
  const lines = await linesOf(mlp, ['--small', '--epochs', '2']);
  expect(lines[0]).toMatch(/^600 drawn silhouettes, not Fashion-MNIST/);
  expect(lines[1]).toContain('`--data DIR`');
  expect(lines).toContain(
    'Classes: T-shirt/top, Trouser, Pullover, Dress, Coat, Sandal, Shirt, Sneaker, Bag, Ankle boot.',
  );
  expect(accuracyIn(lines.at(-1))).toBeGreaterThan(0.3);
});

describe('with Fashion-MNIST', () => {
  const folder = testData('fashion-mnist-700');

  test.skipIf(!folder)('the dense network learns it, seed by seed', async () => {
    const lines = await linesOf(mlp, ['--data', folder!, '--epochs', '25', '--seeds', '2']);
    expect(lines.slice(0, 2).map((line) => line.slice(0, 6))).toEqual(['seed 0', 'seed 1']);
    expect(accuracyIn(lines.at(-1))).toBeGreaterThanOrEqual(0.79);
  });

  test.skipIf(!folder)('the convolutional network trains on it, and reports each class', async () => {
    const lines = await linesOf(cnn, ['--data', folder!, '--epochs', '5']);
    expect(lines[0]).toMatch(/^Fashion-MNIST, 600 training and 100 test pictures, /);
    expect(lines.some((line) => /^ *Ankle boot +[01]\.\d\d +[01]\.\d\d/.test(line))).toBe(true);
    expect(accuracyIn(lines.at(-1))).toBeGreaterThan(0.6);
  });

  test('a folder without the files is named', async () => {
    await expect(linesOf(cnn, ['--data', 'nowhere'])).rejects.toThrow(/train-images-idx3-ubyte.gz/);
  });
});
