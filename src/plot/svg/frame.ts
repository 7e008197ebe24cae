/** How the room of a chart is shared out between its axes, their labels and what they enclose. */

import { type AxisPlan, planAxis, type Tick } from '../axes/axis.js';
import { extentOf } from '../axes/extent.js';
import type { ChartPanel } from '../description.js';
import { sizes, textWidth } from './text.js';

export interface Frame {
  /** The area of the data, from the panel's left. */
  readonly left: number;
  readonly width: number;
  readonly height: number;
  readonly x: AxisPlan;
  readonly y: AxisPlan;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  /** Whether the labels below the axis are slanted. */
  readonly slanted: boolean;
  /** Room for a label of either axis; longer ones are shortened. */
  readonly xRoom: number;
  readonly yRoom: number;
  /** Height of the labels below the axis. */
  readonly below: number;
}

/** Of slanted labels. */
export const slant = 40;
/** Between an axis and its labels. */
export const labelGap = 7;
const lineHeight = 15;
const slantedRoom = 110;
const cellSide = 76;
/** What a tick should have of an axis. */
const [xTickRoom, yTickRoom] = [76, 56];

export const tickWidth = ({ label }: Tick) => textWidth(label, sizes.small);
const widest = (ticks: readonly Tick[]) => Math.max(0, ...ticks.map(tickWidth));

/** `right` is kept free for a scale of colours. */
export function frameOf(panel: ChartPanel, width: number, right: number): Frame {
  const guess = Math.min(Math.max(width * 0.5, 150), 320);
  const yFirst = planAxis(panel, 'y', Math.max(3, Math.round(guess / yTickRoom)));
  const yRoom = yFirst.scale === 'band' ? width * 0.32 : width * 0.4;
  const left = Math.min(yRoom, widest(yFirst.ticks)) + labelGap + 2;
  const inner = Math.max(40, width - left - right - edge(panel, width));
  const area = areaOf(panel, inner, guess);
  const y = planAxis(panel, 'y', Math.max(3, Math.round(area.height / yTickRoom)));
  const below = planBelow(panel, area.width, left);
  return { left: below.left, ...area, y, yTicks: thinned(y, area.height, 13), yRoom, ...below.rest };
}

/** Half of the last label stands out at the right. */
function edge(panel: ChartPanel, width: number): number {
  const x = planAxis(panel, 'x', 4);
  return x.scale === 'band' ? 4 : Math.max(8, Math.min(width * 0.2, widest(x.ticks) / 2));
}

function areaOf(panel: ChartPanel, width: number, height: number): { width: number; height: number } {
  const rows = bandCount(panel, 'y');
  if (!panel.equal) return { width, height: rows > 0 ? Math.min(Math.max(rows * 26, 60), 640) : height };
  const [x, y] = [planAxis(panel, 'x', 5).domain, planAxis(panel, 'y', 5).domain];
  const ratio = (y[1] - y[0]) / (x[1] - x[0]);
  const columns = bandCount(panel, 'x');
  const wide = columns > 0 ? Math.min(width, columns * cellSide) : width;
  const high = Math.min(Math.max(wide * ratio, 40), rows > 0 ? 480 : 380);
  return { width: Math.min(wide, high / ratio), height: high };
}

const bandCount = (panel: ChartPanel, way: 'x' | 'y') => {
  const { scale, categories } = panel[way];
  return scale === 'band' ? (categories?.length ?? Math.ceil((extentOf(panel, way)?.[1] ?? 0) + 0.5)) : 0;
};

/** Every second, third, ... tick of a band, when there is no room for all. */
function thinned({ scale, ticks, domain }: AxisPlan, length: number, room: number): readonly Tick[] {
  if (scale !== 'band') return ticks;
  const by = Math.max(1, Math.ceil(room / (length / (domain[1] - domain[0]))));
  return ticks.filter((_, i) => i % by === 0);
}

function planBelow(panel: ChartPanel, width: number, left: number) {
  const level = (x: AxisPlan, xTicks: readonly Tick[], xRoom: number) => ({
    left,
    rest: { x, xTicks, xRoom, slanted: false, below: xTicks.length > 0 ? lineHeight + labelGap : labelGap },
  });
  for (let count = Math.max(2, Math.round(width / xTickRoom)); ; count--) {
    const x = planAxis(panel, 'x', count);
    if (x.scale === 'band') return planBands(panel, x, width, left, level);
    if (count <= 1 || widest(x.ticks) + 12 <= leastStep(x, width)) return level(x, x.ticks, width);
  }
}

function leastStep({ ticks, place }: AxisPlan, width: number): number {
  const places = ticks.map(({ value }) => place(value) * width);
  return Math.min(Number.POSITIVE_INFINITY, ...places.slice(1).map((at, i) => Math.abs(at - places[i]!)));
}

function planBands(
  panel: ChartPanel,
  x: AxisPlan,
  width: number,
  left: number,
  level: (x: AxisPlan, ticks: readonly Tick[], room: number) => ReturnType<typeof planBelow>,
): { left: number; rest: Pick<Frame, 'x' | 'xTicks' | 'xRoom' | 'slanted' | 'below'> } {
  const band = width / (x.domain[1] - x.domain[0]);
  const broad = widest(x.ticks);
  if (broad <= band - 6) return level(x, x.ticks, band);
  if (!panel.x.categories) return level(x, thinned(x, width, broad + 8), width);
  const xTicks = thinned(x, width, 15);
  const length = Math.min(slantedRoom, widest(xTicks));
  const radians = (slant * Math.PI) / 180;
  const first = Math.min(slantedRoom, tickWidth(xTicks[0]!));
  const out = first * Math.cos(radians) - band / 2;
  const below = length * Math.sin(radians) + lineHeight + labelGap;
  return { left: Math.max(left, out), rest: { x, xTicks, xRoom: slantedRoom, slanted: true, below } };
}
