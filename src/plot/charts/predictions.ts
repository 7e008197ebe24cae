import { nice } from 'd3-array';
import type { Options } from '../../core/settings.js';
import { numberLabel, shareLabel } from '../axes/labels.js';
import type { ChartPanel } from '../description.js';
import type { Plot } from '../plot.js';
import { settingsOf } from '../settings.js';
import { chartPlot, labelFields } from './settings.js';
import { checkCount, someNumbers, type Values } from './values.js';

export interface PredictionsOptions extends Options<ReturnType<typeof labelFields>> {}

/**
 * What a regression predicts over what is true, with the diagonal on which it would be exact. A note gives the mean absolute error
 * and R² = 1 - sum of squared errors / sum of squared distances from the mean.
 *
 * `yTrue` and `yPred` are `[n]` or `[n, 1]`.
 *
 * Throws a DataError for no values and for lengths that differ, a ShapeError for tables.
 *
 * @example
 * import { plotPredictions } from 'myelin/plot';
 * const plot = plotPredictions([1, 2, 3], [1.5, 2, 2.5]);
 * plot.picture.notes; // ['Mean absolute error 0.333, R² 0.75.']
 */
export function plotPredictions(yTrue: Values, yPred: Values, options: PredictionsOptions = {}): Plot {
  const settings = settingsOf("plotPredictions(yTrue, yPred, { xLabel: 'price' })", labelFields(), options);
  const [x, y] = [someNumbers('plotPredictions yTrue', yTrue), someNumbers('plotPredictions yPred', yPred)];
  checkCount('plotPredictions yPred', x.length, y.length, 'yTrue');
  const finite = Array.from({ length: x.length }, (_, i) => [x[i]!, y[i]!] as const).filter(
    ([a, b]) => Number.isFinite(a) && Number.isFinite(b),
  );
  const domain = domainOf(finite.flat());
  const panel: ChartPanel = {
    kind: 'chart',
    x: { label: settings.xLabel ?? 'true', domain },
    y: { label: settings.yLabel ?? 'predicted', domain },
    marks: [
      { kind: 'line', name: 'exact', x: domain, y: domain, dashed: true },
      { kind: 'points', name: 'predictions', series: 0, x, y },
    ],
    equal: true,
  };
  return chartPlot([panel], { title: settings.title, notes: scoresOf(finite) });
}

function domainOf(values: readonly number[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  if (low > high) return [0, 1];
  const room = (high - low) * 0.03 || Math.abs(low) * 0.1 || 1;
  return nice(low - room, high + room, 6);
}

function scoresOf(pairs: readonly (readonly [yTrue: number, yPred: number])[]): string[] {
  if (pairs.length === 0) return [];
  const mean = pairs.reduce((sum, [a]) => sum + a, 0) / pairs.length;
  const errors = pairs.reduce((sum, [a, b]) => sum + (a - b) ** 2, 0);
  const spread = pairs.reduce((sum, [a]) => sum + (a - mean) ** 2, 0);
  const absolute = pairs.reduce((sum, [a, b]) => sum + Math.abs(a - b), 0) / pairs.length;
  const share = spread > 0 ? `, R² ${shareLabel(1 - errors / spread)}` : '';
  return [`Mean absolute error ${numberLabel(absolute)}${share}.`];
}
