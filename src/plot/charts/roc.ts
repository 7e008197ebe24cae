import type { Options } from '../../core/settings.js';
import { shareLabel } from '../axes/labels.js';
import type { ChartPanel, Line } from '../description.js';
import type { Plot } from '../plot.js';
import { settingsOf } from '../settings.js';
import { chartPlot, titleField } from './settings.js';
import { checkCount, nothing, someNumbers, type Values } from './values.js';

export interface RocOptions extends Options<ReturnType<typeof titleField>> {}

/** Shares of false and true alarms, as `rocCurve` gives them. */
export interface RocPoints {
  readonly fpr: Values;
  readonly tpr: Values;
  /** The area below the curve. Default: by trapezoids. */
  readonly auc?: number;
}

/**
 * How many true positives cost how many false ones: the true positive rate over the false positive rate, beside the
 * diagonal of a guess. The legend has the area below each curve.
 *
 * `curve` is `{ fpr, tpr }` as `rocCurve` gives it, or several by name.
 *
 * Throws a DataError for no points and for lengths that differ.
 *
 * @example
 * import { plotRoc } from 'myelin/plot';
 * const plot = plotRoc({ fpr: [0, 0, 0.5, 1], tpr: [0, 0.5, 1, 1] });
 * plot.picture.panels.length; // 1
 */
export function plotRoc(
  curve: RocPoints | Readonly<Record<string, RocPoints>>,
  options: RocOptions = {},
): Plot {
  const settings = settingsOf("plotRoc(curve, { title: 'ROC' })", titleField(), options);
  const curves = isOne(curve) ? { '': curve } : curve;
  const names = Object.keys(curves);
  if (names.length === 0) throw nothing('plotRoc curve');
  const lines = names.map((name, series): Line => lineOf(name, series, curves[name]!));
  const panel: ChartPanel = {
    kind: 'chart',
    x: { label: 'false positive rate', domain: [0, 1] },
    y: { label: 'true positive rate', domain: [0, 1] },
    marks: [{ kind: 'line', name: 'guess', x: [0, 1], y: [0, 1], dashed: true }, ...lines],
    equal: true,
  };
  return chartPlot([panel], { title: settings.title });
}

const isOne = (curve: RocPoints | Readonly<Record<string, RocPoints>>): curve is RocPoints =>
  'fpr' in curve && 'tpr' in curve;

function lineOf(name: string, series: number, { fpr, tpr, auc }: RocPoints): Line {
  const subject = name ? `plotRoc '${name}'` : 'plotRoc curve';
  const [x, y] = [someNumbers(`${subject} fpr`, fpr), someNumbers(`${subject} tpr`, tpr)];
  checkCount(`${subject} tpr`, x.length, y.length, 'fpr');
  const area = `AUC ${shareLabel(auc ?? areaBelow(x, y))}`;
  return { kind: 'line', name: name ? `${name}, ${area}` : area, series: series % 8, x, y };
}

function areaBelow(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let area = 0;
  for (let i = 1; i < x.length; i++) area += ((x[i]! - x[i - 1]!) * (y[i]! + y[i - 1]!)) / 2;
  return Math.abs(area);
}
