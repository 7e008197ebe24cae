import { problem } from '../../core/errors.js';
import { bool, listOf, maybe, text } from '../../core/fields.js';
import { didYouMean } from '../../core/schema.js';
import type { Options } from '../../core/settings.js';
import { isPlainObject, list } from '../../core/text.js';
import type { Line } from '../description.js';
import type { Plot } from '../plot.js';
import { settingsOf } from '../settings.js';
import { chartPlot, labelFields } from './settings.js';
import { checkCount, nothing, notNumbers, numbersFrom, someNumbers, type Values } from './values.js';

const fields = () => ({
  ...labelFields(),
  /** Whether the y axis is logarithmic. What is not above 0 then leaves a gap. */
  logScale: bool(false),
  /** Whether the x axis is. */
  logX: bool(false),
  /** Names of the curves whose lines are dashed. */
  dashed: maybe(listOf(text())),
});

export interface LinesOptions extends Options<ReturnType<typeof fields>> {}

/** A curve: its values, over 1, 2, 3, ..., or pairs of x and y. */
export type Curve = Values | { readonly x: Values; readonly y: Values };

/** Colours of the palette; the next as many curves have them again, dashed. */
const colours = 8;

/**
 * Curves in one chart, with a legend. NaN and infinities leave a gap and a note.
 *
 * Throws a DataError for no curves, empty ones, and as many x as there are not y; a ConfigError for what is no number.
 *
 * @example
 * import { plotLines } from 'myelin/plot';
 * const plot = plotLines({ adam: [0.9, 0.3, 0.1], sgd: { x: [1, 3], y: [0.9, 0.6] } }, { yLabel: 'loss' });
 * plot.picture.panels.length; // 1
 */
export function plotLines(curves: Readonly<Record<string, Curve>>, options: LinesOptions = {}): Plot {
  const settings = settingsOf('plotLines(curves, { logScale: true })', fields(), options);
  if (!isPlainObject(curves)) throw notNumbers('plotLines curves', curves, 'an object of curves by name');
  const names = Object.keys(curves);
  if (names.length === 0) throw nothing('plotLines curves');
  const dashed = settings.dashed ?? [];
  checkNames(dashed, names);
  const marks = names.map(
    (name, i): Line => ({
      kind: 'line',
      name,
      series: i % colours,
      ...pairsOf(`plotLines curve '${name}'`, curves[name]!),
      ...(dashed.includes(name) || i >= colours ? { dashed: true } : {}),
    }),
  );
  const whole = Object.values(curves).every((curve) => !isPairs(curve));
  const panel = {
    kind: 'chart',
    x: {
      label: settings.xLabel ?? '',
      scale: settings.logX ? 'log' : 'linear',
      whole: whole && !settings.logX,
    },
    y: { label: settings.yLabel ?? '', scale: settings.logScale ? 'log' : 'linear' },
    marks,
  } as const;
  const notes =
    names.length > 2 * colours
      ? [`${names.length} curves share ${2 * colours} looks: draw fewer to tell them apart.`]
      : [];
  return chartPlot([panel], { title: settings.title, notes });
}

const isPairs = (curve: Curve): curve is { readonly x: Values; readonly y: Values } => isPlainObject(curve);

function pairsOf(subject: string, curve: Curve) {
  if (!isPairs(curve))
    return { x: oneTo(numbersFrom(subject, curve).length), y: someNumbers(subject, curve) };
  const [x, y] = [numbersFrom(`${subject} x`, curve.x), someNumbers(`${subject} y`, curve.y)];
  checkCount(`${subject} x`, y.length, x.length, 'y');
  return { x, y };
}

/** 1, 2, 3, ... */
export const oneTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

function checkNames(dashed: readonly string[], names: readonly string[]): void {
  const unknown = dashed.find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw problem('name-unknown', {
    subject: 'plotLines dashed',
    expected: list(names),
    received: `'${unknown}'`,
    fix: didYouMean(unknown, names),
  });
}
