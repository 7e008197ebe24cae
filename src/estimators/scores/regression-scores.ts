/** How far predicted numbers are from true ones. */

import { problem } from '../../core/errors.js';
import { checkNoMore } from '../../core/option-names.js';
import { showShape } from '../../core/shape.js';
import type { Numbers } from '../../models/data-adapter.js';
import { type Matrix, targetsOf } from '../matrix.js';

/** Both kinds of numbers of the same samples; `[n]` and `[n, 1]` are the same. */
function pairsOf(subject: string, yTrue: Numbers, yPred: Numbers): readonly [Matrix, Matrix] {
  return alike(subject, targetsOf(`${subject} yTrue`, yTrue), targetsOf(`${subject} yPred`, yPred));
}

function alike(subject: string, first: Matrix, second: Matrix): readonly [Matrix, Matrix] {
  if (first.rows === second.rows && first.columns === second.columns) return [first, second];
  throw problem('length-mismatch', {
    subject,
    expected: `predictions of shape ${showShape([first.rows, first.columns])}, as yTrue`,
    received: showShape([second.rows, second.columns]),
  });
}

const meanOf = (values: Float64Array): number => values.reduce((sum, x) => sum + x, 0) / values.length;

/**
 * `mean |yTrue - yPred|`.
 *
 * Inputs    `[n]` or `[n, targets]`, finite, both of one shape
 * Throws    DataError for other lengths and for no numbers
 *
 * @example
 * meanAbsoluteError([1, 2, 3], [1, 3, 5]); // 1
 */
export function meanAbsoluteError(yTrue: Numbers, yPred: Numbers, ...more: []): number {
  checkNoMore('meanAbsoluteError', more);
  const [truth, predicted] = pairsOf('meanAbsoluteError', yTrue, yPred);
  return meanOf(truth.values.map((y, i) => Math.abs(y - predicted.values[i]!)));
}

/**
 * `mean (yTrue - yPred)²`.
 *
 * Inputs    `[n]` or `[n, targets]`, finite, both of one shape
 * Throws    DataError for other lengths and for no numbers
 *
 * @example
 * meanSquaredError([1, 2, 3], [1, 3, 5]); // 1.6667
 */
export function meanSquaredError(yTrue: Numbers, yPred: Numbers, ...more: []): number {
  checkNoMore('meanSquaredError', more);
  const [truth, predicted] = pairsOf('meanSquaredError', yTrue, yPred);
  return meanOf(truth.values.map((y, i) => (y - predicted.values[i]!) ** 2));
}

/**
 * `1 - Σ(yTrue - yPred)² / Σ(yTrue - mean)²`, the mean over targets: 1 is best, 0 as good as the mean of `yTrue`. Where all of
 * `yTrue` are the same it is 1 if the predictions are right and else 0.
 *
 * Inputs    `[n]` or `[n, targets]`, finite, both of one shape, of two samples or more
 * Throws    DataError for other lengths and for less than two samples
 *
 * Source: scikit-learn's `r2_score`.
 *
 * @example
 * r2Score([1, 2, 3], [1, 2, 4]); // 0.5
 */
export function r2Score(yTrue: Numbers, yPred: Numbers, ...more: []): number {
  checkNoMore('r2Score', more);
  return r2Of('r2Score', targetsOf('r2Score yTrue', yTrue), targetsOf('r2Score yPred', yPred));
}

/** `r2Score` of what has been checked: predictions are float64, as no tensor would hold them. */
export function r2Of(subject: string, yTrue: Matrix, yPred: Matrix): number {
  const [truth, predicted] = alike(subject, yTrue, yPred);
  const { rows, columns } = truth;
  if (rows < 2) {
    const expected = 'two samples or more, as one has no variance';
    throw problem('empty-data', { subject, expected, received: `${rows}` });
  }
  const scores = Float64Array.from({ length: columns }, (_, target) => {
    const column = ({ values }: Matrix) => values.filter((_, at) => at % columns === target);
    const [y, guess] = [column(truth), column(predicted)];
    const mean = meanOf(y);
    const left = y.reduce((sum, value, i) => sum + (value - guess[i]!) ** 2, 0);
    const all = y.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return all === 0 ? Number(left === 0) : 1 - left / all;
  });
  return meanOf(scores);
}
