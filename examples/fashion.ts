/** What both lessons on Fashion-MNIST share: where the pictures come from, and how a network is judged. */

import { DataError, type Sequential, type Tensor } from 'myelin';
import { drawnFashion, fashionMnist } from 'myelin/datasets';
import { classificationReport } from 'myelin/estimators';
import { type Plot, plotImages } from 'myelin/plot';
import { type Pictures, scaled } from './pictures.js';

export interface Clothes {
  /** Says which pictures these are. */
  readonly source: string;
  readonly classes: readonly string[];
  readonly train: Pictures;
  readonly test: Pictures;
}

/** The real pictures of a folder, or the whole set when an earlier download left it in the cache; else drawn ones. */
export async function clothes(directory: string | undefined, small: boolean, seed: number): Promise<Clothes> {
  const real = directory === undefined ? await cached() : await fashionMnist({ directory });
  if (real) {
    const { x, y, xTest, yTest, classes, source } = real;
    return { source, classes, train: scaled({ x, y }), test: scaled({ x: xTest, y: yTest }) };
  }
  const train = drawnFashion({ nSamples: small ? 600 : 3000, seed });
  const test = drawnFashion({ nSamples: small ? 200 : 1000, seed: seed + 1 });
  const source = [
    `${train.x.shape[0]} drawn silhouettes, not Fashion-MNIST: that has 70,000 photographs of clothes (30 MB, MIT licence).`,
    '`await fashionMnist()` of myelin/datasets downloads it; `--data DIR` reads it, or a part of it, from a folder.',
  ].join('\n');
  return { source, classes: train.classes, train: scaled(train), test: scaled(test) };
}

const cached = () =>
  fashionMnist({ download: false }).catch((error: unknown) => {
    if (error instanceof DataError && error.code === 'missing-file') return undefined;
    throw error;
  });

/** Of each class: precision, recall and their mean; and the first test pictures under what the network says. */
export async function judged(
  model: Sequential,
  { test: { x, y }, classes }: Clothes,
): Promise<{ accuracy: number; report: string; guesses: Plot }> {
  const probabilities = await model.predict(x, { verbose: 0 });
  const predicted = probabilities.argmax(-1);
  const { accuracy } = await model.evaluate(x, y, { verbose: 0 });
  return {
    accuracy: accuracy!,
    report: classificationReport(y, predicted, { classes }),
    guesses: guesses(x, y, probabilities, classes),
  };
}

function guesses(x: Tensor, y: Tensor, probabilities: Tensor, classes: readonly string[]): Plot {
  const shown = 24;
  const labels = y.data().slice(0, shown);
  const rows = (probabilities.toArray() as number[][]).slice(0, shown);
  const said = rows.map((row) => row.indexOf(Math.max(...row)));
  return plotImages(x.slice([0, 0, 0, 0], [rows.length, 28, 28, 1]), {
    title: 'What it says, how sure it is, and whether that is right',
    captions: said.map((label, i) => `${classes[label]} ${(100 * rows[i]![label]!).toFixed(0)}%`),
    verdicts: said.map((label, i) => (label === labels[i] ? 'right' : 'wrong')),
    columns: 6,
  });
}
