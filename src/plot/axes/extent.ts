/** What the marks of a panel need of an axis. */

import type { Axis, ChartPanel, Mark, Numbers } from '../description.js';

export type Way = 'x' | 'y';

/** Whether a value has a place on the axis. */
export const hasPlace = ({ scale }: Axis, value: number): boolean =>
  Number.isFinite(value) && (scale !== 'log' || value > 0);

/** The numbers of a mark on one axis, list by list. */
export function numbersOf(mark: Mark, way: Way): readonly Numbers[] {
  if (mark.kind === 'line' || mark.kind === 'points') return [mark[way]];
  if (mark.kind === 'rectangles') return way === 'x' ? [mark.x0, mark.x1] : [mark.y0, mark.y1];
  if (mark.kind === 'cells') return [mark[way]];
  const value = mark[way];
  return value === undefined ? [] : [[value]];
}

/** The smallest and the largest value that have a place; none without such values. */
export function extentOf(panel: ChartPanel, way: Way): readonly [low: number, high: number] | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const numbers of panel.marks.flatMap((mark) => numbersOf(mark, way))) {
    for (let i = 0; i < numbers.length; i++) {
      const value = numbers[i]!;
      if (!hasPlace(panel[way], value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return low <= high ? [low, high] : undefined;
}

/** What a picture leaves out of a panel, a sentence for each reason. Builders put them among the notes of the picture. */
export function gapNotes(panel: ChartPanel): string[] {
  const notFinite = count(panel, (_, value) => !Number.isFinite(value));
  const notPositive = count(panel, (axis, value) => Number.isFinite(value) && !hasPlace(axis, value));
  const name = panel.title || panel.y.label;
  const notes = [
    notFinite > 0 && `${values(notFinite, 'not finite')} and ${leave(notFinite)}.`,
    notPositive > 0 &&
      `${values(notPositive, 'not above 0')} and ${notPositive === 1 ? 'has' : 'have'} no place on a log axis.`,
  ];
  return notes.filter((note) => note !== false).map((note) => (name ? `${name}: ${note}` : note));
}

const values = (n: number, what: string) => (n === 1 ? `1 value is ${what}` : `${n} values are ${what}`);
const leave = (n: number) => (n === 1 ? 'leaves a gap' : 'leave gaps');

/** Of lines, points and rectangles: a pair of which either number fits counts once. */
function count(panel: ChartPanel, fits: (axis: Axis, value: number) => boolean): number {
  let found = 0;
  for (const mark of panel.marks) {
    if (mark.kind !== 'line' && mark.kind !== 'points' && mark.kind !== 'rectangles') continue;
    const xs = numbersOf(mark, 'x');
    const ys = numbersOf(mark, 'y');
    for (let i = 0; i < xs[0]!.length; i++) {
      const missing = (axis: Axis, lists: readonly Numbers[]) => lists.some((list) => fits(axis, list[i]!));
      if (missing(panel.x, xs) || missing(panel.y, ys)) found++;
    }
  }
  return found;
}
