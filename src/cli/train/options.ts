/** What `myelin train` can be told. */

import { problem } from '../../core/errors.js';
import { list, show } from '../../core/text.js';
import { type Options, readArguments } from '../arguments.js';
import type { Task } from './target.js';

const tasks: readonly Task[] = ['classes', 'number'];
const defaults = { out: 'predictions.csv', report: 'report.html', seed: 0, epochs: 150 } as const;

export const trainOptions = {
  target: { value: 'COLUMN', short: 't', doc: 'What is to be predicted.' },
  test: { value: 'FILE.csv', doc: 'Rows to predict, by networks trained on all of the table.' },
  out: { value: 'FILE.csv', doc: `Where predictions are written. Default: ${defaults.out}.` },
  report: {
    value: 'FILE.html',
    doc: `Where the report is written. Default: ${defaults.report} beside --out.`,
  },
  keep: { value: 'COLUMNS', doc: 'Columns to use though they would be left out, with commas between.' },
  drop: { value: 'COLUMNS', doc: 'Columns to leave out.' },
  text: { value: 'COLUMNS', doc: 'Columns to read as text though they look like numbers.' },
  missing: { value: 'WORDS', doc: 'Words that stand for no value, beside NA, N/A, NaN, null and ?.' },
  task: { value: tasks.join('|'), doc: 'Whether the target is a class or a number. Default: found out.' },
  folds: {
    value: 'N',
    integer: { min: 2 },
    doc: 'Score over N folds. Default: 5; a fifth held back from 5,000 rows on.',
  },
  epochs: { value: 'N', integer: { min: 1 }, doc: `Most passes over the rows. Default: ${defaults.epochs}.` },
  seed: {
    value: 'N',
    integer: { min: 0, max: 2 ** 32 },
    doc: `Of all that is drawn at random. Default: ${defaults.seed}.`,
  },
} as const satisfies Options;

export interface TrainSettings {
  readonly data: string;
  readonly target: string;
  readonly test?: string | undefined;
  readonly out: string;
  readonly report?: string | undefined;
  readonly keep: readonly string[];
  readonly drop: readonly string[];
  readonly text: readonly string[];
  readonly missing: readonly string[];
  readonly task?: Task | undefined;
  readonly folds?: number | undefined;
  readonly epochs: number;
  readonly seed: number;
}

export const command = 'myelin train';

/** Throws a ConfigError for words that the command does not take, and without a file or a target. */
export function trainSettings(words: readonly string[]): TrainSettings {
  const { values, positionals } = readArguments(command, words, trainOptions);
  const [data, ...rest] = positionals;
  if (data === undefined) throw wanting('a table: FILE.csv', 'no file');
  if (rest.length > 0) throw wanting('one table', `${list([data, ...rest]).replace(' or ', ' and ')}`);
  if (values.target === undefined) throw wanting('--target COLUMN, which column to predict', 'none');
  const task = tasks.find((name) => name === values.task);
  if (values.task !== undefined && !task) throw wanting(`--task to be ${list(tasks)}`, show(values.task));
  return {
    ...defaults,
    ...values,
    report: values.report,
    data,
    target: values.target,
    task,
    keep: listed(values.keep),
    drop: listed(values.drop),
    text: listed(values.text),
    missing: listed(values.missing),
  };
}

export const reportName = defaults.report;

const listed = (words = '') =>
  words
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

const wanting = (expected: string, received: string) =>
  problem('option-value', {
    subject: command,
    expected,
    received,
    fix: 'Write `myelin train data.csv --target survived`; `myelin train --help` lists the rest.',
  });
