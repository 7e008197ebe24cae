/** Curves as strokes: box-drawing characters or letters, a kind for each series, so that colour is not needed. */

import type { Line, Numbers, Series } from '../../description.js';
import { type Colour, grey, seriesColour } from '../colours.js';
import type { Sheet } from '../sheet.js';
import { type Area, across, down } from './area.js';

/** Characters of one curve: level, upright, and the corners of a way that goes up or down. */
interface Pen {
  readonly level: string;
  readonly upright: string;
  readonly upFrom: string;
  readonly upTo: string;
  readonly downFrom: string;
  readonly downTo: string;
  /** In place of level where there is such a sign; else every second one is left out. */
  readonly dash: string | undefined;
}

const boxes = ['─│╯╭╮╰╌', '━┃┛┏┓┗╍', '═║╝╔╗╚'];
// In the same order as the points', so that a series is one sign everywhere.
const signs = '*o+x#@%&';

function penOf(series: Series | undefined, unicode: boolean): Pen {
  const place = (series ?? 0) % signs.length;
  const sign = series === undefined ? '.' : signs[place]!;
  const strokes = (unicode && (series === undefined ? boxes[0] : boxes[place])) || sign.repeat(6);
  const [level, upright, upFrom, upTo, downFrom, downTo, dash] = strokes;
  return { level, upright, upFrom, upTo, downFrom, downTo, dash } as Pen;
}

export const inkOf = (series: Series | undefined): Colour =>
  series === undefined ? grey : seriesColour(series);

/** The sign of a series where only letters are used. */
export const signOf = (series: Series | undefined): string =>
  series === undefined ? '.' : signs[series % signs.length]!;

/** A piece of the stroke for the legend. */
export function strokeSample({ series, dashed }: Line, unicode: boolean): string {
  const { level, dash } = penOf(series, unicode);
  if (!dashed) return level.repeat(2);
  return dash ? dash.repeat(2) : `${level} ${level}`;
}

/** Whether x only grows, so that each column has one value. */
export function isFunction({ x }: Line): boolean {
  for (let i = 1; i < x.length; i++) if (!(x[i]! > x[i - 1]!)) return false;
  return true;
}

/** Draws a curve of which `isFunction` is true. */
export function drawStroke(line: Line, area: Area, sheet: Sheet, unicode: boolean): void {
  const pen = penOf(line.series, unicode);
  const style = { ink: inkOf(line.series) };
  const put = (column: number, row: number, character: string) => sheet.put(column, row, character, style);
  const xs = Array.from(line.x, (value) => across(area, value));
  const ys = Array.from(line.y, (value) => down(area, value));
  let before: number | undefined;
  for (let column = 0; column < area.columns; column++) {
    const place = between(xs, ys, column);
    const row = Number.isFinite(place) ? Math.round(place) : undefined;
    if (row !== undefined && line.dashed) {
      if (pen.dash || column % 2 === 0) put(column, row, pen.dash ?? pen.level);
    } else if (row !== undefined && before !== undefined && row !== before) {
      const falls = row > before;
      put(column, before, falls ? pen.downFrom : pen.upFrom);
      put(column, row, falls ? pen.downTo : pen.upTo);
      for (let i = Math.min(row, before) + 1; i < Math.max(row, before); i++) put(column, i, pen.upright);
    } else if (row !== undefined) put(column, row, pen.level);
    before = row;
  }
}

/**
 * The height of a curve in a column, on the straight line between its neighbours; NaN beside its ends and in gaps. A
 * curve of few points has none between two columns that it should be seen in, hence half a column around them.
 */
function between(xs: readonly number[], ys: Numbers, column: number): number {
  const right = lowerBound(xs, column);
  if (Math.abs(xs[right]! - column) < 1e-9) return ys[right]!;
  const first = xs.length > 0 ? 0 : -1;
  const last = xs.length - 1;
  if (right === 0) return xs[first]! - column <= 0.5 ? ys[first]! : Number.NaN;
  if (right > last) return column - xs[last]! < 0.5 ? ys[last]! : Number.NaN;
  const share = (column - xs[right - 1]!) / (xs[right]! - xs[right - 1]!);
  const value = ys[right - 1]! + share * (ys[right]! - ys[right - 1]!);
  if (Number.isFinite(value)) return value;
  // A value beside a gap is still seen in the column that is nearest to it.
  const nearest = share < 0.5 ? right - 1 : right;
  return Math.abs(xs[nearest]! - column) <= 0.5 ? ys[nearest]! : Number.NaN;
}

function lowerBound(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value - 1e-9) low = middle + 1;
    else high = middle;
  }
  return low;
}
