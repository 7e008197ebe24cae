import { ticks } from 'd3-array';
import { int } from '../../core/fields.js';
import type { Options } from '../../core/settings.js';
import { isPlainObject } from '../../core/text.js';
import { Tensor } from '../../tensor/tensor.js';
import type { ChartPanel, Mark } from '../description.js';
import type { Plot } from '../plot.js';
import { settingsOf } from '../settings.js';
import { chartPlot, labelFields } from './settings.js';
import { nothing, someNumbers, type Values } from './values.js';

const fields = () => ({
  ...labelFields(),
  /** About how many bins; their edges are round numbers. */
  bins: int(20, { min: 1, max: 1000 }),
});

export interface HistogramOptions extends Options<ReturnType<typeof fields>> {}

/**
 * How often values fall into each of equally wide bins. A bin holds its lower edge, the last one both. Several groups are drawn as
 * outlines over the same bins. NaN and infinities are counted in a note.
 *
 * `values` is one row of numbers, or several by name; tensors of any shape.
 *
 * Throws a DataError for no values, a ConfigError for what is no number.
 *
 * @example
 * import { plotHistogram } from 'myelin/plot';
 * const plot = plotHistogram([1, 2, 2, 3, 3, 3], { bins: 3, xLabel: 'rooms' });
 * plot.picture.panels.length; // 1
 */
export function plotHistogram(
  values: Values | Readonly<Record<string, Values>>,
  options: HistogramOptions = {},
): Plot {
  const settings = settingsOf('plotHistogram(values, { bins: 20 })', fields(), options);
  const groups = groupsOf(values);
  const finite = groups.map(({ name, numbers }) => ({ name, numbers: numbers.filter(Number.isFinite) }));
  const edges = edgesOf(
    finite.map(({ numbers }) => numbers),
    settings.bins,
  );
  const left = groups.reduce((sum, { numbers }, i) => sum + numbers.length - finite[i]!.numbers.length, 0);
  const counted = finite.map(({ name, numbers }) => ({ name, counts: countsOf(numbers, edges) }));
  const panel: ChartPanel = {
    kind: 'chart',
    x: { label: settings.xLabel ?? '', domain: [edges[0]!, edges.at(-1)!] },
    y: { label: settings.yLabel ?? 'count', whole: true },
    marks:
      counted.length === 1
        ? [bars(counted[0]!.counts, edges)]
        : counted.map(({ name, counts }, series) => outline(name, series, counts, edges)),
  };
  const notes =
    left > 0 ? [`${left} of the values ${left === 1 ? 'is' : 'are'} not finite and in no bin.`] : [];
  return chartPlot([panel], { title: settings.title, notes });
}

interface Group {
  readonly name: string;
  readonly numbers: readonly number[];
}

function groupsOf(values: Values | Readonly<Record<string, Values>>): Group[] {
  const flat = (given: Values): Values =>
    given instanceof Tensor ? Array.from(given.values(), Number) : given;
  const named = isPlainObject(values) && !(values instanceof Tensor) ? values : { values };
  const names = Object.keys(named);
  if (names.length === 0) throw nothing('plotHistogram values');
  return names.map((name) => ({
    name,
    numbers: Array.from(someNumbers(`plotHistogram ${name}`, flat(named[name] as Values))),
  }));
}

/** Round numbers, equally far from each other, around all values. */
function edgesOf(groups: readonly (readonly number[])[], bins: number): number[] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of groups.flat()) [low, high] = [Math.min(low, value), Math.max(high, value)];
  if (low > high) return [0, 1];
  if (low === high) {
    const half = Math.abs(low) * 0.05 || 0.5;
    return [low - half, low + half];
  }
  const inner = ticks(low, high, bins);
  if (inner.length < 2) return [low, high];
  const step = inner[1]! - inner[0]!;
  const before = inner[0]! > low ? [inner[0]! - step] : [];
  const after = inner.at(-1)! < high ? [inner.at(-1)! + step] : [];
  return [...before, ...inner, ...after];
}

function countsOf(numbers: readonly number[], edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  const width = (edges.at(-1)! - edges[0]!) / counts.length;
  for (const value of numbers) {
    let bin = Math.min(counts.length - 1, Math.floor((value - edges[0]!) / width));
    // The edges are rounded, the quotient too: they decide.
    while (bin > 0 && value < edges[bin]!) bin--;
    while (bin < counts.length - 1 && value >= edges[bin + 1]!) bin++;
    counts[bin]!++;
  }
  return counts;
}

const bars = (counts: readonly number[], edges: readonly number[]): Mark => ({
  kind: 'rectangles',
  series: 0,
  x0: edges.slice(0, -1),
  x1: edges.slice(1),
  y0: counts.map(() => 0),
  y1: counts,
});

const outline = (
  name: string,
  series: number,
  counts: readonly number[],
  edges: readonly number[],
): Mark => ({
  kind: 'line',
  name,
  series: series % 8,
  x: edges.flatMap((edge) => [edge, edge]),
  y: [0, ...counts.flatMap((count) => [count, count]), 0],
});
