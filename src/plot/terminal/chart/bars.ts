/** Bars of categories, lying, a line each, with their values. */

import { type AxisPlan, planAxis } from '../../axes/axis.js';
import { numberLabel } from '../../axes/labels.js';
import type { ChartPanel, Rectangles } from '../../description.js';
import { grey } from '../colours.js';
import { fitted, textWidth } from '../lettering.js';
import { Sheet, sheetOf, stacked } from '../sheet.js';
import type { Surface } from '../surface.js';
import { drawLegend } from './legend.js';
import { fillOf } from './rectangles.js';
import { inkOf } from './strokes.js';

interface Bar {
  readonly mark: Rectangles;
  readonly category: number;
  readonly from: number;
  readonly to: number;
  readonly label: string;
}

/** Whether a panel is bars by category and nothing that needs a plane. */
export const isBars = ({ x, y, marks }: ChartPanel): boolean =>
  (x.scale === 'band') !== (y.scale === 'band') &&
  marks.some(({ kind }) => kind === 'rectangles') &&
  marks.every(({ kind }) => kind === 'rectangles' || kind === 'rule' || kind === 'note');

export function drawBars(panel: ChartPanel, surface: Surface): Sheet {
  const [band, value] = panel.x.scale === 'band' ? (['x', 'y'] as const) : (['y', 'x'] as const);
  const names = new Map(planAxis(panel, band, 1).ticks.map((tick) => [tick.value, tick.label]));
  const bars = barsOf(panel, band, surface.unicode);
  const { width, unicode } = surface;
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(textWidth));
  const labelled = widest(bars.map(({ label }) => label));
  const beside = Math.min(widest([...names.values()]), Math.max(1, Math.floor(width * 0.4)));
  const isNarrow = width - beside - labelled - 2 < leastBar;
  const [side, left] = isNarrow ? [width, 0] : [beside, beside + 1];
  const columns = Math.max(1, width - left - labelled - 1);
  const axis = planAxis(panel, value, 2);
  const lines = linesOf(bars, isNarrow);
  const sheet = new Sheet(width, lines.length);
  const ends = lines.map(({ bar, category }, row) => {
    if (category !== undefined) sheet.write(0, row, fitted(names.get(category) ?? '', side, unicode));
    return bar ? drawBar(bar, { axis, columns, left, row }, sheet, surface) : 0;
  });
  const rows = lines.flatMap(({ bar }, row) => (bar ? [row] : []));
  drawRules(panel, value, { axis, columns, left }, rows, sheet, surface);
  lines.forEach(({ bar }, row) => {
    const start = ends[row]! + 2;
    if (bar) sheet.write(start, row, fitted(bar.label, width - start, unicode));
  });
  const heading = panel[value].label && panel[value].label !== panel.title ? [panel[value].label] : [];
  const manner = { lines: 'strokes', points: 'signs' } as const;
  const words = heading.map((text) => fitted(text, width, unicode));
  return stacked([sheetOf(words, width, { ink: grey }), sheet, drawLegend(panel, manner, surface, '')]);
}

// Where less is left for a bar beside its name, names have lines of their own.
const leastBar = 8;

interface BarLine {
  readonly bar?: Bar;
  /** Whose name is written. */
  readonly category?: number;
}

function linesOf(bars: readonly Bar[], isNarrow: boolean): BarLine[] {
  return bars.flatMap((bar, i): BarLine[] => {
    const { category } = bar;
    if (category === bars[i - 1]?.category) return [{ bar }];
    return isNarrow ? [{ category }, { bar }] : [{ bar, category }];
  });
}

/** By category, in each in the order of the marks. */
function barsOf({ marks }: ChartPanel, band: 'x' | 'y', unicode: boolean): Bar[] {
  const bars = marks.flatMap((mark) => {
    if (mark.kind !== 'rectangles') return [];
    const [from, to, low, high] =
      band === 'x' ? [mark.x0, mark.x1, mark.y0, mark.y1] : [mark.y0, mark.y1, mark.x0, mark.x1];
    return Array.from({ length: from.length }, (_, i): Bar => {
      const category = Math.round((from[i]! + to[i]!) / 2);
      const label = mark.labels?.[i] ?? numberLabel(high[i]!, 3, { ascii: !unicode });
      return { mark, category, from: low[i]!, to: high[i]!, label };
    });
  });
  return bars.sort((a, b) => a.category - b.category);
}

interface Lane {
  readonly axis: AxisPlan;
  readonly columns: number;
  readonly left: number;
}

const eighths = ' ▏▎▍▌▋▊▉█';

/** Draws one bar, and says which column is the last that it needs. */
function drawBar(bar: Bar, lane: Lane & { row: number }, sheet: Sheet, surface: Surface): number {
  const { axis, columns, left, row } = lane;
  const place = (value: number) => Math.min(1, Math.max(0, axis.place(value))) * columns;
  const start = axis.scale === 'log' && !(bar.from > 0) ? 0 : place(bar.from);
  const end = place(bar.to);
  if (Number.isNaN(start + end)) return left - 1;
  const [low, high] = [Math.min(start, end), Math.max(start, end)];
  const fill = fillOf(bar.mark, surface);
  const isFine = surface.unicode && fill === '█' && end >= start;
  const style = { ink: inkOf(bar.mark.series) };
  const first = Math.round(low);
  const last = isFine ? Math.ceil(high) : Math.round(high);
  for (let column = first; column < last; column++) {
    const share = Math.min(1, high - column);
    const character = isFine ? eighths[Math.round(share * 8)]! : fill;
    sheet.put(left + column, row, character, style);
  }
  return left + Math.max(first, last) - 1;
}

function drawRules(
  { marks }: ChartPanel,
  value: 'x' | 'y',
  lane: Lane,
  rows: readonly number[],
  sheet: Sheet,
  { unicode }: Surface,
): void {
  for (const mark of marks) {
    if (mark.kind !== 'rule' || mark[value] === undefined) continue;
    const place = lane.axis.place(mark[value]);
    if (!(place >= 0 && place <= 1)) continue;
    const column = lane.left + Math.min(lane.columns - 1, Math.round(place * lane.columns));
    for (const row of rows) sheet.put(column, row, unicode ? '┊' : ':', { ink: grey });
  }
}
