/** `myelin example titanic`: the whole way from a table to a tested model. */

import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Options, readArguments, type Values } from '../../src/cli/arguments.js';
import type { Surroundings } from '../../src/cli/surroundings.js';
import { problem } from '../../src/core/errors.js';
import { everyoneAboard } from './aboard.js';
import { crossValidate } from './folds.js';
import { listedPassengers } from './listed.js';
import type { Training } from './models.js';
import { readPassengers } from './passengers.js';
import type { Population } from './population.js';
import { report } from './report.js';
import { submit } from './submit.js';

export const options = {
  data: {
    value: 'FILE.csv',
    doc: 'A passenger file, or a folder with titanic.csv. Default: everyone aboard.',
  },
  folds: { value: 'N', integer: { min: 2 }, doc: 'Cross-validate with N folds.' },
  submit: { value: 'TEST.csv', doc: 'Train on all of --data and predict the passengers of this file.' },
  out: { value: 'FILE.csv', doc: 'Where --submit writes. Default: submission.csv.' },
  seed: { value: 'N', integer: { min: 0 }, doc: 'Of the split, the weights and the dropout. Default: 0.' },
  epochs: { value: 'N', integer: { min: 1 }, doc: 'Passes over the training part. Default: 40.' },
} as const satisfies Options;

const command = 'myelin example titanic';

export async function run(words: readonly string[], surroundings: Surroundings): Promise<void> {
  const { values, positionals } = readArguments(command, words, options);
  checkTogether(values, positionals);
  const training: Training = { seed: values.seed ?? 0, epochs: values.epochs ?? 40 };
  if (values.data === undefined) return train(everyoneAboard(), values, training, surroundings);

  const { file, passengers: known } = await passengersOf(values.data, true);
  if (values.submit === undefined) {
    return train(listedPassengers(basename(file), known), values, training, surroundings);
  }
  const { passengers: asked } = await passengersOf(values.submit, false);
  return submit(known, asked, values.out ?? 'submission.csv', training, surroundings);
}

async function train<Person>(
  population: Population<Person>,
  { folds }: Values<typeof options>,
  training: Training,
  surroundings: Surroundings,
): Promise<void> {
  if (folds === undefined) return report(population, training, surroundings);
  await crossValidate(population, folds, training, surroundings);
}

function checkTogether(values: Values<typeof options>, positionals: readonly string[]): void {
  const wrong = (expected: string, received: string) =>
    problem('option-value', { subject: command, expected, received, fix: `See \`${command} --help\`.` });
  if (positionals.length > 0) throw wrong('options only', `'${positionals[0]}'`);
  if (values.submit !== undefined && values.data === undefined) throw wrong('--data with --submit', 'none');
  if (values.submit !== undefined && values.folds !== undefined) throw wrong('--folds or --submit', 'both');
  if (values.out !== undefined && values.submit === undefined) throw wrong('--submit with --out', 'none');
}

async function passengersOf(path: string, labelled: boolean) {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
  const file = isFolder ? join(path, 'titanic.csv') : path;
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw problem('missing-file', {
      subject: command,
      expected: `a file that can be read at '${file}'`,
      received: error.code === 'ENOENT' ? 'no such file' : error.message,
    });
  });
  return { file, passengers: readPassengers(text, basename(file), labelled) };
}
