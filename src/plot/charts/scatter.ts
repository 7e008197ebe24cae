import { problem } from '../../core/errors.js';
import { bool, listOf, maybe, text } from '../../core/fields.js';
import type { Options } from '../../core/settings.js';
import { isPlainObject } from '../../core/text.js';
import { Tensor } from '../../tensor/tensor.js';
import type { Mark, Points } from '../description.js';
import type { Plot } from '../plot.js';
import { settingsOf } from '../settings.js';
import { type Classes, classesOf, type Labels, labelsFrom } from './classes.js';
import { chartPlot, labelFields } from './settings.js';
import { checkCount, type Rows, rowsFrom, someNumbers, type Values } from './values.js';

const fields = () => ({
  ...labelFields(),
  /**
   * What the labels 0, 1, 2, ... are called. Default `class 0`, `class 1`. Where labels are words: these in the order of their
   * classes; default by the alphabet.
   */
  classes: maybe(listOf(text())),
  /** Whether a unit is as long on both axes. */
  equal: bool(false),
});

export interface ScatterOptions extends Options<ReturnType<typeof fields>> {
  /** Whole numbers or words, one for each point: a colour and a shape for each class. */
  readonly labels?: Labels;
  /** Points that stand out, `[k, 2]`: the k-th has the colour and shape of class k. */
  readonly centers?: Rows;
}

/** Points in the plane: rows of two, `[n, 2]`, or their x and y. */
export type Places = Rows | { readonly x: Values; readonly y: Values };

export interface Pairs {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

/**
 * Points in the plane, with a colour and a shape for each class, and centres that stand out. Points with NaN or
 * infinities are left out, and a note says so.
 *
 * Throws a DataError for no points, for as many labels as there are not points and for too few `classes`, a ConfigError for
 * words that are not among `classes`, a ShapeError for rows that are not of two.
 *
 * @example
 * import { plotScatter } from 'myelin/plot';
 * const plot = plotScatter([[0, 0], [0, 1], [3, 3]], { labels: [0, 0, 1], centers: [[0, 0.5], [3, 3]] });
 * plot.picture.panels.length; // 1
 */
export function plotScatter(x: Places, options: ScatterOptions = {}): Plot {
  const { labels, centers, ...rest } = options;
  const call = 'plotScatter(x, { labels: y })';
  const settings = settingsOf(call, fields(), isPlainObject(options) ? rest : options);
  const places = placesFrom('plotScatter x', x);
  const groups = labels === undefined ? [] : labelsFrom('plotScatter labels', labels);
  if (labels !== undefined) checkCount('plotScatter labels', places.x.length, groups.length, 'point');
  const classes = classesOf('plotScatter', groups, settings.classes);
  const marks =
    labels === undefined
      ? [{ kind: 'points', series: 0, ...places } as const]
      : pointsOf(places, groups, classes);
  const middles = centers === undefined ? [] : centersOf(placesFrom('plotScatter centers', centers));
  const panel = {
    kind: 'chart',
    x: { label: settings.xLabel ?? '' },
    y: { label: settings.yLabel ?? '' },
    marks: [...marks, ...middles] as Mark[],
    equal: settings.equal,
  } as const;
  return chartPlot([panel], { title: settings.title });
}

export function placesFrom(subject: string, given: Places): Pairs {
  if (isPlainObject(given) && !(given instanceof Tensor)) {
    const { x, y } = given as { readonly x: Values; readonly y: Values };
    const pairs = { x: someNumbers(`${subject}.x`, x), y: someNumbers(`${subject}.y`, y) };
    checkCount(`${subject}.y`, pairs.x.length, pairs.y.length, 'x');
    return pairs;
  }
  const rows = rowsFrom(subject, given as Rows);
  if (rows[0]!.length !== 2)
    throw problem('shape-mismatch', {
      subject,
      expected: 'points in the plane, of shape [n, 2]',
      received: `[${rows.length}, ${rows[0]!.length}]`,
      fix: 'Choose two columns, or give them as `{ x, y }`.',
    });
  return { x: rows.map((row) => row[0]!), y: rows.map((row) => row[1]!) };
}

/** One mark for each class that has points. */
export function pointsOf(
  { x, y }: Pairs,
  labels: readonly (number | string)[],
  { names, numberOf }: Classes,
): Points[] {
  const numbers = labels.map(numberOf);
  return names.flatMap((name, series): Points[] => {
    const own = numbers.flatMap((number, i) => (number === series ? [i] : []));
    if (own.length === 0) return [];
    return [{ kind: 'points', name, series, x: own.map((i) => x[i]!), y: own.map((i) => y[i]!) }];
  });
}

const centersOf = ({ x, y }: Pairs): Points[] =>
  Array.from({ length: x.length }, (_, series) => ({
    kind: 'points',
    series,
    x: [x[series]!],
    y: [y[series]!],
    emphasis: true,
  }));
