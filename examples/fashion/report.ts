/** Training, and what came of it. */

import type { Surroundings } from '../../src/cli/surroundings.js';
import { fashionClasses } from '../../src/data/fashion-mnist.js';
import { setRandomSeed } from '../../src/index.js';
import { lineChart } from '../../src/plot/terminal.js';
import { count } from '../text.js';
import { compiledModel, type Network } from './networks.js';
import type { Pictures } from './pictures.js';
import { byKind, picturesAsText } from './show.js';

const batchSize = 32;

export interface Training {
  readonly seed: number;
  readonly epochs: number;
}

/** Prints the whole report; its last line is `test accuracy 0.81`. */
export async function report(
  network: Network,
  pictures: Pictures,
  training: Training,
  surroundings: Surroundings,
): Promise<void> {
  const { write, terminal } = surroundings;
  const { title, train, test } = pictures;
  const [known, asked] = [train, test].map(({ y }) => count(y.shape[0]!));
  write(`${title}: ${known} pictures to learn from, ${asked} to test. Three of them:\n`);
  write(`${picturesAsText(test.x.slice([0, 0, 0, 0], [3, 28, 28, 1]))}\n`);
  const { model, history } = await trained(network, pictures, training, surroundings);
  if (training.epochs > 1) write(`\n${lineChart({ loss: history.loss! }, terminal)}`);
  const predicted = Array.from((await model.predict(test.x, { verbose: 0 })).argmax(-1).data(), Number);
  const labels = Array.from(test.y.data(), Number);
  write(`\n${byKind(predicted, labels)}`);
  const said = predicted.slice(0, 3).map((label) => fashionClasses[label]);
  write(`\nThe three pictures above were taken for: ${said.join(', ')}.`);
  const { accuracy } = await model.evaluate(test.x, test.y, { verbose: 0 });
  write(`\ntest accuracy ${accuracy!.toFixed(2)}`);
}

/** Trains with as many seeds as asked for, from `seed` on; the last line is `mean test accuracy 0.82`. */
export async function meanOfSeeds(
  network: Network,
  pictures: Pictures,
  { seed, epochs }: Training,
  seeds: number,
  surroundings: Surroundings,
): Promise<void> {
  let sum = 0;
  for (let i = 0; i < seeds; i++) {
    const quiet = { ...surroundings, progress: false };
    const { model } = await trained(network, pictures, { seed: seed + i, epochs }, quiet);
    const { accuracy } = await model.evaluate(pictures.test.x, pictures.test.y, { verbose: 0 });
    sum += accuracy!;
    surroundings.write(`seed ${seed + i}  test accuracy ${accuracy!.toFixed(3)}`);
  }
  surroundings.write(`mean test accuracy ${(sum / seeds).toFixed(2)}`);
}

async function trained(
  network: Network,
  { train }: Pictures,
  { seed, epochs }: Training,
  { progress, signal }: Surroundings,
) {
  setRandomSeed(seed);
  const model = compiledModel(network, epochs * Math.ceil(train.y.size / batchSize));
  if (progress) model.summary();
  const { history } = await model.fit(train.x, train.y, {
    epochs,
    batchSize,
    verbose: progress ? 1 : 0,
    signal,
  });
  signal.throwIfAborted();
  return { model, history };
}
