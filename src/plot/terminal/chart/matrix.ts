/** A grid of values as a table, when its numbers fit. */

import { planAxis } from '../../axes/axis.js';
import { cellDomain } from '../../axes/cells.js';
import type { Cells, ChartPanel } from '../../description.js';
import { cellColour, grey, inkOn, nearestColour, rgbOf, shareOf } from '../colours.js';
import { fitted, padStart, textWidth } from '../lettering.js';
import { Sheet, sheetOf, stacked } from '../sheet.js';
import { type Surface, shade, shades } from '../surface.js';
import { drawLegend } from './legend.js';

interface Table {
  readonly cells: Cells;
  readonly labels: readonly (readonly string[])[];
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** Places of a number, and of a column. */
  readonly number: number;
  readonly column: number;
  readonly side: number;
}

/** The table of a panel that is one grid with its numbers; undefined where it is something else, or does not fit. */
export function drawMatrix(panel: ChartPanel, surface: Surface): Sheet | undefined {
  const [cells, ...others] = panel.marks;
  if (cells?.kind !== 'cells' || others.length > 0 || !cells.labels) return undefined;
  const table = tableOf(panel, cells, cells.labels, surface);
  return table && drawTable(panel, table, surface);
}

function tableOf(
  panel: ChartPanel,
  cells: Cells,
  labels: readonly (readonly string[])[],
  { width, colour }: Surface,
): Table | undefined {
  const names = (way: 'x' | 'y') => {
    if (panel[way].scale !== 'band') return [];
    const { ticks, place } = planAxis(panel, way, 2);
    const sorted = [...ticks].sort((a, b) => place(a.value) - place(b.value));
    const found = sorted.map(({ label }) => label);
    return way === 'y' ? found.reverse() : found;
  };
  const [rows, columns] = [names('y'), names('x')];
  const number = Math.max(1, ...labels.flat().map(textWidth));
  // A shade beside each number stands in for its ground.
  const least = number + (colour ? 2 : 3);
  const count = Math.max(1, ...labels.map((line) => line.length));
  const widest = Math.max(0, ...rows.map(textWidth));
  const side = Math.min(widest, Math.max(Math.min(widest, 6), width - count * least - 1));
  const room = Math.floor((width - side - 1) / count);
  if (room < least) return undefined;
  const column = Math.min(room, Math.max(least, 2 + Math.max(0, ...columns.map(textWidth))), 12);
  return { cells, labels, rows, columns, number, column, side };
}

function drawTable(panel: ChartPanel, table: Table, surface: Surface): Sheet {
  const { cells, rows, columns, column, side } = table;
  const { width, unicode } = surface;
  const sheet = new Sheet(width, table.labels.length + 1);
  columns.forEach((name, i) => {
    sheet.write(side + 1 + i * column, 0, padStart(fitted(name, column - 1, unicode), column - 1));
  });
  rows.forEach((name, i) => {
    sheet.write(0, i + 1, fitted(name, side, unicode));
  });
  const x = order(cells.x, panel.x.reversed);
  const y = order(cells.y, !panel.y.reversed);
  table.labels.forEach((line, i) => {
    const row = (y ? table.labels.length - 1 - i : i) + 1;
    line.forEach((label, j) => {
      const place = side + 1 + (x ? line.length - 1 - j : j) * column;
      drawCell(sheet, place, row, label, cells.values[i]?.[j] ?? Number.NaN, table, surface);
    });
  });
  const heading = [panel.y.label, panel.x.label].filter(Boolean);
  const arrows = unicode ? ['↓', '→'] : ['down', 'across'];
  const words =
    heading.length === 2 ? `${heading[0]} ${arrows[0]}  ${heading[1]} ${arrows[1]}` : heading.join('');
  const above = sheetOf(words ? [fitted(words, width, unicode)] : [], width, { ink: grey });
  return stacked([above, sheet, drawLegend(panel, { lines: 'strokes', points: 'signs' }, surface, '')]);
}

/** Whether the grid's first row or column comes last. */
const order = ([from, to]: readonly [number, number], reversed = false): boolean => from > to !== reversed;

function drawCell(
  sheet: Sheet,
  column: number,
  row: number,
  label: string,
  value: number,
  table: Table,
  surface: Surface,
): void {
  const domain = cellDomain(table.cells);
  const isEmpty = !Number.isFinite(value);
  if (surface.colour) {
    const rgb = cellColour(value, table.cells, domain);
    const near = nearestColour(rgb);
    const ground = surface.trueColour ? rgb : near;
    const style = isEmpty ? {} : { ground, ink: inkOn(rgbOf(near)) };
    sheet.write(column, row, `${padStart(label, table.column - 1)} `, style);
    return;
  }
  sheet.write(column, row, padStart(label, table.column - 2));
  if (isEmpty) return;
  sheet.put(column + table.column - 2, row, shade(shareOf(value, domain), shades(surface.unicode)));
}
