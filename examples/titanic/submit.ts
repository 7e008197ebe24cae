/** Predictions for passengers whose fate the file does not say. */

import { rename, rm, writeFile } from 'node:fs/promises';
import { dsvFormat } from 'd3-dsv';
import type { Surroundings } from '../../src/cli/surroundings.js';
import { count } from '../text.js';
import { fitFeatures } from './features.js';
import { probabilities, smallNetwork, type Training, trained } from './models.js';
import type { Passenger } from './passengers.js';

/** Trains on all of `known` and writes a line for each of `asked`. */
export async function submit(
  known: readonly Passenger[],
  asked: readonly Passenger[],
  file: string,
  training: Training,
  surroundings: Surroundings,
): Promise<void> {
  const features = fitFeatures(known);
  const train = { x: features.encode(known), y: known.map(({ survived }) => Number(survived)) };
  const { model } = await trained(smallNetwork, training, train, surroundings);
  const predicted = await probabilities(model, features.encode(asked));
  const rows = asked.map(({ id }, i) => [id, predicted[i]! > 0.5 ? '1' : '0']);
  await writeWhole(file, `${dsvFormat(',').formatRows([['PassengerId', 'Survived'], ...rows])}\n`);
  const survivors = rows.filter(([, survived]) => survived === '1').length;
  surroundings.write(`wrote ${file}: ${count(rows.length)} passengers, ${count(survivors)} of them survive`);
}

/** Under another name first, so that an interruption leaves the old file or the new one, never a half. */
async function writeWhole(file: string, text: string): Promise<void> {
  const unfinished = `${file}.${process.pid}.part`;
  try {
    await writeFile(unfinished, text);
    await rename(unfinished, file);
  } finally {
    await rm(unfinished, { force: true });
  }
}
