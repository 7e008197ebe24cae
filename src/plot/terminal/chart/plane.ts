/** Two axes with ticks, the marks between them, and the legend below. */

import { type AxisPlan, planAxis, type Tick } from '../../axes/axis.js';
import type { ChartPanel } from '../../description.js';
import { grey } from '../colours.js';
import { fitted, padStart, textWidth } from '../lettering.js';
import { Sheet, sheetOf, stacked } from '../sheet.js';
import type { Surface } from '../surface.js';
import { type Area, across, down, whole } from './area.js';
import { drawLegend } from './legend.js';
import { drawMarks, mannerOf } from './marks.js';

// A line for each so many characters of width, as long as that is neither too flat nor too high.
const flat = { perLine: 7, least: 5, most: 11 };
const high = { perLine: 3.5, least: 6, most: 22 };
const tickSpace = 12;
const linesPerTick = 3;

export function drawPlane(panel: ChartPanel, surface: Surface): Sheet {
  const frame = areaOf(panel, surface);
  const { area, margin, labels } = frame;
  const marks = new Sheet(area.columns, area.rows);
  drawMarks(panel, area, marks, surface);
  const left = margin + 1;
  const sheet = new Sheet(surface.width, area.rows + (surface.width > 4 ? 2 : 1));
  sheet.paste(marks, left, 0);
  drawSide(sheet, area, margin, labels, surface);
  drawBottom(sheet, area, left, surface);
  const legend = legendBelow(panel, area, left, surface);
  const heading = panel.y.label && panel.y.label !== panel.title ? [panel.y.label] : [];
  const words = heading.map((text) => fitted(text, surface.width, surface.unicode));
  return stacked([sheetOf(words, surface.width, { ink: grey }), sheet, legend]);
}

/** Under the area while it stays one line there, else from the side on. */
function legendBelow(panel: ChartPanel, area: Area, left: number, surface: Surface): Sheet {
  const manner = mannerOf(panel, area, surface);
  const drawn = (width: number) => drawLegend(panel, manner, { ...surface, width }, panel.x.label);
  const narrow = surface.width - left > 0 ? drawn(surface.width - left) : undefined;
  if (narrow === undefined || narrow.height > 1) return drawn(surface.width);
  const sheet = new Sheet(surface.width, narrow.height);
  sheet.paste(narrow, left, 0);
  return sheet;
}

interface Frame {
  readonly area: Area;
  /** Places left of the axis. */
  readonly margin: number;
  /** Labels beside the rows that have a tick. */
  readonly labels: ReadonlyMap<number, string>;
}

function areaOf(panel: ChartPanel, surface: Surface): Frame {
  const options = { ascii: !surface.unicode };
  const kinds = new Set(panel.marks.map(({ kind }) => kind));
  const isHigh = kinds.has('points') || kinds.has('cells') || panel.equal;
  const { perLine, least, most } = isHigh ? high : flat;
  const asked = surface.height ?? Math.min(most, Math.max(least, Math.round(surface.width / perLine)));
  const edges = kinds.has('rectangles') || kinds.has('cells');
  let rows = asked;
  let y = planAxis(panel, 'y', Math.max(2, Math.round(rows / linesPerTick)), options);
  // On a few columns the labels may take half, no more.
  const half = Math.max(1, Math.floor(surface.width / 2));
  const margin = Math.min(1 + widestOf(y, half - 1), half);
  let columns = Math.max(1, surface.width - margin - 1);
  const x = planAxis(panel, 'x', Math.max(2, Math.floor(columns / tickSpace)), options);
  if (panel.equal) {
    // A character is about twice as high as wide.
    const shape = (y.domain[1] - y.domain[0]) / (x.domain[1] - x.domain[0]) / 2;
    const tallest = surface.height ?? most;
    rows = Math.max(2, Math.min(tallest, Math.round(columns * shape)));
    columns = Math.max(2, Math.min(columns, Math.round(rows / shape)));
    y = planAxis(panel, 'y', Math.max(2, Math.round(rows / linesPerTick)), options);
  }
  const area: Area = { columns, rows: Math.max(2, rows), x, y, edges };
  return { area, margin, labels: sideLabels(area, margin, surface) };
}

/** Half a number is another number: those that are too wide are left out, names are cut. */
const isShown = ({ scale }: AxisPlan, { label }: Tick, room: number) =>
  scale === 'band' || textWidth(label) <= room;

const widestOf = (axis: AxisPlan, room: number): number =>
  Math.max(0, ...axis.ticks.filter((tick) => isShown(axis, tick, room)).map(({ label }) => textWidth(label)));

/** Of labels that share a line the first is kept. */
function sideLabels(area: Area, margin: number, { unicode }: Surface): ReadonlyMap<number, string> {
  const labels = new Map<number, string>();
  for (const { value, label } of area.y.ticks.filter((tick) => isShown(area.y, tick, margin - 1))) {
    // Edges lie between lines; the lowest is the axis itself.
    const row = Math.round(down(area, value));
    const isBand = area.y.scale === 'band';
    const line = isBand ? Math.floor(down(area, value)) : row;
    if (!labels.has(line)) labels.set(line, fitted(label, margin - 1, unicode));
  }
  return labels;
}

function drawSide(
  sheet: Sheet,
  area: Area,
  margin: number,
  labels: ReadonlyMap<number, string>,
  { unicode }: Surface,
): void {
  const [joint, edge] = unicode ? ['┤', '│'] : ['+', '|'];
  const style = { ink: grey };
  for (let row = 0; row <= area.rows; row++) {
    const label = labels.get(row);
    if (label) sheet.write(0, row, padStart(label, margin - 1));
    if (row < area.rows) sheet.put(margin, row, label ? joint! : edge!, style);
  }
}

function drawBottom(sheet: Sheet, area: Area, left: number, { unicode }: Surface): void {
  const [corner, level, joint] = unicode ? ['└', '─', '┬'] : ['+', '-', '+'];
  const style = { ink: grey };
  sheet.write(left - 1, area.rows, corner! + level!.repeat(area.columns), style);
  let free = 0;
  for (const { column, label } of bottomTicks(area, area.x)) {
    const words = fitted(label, area.columns, unicode);
    const width = textWidth(words);
    const start = Math.min(area.columns - width, Math.max(0, column - Math.floor(width / 2)));
    if (start < free) continue;
    sheet.put(left + column, area.rows, joint!, style);
    sheet.write(left + start, area.rows + 1, words);
    free = start + width + 1;
  }
}

function bottomTicks(area: Area, x: AxisPlan): { column: number; label: string }[] {
  const column = ({ value }: Tick) => {
    const place = across(area, value);
    return x.scale === 'band' && area.edges ? Math.floor(place) : whole(place, area.columns);
  };
  const shown = x.ticks.filter((tick) => isShown(x, tick, area.columns));
  const found = shown.map((tick) => ({ column: column(tick), label: tick.label }));
  return found.sort((a, b) => a.column - b.column);
}
