/** An axis ready to be drawn: its range, where a value lies, and its ticks. */

import { nice } from 'd3-array';
import type { Axis, ChartPanel } from '../description.js';
import { extentOf, hasPlace, type Way } from './extent.js';
import { type LabelOptions, powerLabel, tickLabels } from './labels.js';
import { roundValues, shareIn } from './range.js';

export interface Tick {
  readonly value: number;
  readonly label: string;
}

export interface AxisPlan {
  readonly label: string;
  readonly scale: 'linear' | 'log' | 'band';
  /** `low < high`, also on reversed axes. */
  readonly domain: readonly [low: number, high: number];
  /** From low to high, those outside of the domain left out. */
  readonly ticks: readonly Tick[];
  /** The way along the axis, 0 at the left or at the bottom, 1 at its end; NaN for what has no place. */
  place(value: number): number;
}

/**
 * Plans one axis of a panel. `count` is about how many ticks there is room for; axes of categories have a tick for each,
 * which the output may thin out.
 */
export function planAxis(panel: ChartPanel, way: Way, count: number, options: LabelOptions = {}): AxisPlan {
  const axis = panel[way];
  const { label, scale = 'linear', reversed = false } = axis;
  const domain = axis.domain ?? defaultDomain(panel, way, count);
  const along = scale === 'log' ? Math.log10 : (value: number) => value;
  const range = [along(domain[0]), along(domain[1])] as const;
  const place = (value: number): number => {
    if (!hasPlace(axis, value)) return Number.NaN;
    const share = shareIn(along(value), range);
    return reversed ? 1 - share : share;
  };
  const inside = ({ value }: Tick) => value >= domain[0] && value <= domain[1];
  return { label, scale, domain, place, ticks: ticksOf(axis, domain, count, options).filter(inside) };
}

function ticksOf(
  axis: Axis,
  domain: readonly [number, number],
  count: number,
  options: LabelOptions,
): Tick[] {
  if (axis.scale === 'band') return bandTicks(axis, domain);
  if (axis.scale === 'log') return logTicks(domain, count, options);
  const found = roundValues(domain, Math.max(1, count));
  const values = axis.whole ? found.filter(Number.isInteger) : found;
  return labelled(values, options);
}

function labelled(values: readonly number[], options: LabelOptions): Tick[] {
  const labels = tickLabels(values, options);
  return values.map((value, i) => ({ value, label: labels[i]! }));
}

function bandTicks({ categories }: Axis, [low, high]: readonly [number, number]): Tick[] {
  const count = categories?.length ?? Math.max(0, Math.floor(high + 0.5));
  const first = categories ? 0 : Math.max(0, Math.ceil(low));
  return Array.from({ length: Math.max(0, count - first) }, (_, i) => {
    const value = first + i;
    return { value, label: categories?.[value] ?? String(value) };
  });
}

/** Powers of ten, thinned out when there are many; 1, 2 and 5 times them when there are few. */
function logTicks([low, high]: readonly [number, number], count: number, options: LabelOptions): Tick[] {
  // 0.001 has a logarithm a little off -3.
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  if (last - first < 2) return fewPowers([low, high], count, options);
  const by = Math.max(1, Math.round((last - first + 1) / Math.max(2, count)));
  const exponents = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return exponents
    .filter((exponent) => exponent % by === 0)
    .map((exponent) => ({ value: Number(`1e${exponent}`), label: powerLabel(exponent, options) }));
}

function fewPowers([low, high]: readonly [number, number], count: number, options: LabelOptions): Tick[] {
  const from = Math.floor(Math.log10(low));
  const exponents = Array.from({ length: Math.ceil(Math.log10(high)) - from + 1 }, (_, i) => from + i);
  const values = exponents
    .flatMap((exponent) => [1, 2, 5].map((digit) => Number(`${digit}e${exponent}`)))
    .filter((value) => value >= low && value <= high);
  return labelled(values.length > 1 ? values : roundValues([low, high], Math.max(2, count)), options);
}

function defaultDomain(panel: ChartPanel, way: Way, count: number): readonly [number, number] {
  const { scale, categories } = panel[way];
  const extent = extentOf(panel, way);
  if (scale === 'band') return [-0.5, bandCount(categories, extent) - 0.5];
  if (!extent) return scale === 'log' ? [0.1, 10] : [0, 1];
  const wide = extent[0] < extent[1] ? extent : widened(extent[0], scale === 'log');
  if (panel.marks.some(({ kind }) => kind === 'cells')) return wide;
  if (scale === 'log') return logDomain(wide);
  // Curves begin and end at the sides; elsewhere to the next half tick, for whole ticks would leave too much air.
  const curves = panel.marks.some(({ kind }) => kind === 'points' || kind === 'rectangles') === false;
  const roomy = way === 'x' && curves ? wide : nice(...padded(panel, wide), 2 * Math.max(1, count));
  // There is no number beyond the largest ones.
  return roomy.every(Number.isFinite) ? roomy : wide;
}

const bandCount = (
  categories: readonly string[] | undefined,
  extent: readonly [number, number] | undefined,
) => (categories ? Math.max(1, categories.length) : Math.max(1, Math.ceil((extent?.[1] ?? 0) + 0.5 - 1e-9)));

/** Points are larger than their place, and labels stand at the ends of bars: both need room. */
function padded({ marks }: ChartPanel, [low, high]: readonly [number, number]): [number, number] {
  const range = high - low;
  const around = marks.some(({ kind }) => kind === 'points') ? range * 0.02 : 0;
  const labelled = marks.some((mark) => mark.kind === 'rectangles' && mark.labels) ? range * 0.09 : 0;
  return [low - around - (low < 0 ? labelled : 0), high + around + (high > 0 ? labelled : 0)];
}

function widened(value: number, isLog: boolean): [number, number] {
  if (isLog) return [value / 3, value * 3];
  const room = Math.abs(value) * 0.1 || 1;
  return [value - room, value + room];
}

/** To the next 1, 2 or 5 times a power of ten. */
function logDomain([low, high]: readonly [number, number]): [number, number] {
  const steps = (exponent: number) => [1, 2, 5, 10].map((digit) => Number(`${digit}e${exponent}`));
  const below = steps(Math.floor(Math.log10(low))).findLast((value) => value <= low) ?? low;
  const above = steps(Math.floor(Math.log10(high))).find((value) => value >= high) ?? high;
  return [below > 0 ? below : low, Number.isFinite(above) ? above : high];
}
