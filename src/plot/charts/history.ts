import { problem } from '../../core/errors.js';
import { bool, either, listOf, maybe, text } from '../../core/fields.js';
import { didYouMean } from '../../core/schema.js';
import type { Options } from '../../core/settings.js';
import { isPlainObject, list } from '../../core/text.js';
import type { ChartPanel, Line } from '../description.js';
import type { Plot } from '../plot.js';
import { settingsOf } from '../settings.js';
import { oneTo } from './lines.js';
import { chartPlot, titleField } from './settings.js';
import { notNumbers, numbersFrom, type Values } from './values.js';

const fields = () => ({
  ...titleField(),
  /** Which are drawn, without `val_`: `['loss', 'accuracy']`. Default: all. */
  metrics: maybe(listOf(text())),
  /** Whether the values are on logarithmic axes: of all metrics, or of those named. Default false. */
  logScale: maybe(either(bool(false), listOf(text()))),
});

export interface HistoryOptions extends Options<ReturnType<typeof fields>> {}

/** What `fit` resolves to, its `history`, or such lists from elsewhere. */
export type HistoryLike =
  | { readonly history: Readonly<Record<string, Values>> }
  | Readonly<Record<string, Values>>;

const prefix = 'val_';

/**
 * The course of a training: a panel for each metric, its values over the epochs, from 1; in it one curve for training and,
 * where there is one, one for validation. NaN and infinities leave a gap and a note. A history without epochs gives an
 * empty chart that says so.
 *
 * `history` is what `fit` resolves to, its `history`, or lists by name: `{ loss, val_loss }`.
 *
 * Throws a ConfigError for metrics that it has not, and for what is no number.
 *
 * @example
 * import { Dense, Sequential } from 'myelin';
 * import { plotHistory } from 'myelin/plot';
 * const model = new Sequential([new Dense(1)]);
 * model.compile({ loss: 'mse', metrics: ['mae'] });
 * const history = await model.fit([[1], [2]], [1, 2], { epochs: 10, verbose: 0 });
 * plotHistory(history).picture.panels.length; // 2
 */
export function plotHistory(history: HistoryLike, options: HistoryOptions = {}): Plot {
  const settings = settingsOf("plotHistory(history, { metrics: ['loss'] })", fields(), options);
  const curves = curvesOf(history);
  const known = metricsOf([...curves.keys()]);
  const isEmpty = [...curves.values()].every(({ length }) => length === 0);
  const metrics = settings.metrics ?? (known.length > 0 ? known : ['loss']);
  if (!isEmpty) checkMetrics('plotHistory metrics', metrics, known);
  const named = settings.logScale === true ? metrics : settings.logScale || [];
  if (!isEmpty) checkMetrics('plotHistory logScale', named, metrics);
  const panels = metrics.map((metric) => panelOf(metric, curves, named.includes(metric)));
  const notes = isEmpty
    ? ['No epochs to draw: the history is empty until `fit` has ended its first epoch.']
    : [];
  return chartPlot(panels, { title: settings.title, notes });
}

const metricOf = (name: string) => (name.startsWith(prefix) ? name.slice(prefix.length) : name);
const metricsOf = (names: readonly string[]) => [...new Set(names.map(metricOf))];

function curvesOf(given: HistoryLike): Map<string, ArrayLike<number>> {
  const record = isRecord(given) && isRecord(given.history) ? given.history : given;
  if (!isRecord(record)) throw notNumbers('plotHistory', given, 'a History, or lists of values by name');
  return new Map(
    Object.entries(record).map(([name, values]) => [
      name,
      numbersFrom(`plotHistory ${name}`, values as Values),
    ]),
  );
}

// A History is an instance of a class, and no plain object.
const isRecord = (given: unknown): given is Readonly<Record<string, unknown>> =>
  isPlainObject(given) ||
  (typeof given === 'object' && given !== null && !Array.isArray(given) && 'history' in given);

function panelOf(metric: string, curves: ReadonlyMap<string, ArrayLike<number>>, isLog: boolean): ChartPanel {
  const names = [
    { key: metric, name: 'train' },
    { key: prefix + metric, name: 'validation' },
  ];
  const marks = names.flatMap(({ key, name }, series): Line[] => {
    const y = curves.get(key);
    return y && y.length > 0 ? [{ kind: 'line', name, series, x: oneTo(y.length), y }] : [];
  });
  return {
    kind: 'chart',
    x: { label: 'epoch', whole: true },
    y: { label: metric, scale: isLog ? 'log' : 'linear' },
    marks,
  };
}

/** Throws a ConfigError for a metric that is none of these curves, with or without `val_`. */
export function checkMetrics(subject: string, wanted: readonly string[], curves: readonly string[]): void {
  const known = metricsOf(curves);
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw problem('name-unknown', {
    subject,
    expected: list(known),
    received: `'${unknown}'`,
    fix: didYouMean(unknown, known),
  });
}
