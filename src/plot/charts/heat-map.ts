import { listOf, maybe, text } from '../../core/fields.js';
import type { Options } from '../../core/settings.js';
import { numberLabel } from '../axes/labels.js';
import type { Cells, ChartPanel } from '../description.js';
import type { Plot } from '../plot.js';
import { settingsOf } from '../settings.js';
import { chartPlot, labelFields } from './settings.js';
import { checkCount, type Rows, rowsFrom } from './values.js';

const fields = () => ({
  ...labelFields(),
  /** What the rows are called. Default: their numbers, from 0. */
  rows: maybe(listOf(text())),
  /** What the columns are called. Default: their numbers, from 0. */
  columns: maybe(listOf(text())),
  /** What the values are, above the scale of colours. Default: `value`. */
  name: maybe(text()),
});

export interface HeatMapOptions extends Options<ReturnType<typeof fields>> {}

/** A matrix of more columns has no numbers in its cells, only colours. */
const mostLabels = 12;

/**
 * A matrix as colours, row 0 above, with a scale of what they mean. Values below and above 0 are blue and orange, others
 * go from light to dark (from dark to light on dark pages). Small matrices have their values in the cells. NaN and infinities leave a
 * gap and a note.
 *
 * Throws a DataError for an empty matrix and for names that are not one for each, a ShapeError for ragged rows.
 *
 * @example
 * import { plotHeatMap } from 'myelin/plot';
 * const plot = plotHeatMap([[1, 0.4], [0.4, 1]], { rows: ['age', 'fare'], columns: ['age', 'fare'] });
 * plot.picture.panels.length; // 1
 */
export function plotHeatMap(matrix: Rows, options: HeatMapOptions = {}): Plot {
  const settings = settingsOf("plotHeatMap(matrix, { name: 'weight' })", fields(), options);
  const values = rowsFrom('plotHeatMap matrix', matrix);
  const [height, width] = [values.length, values[0]!.length];
  if (settings.rows) checkCount('plotHeatMap rows', height, settings.rows.length, 'row');
  if (settings.columns) checkCount('plotHeatMap columns', width, settings.columns.length, 'column');
  const all = values.flatMap((row) => Array.from(row));
  const isSigned = all.some((value) => value < 0) && all.some((value) => value > 0);
  const cells: Cells = {
    kind: 'cells',
    values,
    x: [-0.5, width - 0.5],
    y: [-0.5, height - 0.5],
    palette: isSigned ? 'diverging' : 'sequential',
    name: settings.name ?? 'value',
    ...(width <= mostLabels
      ? { labels: values.map((row) => Array.from(row, (value) => numberLabel(value, 2))) }
      : {}),
  };
  const panel: ChartPanel = {
    kind: 'chart',
    x: { label: settings.xLabel ?? '', ...bandOf(settings.columns) },
    y: { label: settings.yLabel ?? '', ...bandOf(settings.rows), reversed: true },
    marks: [cells],
    equal: height / width > 1 / 3 && height / width < 3,
  };
  const bad = all.filter((value) => !Number.isFinite(value)).length;
  const notes =
    bad > 0 ? [`${bad} of the values ${bad === 1 ? 'is' : 'are'} not finite and without a colour.`] : [];
  return chartPlot([panel], { title: settings.title, notes });
}

const bandOf = (names: readonly string[] | null) =>
  ({ scale: 'band', ...(names ? { categories: names } : {}) }) as const;
