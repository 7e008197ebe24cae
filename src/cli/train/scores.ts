/** How good answers are, beside those that look at nothing. */

import { problem } from '../../core/errors.js';
import type { Table } from '../../data/table.js';
import { accuracyScore } from '../../estimators/scores/accuracy-score.js';
import { r2Score } from '../../estimators/scores/regression-scores.js';
import { mean, mostFrequent } from './numbers.js';
import { command } from './options.js';
import type { Target } from './target.js';

/** Answers to rows that were not trained on. */
export interface Answers {
  readonly rows: Int32Array;
  /** For each row the probability of each class, or the number. */
  readonly said: Float64Array;
}

/** The class of the highest probability, or the number, for each row. */
export function decided(said: Float64Array, classes: number): Float64Array {
  if (classes === 0) return said;
  return Float64Array.from({ length: said.length / classes }, (_, row) => {
    const chances = said.subarray(row * classes, (row + 1) * classes);
    return chances.indexOf(Math.max(...chances));
  });
}

/** What stands in the table for these rows. */
export const wantedOf = ({ values }: Target, rows: Int32Array): Float64Array =>
  Float64Array.from(rows, (row) => values[row]!);

/** What a job is measured by, 1 at best. */
export const measureName = ({ task }: Target): 'accuracy' | 'r2' => (task === 'classes' ? 'accuracy' : 'r2');

/** The share of right answers, or the share of the variance that is explained. */
export function measure(target: Target, { rows, said }: Answers): number {
  const score = target.task === 'classes' ? accuracyScore : r2Score;
  return score(wantedOf(target, rows), decided(said, target.classes.length));
}

/** The answers of what looks at nothing: the most frequent class of the rows to train on, or their mean. */
export function baseline(target: Target, train: Int32Array, rows: Int32Array): Answers {
  const known = wantedOf(target, train);
  const width = target.classes.length;
  if (width === 0) return { rows, said: new Float64Array(rows.length).fill(mean(known)) };
  const said = new Float64Array(rows.length * width);
  const most = mostFrequent(known);
  for (let i = 0; i < rows.length; i++) said[i * width + most] = 1;
  return { rows, said };
}

/** Throws a ConfigError unless every fold gets two rows or more. */
export function checkFolds(folds: number, { name }: Table, { known }: Target): void {
  const most = Math.floor(known.length / 2);
  if (folds <= most) return;
  throw problem('option-value', {
    subject: command,
    expected: `--folds up to ${most}, so that each of the ${known.length} rows of ${name} has another beside it`,
    received: String(folds),
    fix: 'Leave --folds out: 5 are usual.',
  });
}
