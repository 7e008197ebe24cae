import { problem } from '../../core/errors.js';
import { listOf, maybe, text } from '../../core/fields.js';
import type { Options } from '../../core/settings.js';
import { numberLabel, shareLabel } from '../axes/labels.js';
import type { Cells, ChartPanel } from '../description.js';
import type { Plot } from '../plot.js';
import { settingsOf } from '../settings.js';
import { chartPlot, titleField } from './settings.js';
import { checkCount, type Rows, rowsFrom } from './values.js';

const fields = () => ({
  ...titleField(),
  /** What the classes are called. Default: their numbers, from 0. */
  classes: maybe(listOf(text())),
});

export interface ConfusionOptions extends Options<ReturnType<typeof fields>> {}

/** A matrix of more classes has a scale of colours; the counts in the cells would be too small. */
const mostLabels = 20;

/**
 * Which classes are taken for which: row i, column j counts the samples of class i that were predicted as j. A note gives the
 * share on the diagonal, the accuracy.
 *
 * `matrix` is `[classes, classes]`, as `confusionMatrix` gives it.
 *
 * Throws a ShapeError for a matrix that is not square, a DataError for names that are not one for each class and for counts that
 * are negative or not finite.
 *
 * @example
 * import { plotConfusion } from 'myelin/plot';
 * const plot = plotConfusion([[50, 2], [5, 43]], { classes: ['healthy', 'ill'] });
 * plot.picture.notes; // ['93 of 100 are right: accuracy 0.93.']
 */
export function plotConfusion(matrix: Rows, options: ConfusionOptions = {}): Plot {
  const settings = settingsOf("plotConfusion(matrix, { classes: ['no', 'yes'] })", fields(), options);
  const values = rowsFrom('plotConfusion matrix', matrix).map((row) => Array.from(row));
  const count = values.length;
  checkMatrix(values);
  const names = settings.classes ?? values.map((_, i) => String(i));
  checkCount('plotConfusion classes', count, names.length, 'class');
  const cells: Cells = {
    kind: 'cells',
    values,
    x: [-0.5, count - 0.5],
    y: [-0.5, count - 0.5],
    palette: 'sequential',
    domain: [0, Math.max(1, ...values.flat())],
    ...(count <= mostLabels
      ? { labels: values.map((row) => row.map((value) => numberLabel(value))) }
      : { name: 'count' }),
  };
  const panel: ChartPanel = {
    kind: 'chart',
    x: { label: 'predicted class', scale: 'band', categories: names },
    y: { label: 'true class', scale: 'band', categories: names, reversed: true },
    marks: [cells],
    equal: true,
  };
  const all = values.flat().reduce((sum, value) => sum + value, 0);
  const right = values.reduce((sum, row, i) => sum + row[i]!, 0);
  const notes = [
    all > 0
      ? `${right} of ${all} are right: accuracy ${shareLabel(right / all)}.`
      : 'The matrix counts no samples.',
  ];
  return chartPlot([panel], { title: settings.title, notes });
}

function checkMatrix(values: readonly (readonly number[])[]): void {
  if (values[0]!.length !== values.length)
    throw problem('shape-mismatch', {
      subject: 'plotConfusion matrix',
      expected: 'as many columns as rows, [classes, classes]',
      received: `[${values.length}, ${values[0]!.length}]`,
    });
  const bad = values.flat().find((value) => !(Number.isFinite(value) && value >= 0));
  if (bad !== undefined)
    throw problem('argument-value', {
      subject: 'plotConfusion matrix',
      expected: 'counts, finite and not below 0',
      received: String(bad),
    });
}
