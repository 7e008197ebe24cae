import type { Column } from '../../data/table.js';
import { numberAt } from './column.js';
import { deviation, mean, median } from './numbers.js';
import type { Part } from './part.js';
import { growsLikePowers } from './scale.js';

/** A value this many deviations from the mean, or more, counts as so many. */
const farthest = 6;

/**
 * A measured column: its logarithm where its large values lie far out, mean 0 and deviation 1, the median where it is
 * missing, and then a second number that says so.
 */
export function measureFeatures(column: Column, rows: ArrayLike<number>): Part {
  const known = Float64Array.from(rows, (row) => numberAt(column, row)).filter(Number.isFinite);
  const isMissing = known.length < rows.length;
  const isLog = growsLikePowers(known);
  const scaled = isLog ? known.map(Math.log1p) : known;
  const [middle, centre, spread] = [median(scaled), mean(scaled), deviation(scaled) || 1];
  const names = [isLog ? 'log' : 'value', ...(isMissing ? ['missing'] : [])];
  return {
    column: column.name,
    names: known.length === 0 ? [] : names,
    write(given, row, target, start) {
      const value = numberAt(given, row);
      const isKnown = Number.isFinite(value);
      const measured = isKnown ? (isLog ? Math.log1p(Math.max(0, value)) : value) : middle;
      target[start] = Math.max(-farthest, Math.min(farthest, (measured - centre) / spread));
      if (isMissing) target[start + 1] = isKnown ? 0 : 1;
    },
  };
}
