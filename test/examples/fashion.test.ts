import { describe, expect, test } from 'vitest';
import * as cnn from '../../examples/fashion/cnn.js';
import * as mlp from '../../examples/fashion/mlp.js';
import { drawnPictures } from '../../examples/fashion/pictures.js';
import { byKind, picturesAsText } from '../../examples/fashion/show.js';
import type { Example } from '../../src/cli/examples.js';
import { tensor } from '../../src/index.js';
import { testData } from './data.js';

/** The lines that an example prints. */
async function linesOf(example: Example, words: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  await example.run(words, {
    write: (text) => lines.push(...text.split('\n')),
    terminal: { width: 80, colour: false, unicode: true },
    signal: new AbortController().signal,
    progress: false,
  });
  return lines;
}

const accuracyIn = (line: string | undefined) =>
  Number(/test accuracy (0\.\d+|1\.00)$/.exec(line ?? '')?.[1]);

describe('without data', () => {
  test('says what to download and where to put it, and that it draws', async () => {
    const lines = await linesOf(mlp, ['--epochs', '2']);
    expect(lines.filter((line) => /-ubyte\.gz$/.test(line))).toHaveLength(4);
    expect(lines).toContain('and give the folder: npx myelin example fashion-mlp --data FOLDER');
    expect(lines.some((line) => line.startsWith('Drawn silhouettes (not Fashion-MNIST): 600'))).toBe(true);
    expect(accuracyIn(lines.at(-1))).toBeGreaterThan(0.5);
  });

  test('draws the same pictures each time, no two of them equal, as many of each kind', () => {
    const [first, again] = [drawnPictures(), drawnPictures()];
    expect(first.train.x.shape).toEqual([600, 28, 28, 1]);
    expect(again.train.x.data()).toEqual(first.train.x.data());
    const pictures = Array.from({ length: 600 }, (_, i) =>
      first.train.x
        .data()
        .slice(784 * i, 784 * (i + 1))
        .join(),
    );
    expect(new Set(pictures).size).toBe(600);
    expect(first.train.y.data().filter((label) => label === 3)).toHaveLength(60);
    const { x } = first.train;
    expect([x.min().item(), Number(x.max().item()) <= 1]).toEqual([0, true]);
  });
});

describe('with Fashion-MNIST', () => {
  const folder = testData('fashion-mnist-700');

  test.skipIf(!folder)('the dense network learns it, seed by seed', async () => {
    const lines = await linesOf(mlp, ['--data', folder!, '--epochs', '25', '--seeds', '2']);
    expect(lines.slice(0, 2).map((line) => line.slice(0, 6))).toEqual(['seed 0', 'seed 1']);
    expect(accuracyIn(lines.at(-1))).toBeGreaterThanOrEqual(0.79);
  });

  test.skipIf(!folder)('the convolutional network trains on it', async () => {
    const lines = await linesOf(cnn, ['--data', folder!, '--epochs', '5']);
    expect(lines.some((line) => /^kind +pictures {2}right {2}else mostly$/.test(line))).toBe(true);
    expect(accuracyIn(lines.at(-1))).toBeGreaterThan(0.6);
  });

  test('a folder without the files is named', async () => {
    await expect(linesOf(cnn, ['--data', 'nowhere'])).rejects.toThrow(/train-images-idx3-ubyte.gz/);
  });
});

test('pictures are side by side, the brightest pixels the densest characters', () => {
  const x = tensor([0, 0, 1, 0.5, 1, 1, 0, 0], { shape: [2, 2, 2, 1] });
  expect(picturesAsText(x)).toBe('    @@');
});

test('the table counts each kind, and what it was taken for most often', () => {
  const lines = byKind([0, 6, 6, 2], [0, 0, 0, 2]).split('\n');
  expect(lines[1]).toMatch(/T-shirt\/top +3 +1 +Shirt$/);
  expect(lines[3]).toMatch(/Pullover +1 +1$/);
});
