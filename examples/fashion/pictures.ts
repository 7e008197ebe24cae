/** The pictures that an example learns from: a folder with the real ones, or drawn ones. */

import { fashionFiles } from '../../src/data/fashion-mnist.js';
import type { Tensor } from '../../src/index.js';
import { readFashionMnist } from '../../src/node.js';
import { drawSilhouettes } from './silhouettes.js';

export interface Part {
  /** `[n, 28, 28, 1]`, 0 to 1. */
  readonly x: Tensor;
  /** `[n]`, int32. */
  readonly y: Tensor;
}

export interface Pictures {
  readonly title: string;
  readonly train: Part;
  readonly test: Part;
}

const part = ({ images, labels }: { readonly images: Tensor; readonly labels: Tensor }): Part => ({
  x: images.cast('float32').div(255).expandDims(-1),
  y: labels.cast('int32'),
});

export async function realPictures(folder: string): Promise<Pictures> {
  const { train, test } = await readFashionMnist(folder);
  return { title: `Fashion-MNIST of ${folder}`, train: part(train), test: part(test) };
}

/** Always the same ones, so that runs can be compared. */
export const drawnPictures = (): Pictures => ({
  title: 'Drawn silhouettes (not Fashion-MNIST)',
  train: part(drawSilhouettes(600, 1)),
  test: part(drawSilhouettes(200, 2)),
});

/** What to do to learn from the real pictures. */
export const howToDownload = (name: string): string => {
  const files = Object.values(fashionFiles).flatMap(({ images, labels }) => [images, labels]);
  return [
    'No --data was given, so this runs on ten kinds of drawn silhouettes: a small stand-in, far easier than the real set.',
    'The real one is Fashion-MNIST: 70,000 photographs of clothes, 30 MB, MIT licence, from',
    'https://github.com/zalandoresearch/fashion-mnist. Put these four files into one folder, as they are:',
    ...files.map((file) => `  ${file}`),
    `and give the folder: npx myelin example ${name} --data FOLDER`,
  ].join('\n');
};
