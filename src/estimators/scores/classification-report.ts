import { int } from '../../core/fields.js';
import { parseValue } from '../../core/schema.js';
import type { Labels } from '../labels.js';
import {
  type ClassificationOptions,
  type ClassScores,
  classificationScores,
} from './classification-scores.js';

export interface ClassificationReportOptions extends ClassificationOptions {
  /** Digits after the point. Default 2. */
  readonly digits?: number | undefined;
}

const columns = ['precision', 'recall', 'f1-score', 'support'];
const average = 'weighted avg';

/**
 * A table of precision, recall and F1 of each class as text, laid out as scikit-learn's `classification_report`.
 *
 * Inputs    labels, numbers or words, as many of both
 * Throws    DataError for different lengths and for no labels; ConfigError for names that do not fit the labels
 *
 * @example
 * console.log(classificationReport([0, 0, 1, 1], [0, 1, 1, 1], { classes: ['no', 'yes'] }));
 */
export function classificationReport(
  yTrue: Labels,
  yPred: Labels,
  options: ClassificationReportOptions = {},
): string {
  const { classes, accuracy, macroAverage, weightedAverage } = classificationScores(yTrue, yPred, options);
  const digits = parseValue('classificationReport digits', int({ min: 0, max: 15 }), options.digits ?? 2);
  const width = Math.max(average.length, digits, ...[...classes.keys()].map((name) => name.length));
  const line = (head: string, cells: readonly string[]) =>
    `${head.padStart(width)} ${cells.map((cell) => ` ${cell.padStart(9)}`).join('')}`;
  const row = (name: string, { precision, recall, f1Score, support }: ClassScores) =>
    line(name, [...[precision, recall, f1Score].map((score) => rounded(score, digits)), `${support}`]);
  return [
    line('', columns),
    '',
    ...[...classes].map(([name, scores]) => row(name, scores)),
    '',
    line('accuracy', ['', '', rounded(accuracy, digits), `${macroAverage.support}`]),
    row('macro avg', macroAverage),
    row(average, weightedAverage),
    '',
  ].join('\n');
}

/** As Python prints it: what lies in the middle, exactly, goes to the even digit. */
function rounded(value: number, digits: number): string {
  // Only a multiple of this power of two can lie there, and such a product is exact.
  const isDyadic = Number.isInteger(value * 2 ** (digits + 1));
  const scaled = value * 10 ** digits;
  if (!isDyadic || scaled % 1 !== 0.5) return value.toFixed(digits);
  const even = 2 * Math.round(scaled / 2);
  return (even / 10 ** digits).toFixed(digits);
}
