import type { Options } from '../../core/settings.js';
import { isPlainObject } from '../../core/text.js';
import { shareLabel } from '../axes/labels.js';
import type { ChartPanel } from '../description.js';
import type { Plot } from '../plot.js';
import { settingsOf } from '../settings.js';
import { chartPlot, labelFields } from './settings.js';
import { nothing, notNumbers, numbersFrom } from './values.js';

export interface BarsOptions extends Options<ReturnType<typeof labelFields>> {}

const thickness = 0.72;

/**
 * A bar for each value, one below the other in the given order, from 0, with the value at its end to three digits. NaN
 * and infinities leave a gap and a note.
 *
 * `values` holds one number by name: `{ linear: 0.79, mlp: 0.83 }`.
 *
 * Throws a DataError for no values, a ConfigError for what is no number.
 *
 * @example
 * import { plotBars } from 'myelin/plot';
 * const plot = plotBars({ linear: 0.79, mlp: 0.83 }, { title: 'Which model?', xLabel: 'accuracy' });
 * plot.picture.title; // 'Which model?'
 */
export function plotBars(values: Readonly<Record<string, number>>, options: BarsOptions = {}): Plot {
  const settings = settingsOf("plotBars(values, { xLabel: 'accuracy' })", labelFields(), options);
  if (!isPlainObject(values)) throw notNumbers('plotBars values', values, 'an object of numbers by name');
  const names = Object.keys(values);
  if (names.length === 0) throw nothing('plotBars values');
  const lengths = numbersFrom('plotBars values', Object.values(values));
  const panel: ChartPanel = {
    kind: 'chart',
    x: { label: settings.xLabel ?? '' },
    y: { label: settings.yLabel ?? '', scale: 'band', categories: names, reversed: true },
    marks: [
      {
        kind: 'rectangles',
        series: 0,
        x0: names.map(() => 0),
        x1: lengths,
        y0: names.map((_, i) => i - thickness / 2),
        y1: names.map((_, i) => i + thickness / 2),
        labels: Array.from(lengths, (length) => shareLabel(length)),
      },
    ],
  };
  return chartPlot([panel], { title: settings.title });
}
