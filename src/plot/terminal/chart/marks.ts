/** The marks of a panel between its axes. */

import { cellDomain } from '../../axes/cells.js';
import type { Cells, ChartPanel, Line, Mark, Note, Points, Rule } from '../../description.js';
import { cellColour, grey, nearestColour, seriesColour, shareOf } from '../colours.js';
import { Dots, walk } from '../dots.js';
import { fitted, textWidth } from '../lettering.js';
import type { Sheet } from '../sheet.js';
import { type Surface, shade, shades } from '../surface.js';
import { type Area, across, down, whole } from './area.js';
import { drawRectangles } from './rectangles.js';
import { drawStroke, inkOf, isFunction, signOf } from './strokes.js';

/** How lines and points of a panel are drawn, which depends on how many there are. */
export interface Manner {
  readonly lines: 'strokes' | 'dots' | 'signs';
  readonly points: 'dots' | 'signs';
}

// More strokes than this are mistaken for each other; dots are finer, but only colour tells them apart.
const mostStrokes = 3;

export function mannerOf({ marks }: ChartPanel, { columns, rows }: Area, surface: Surface): Manner {
  const lines = marks.filter((mark) => mark.kind === 'line');
  const points = marks.filter((mark) => mark.kind === 'points');
  const count = points.reduce((sum, { x }) => sum + x.length, 0);
  const hasDots = (series: number) => surface.unicode && (surface.colour || series <= 1);
  const allFunctions = lines.every(isFunction);
  const fewLines = allFunctions && lines.length <= mostStrokes;
  return {
    lines: fewLines ? 'strokes' : hasDots(lines.length) ? 'dots' : allFunctions ? 'strokes' : 'signs',
    points: hasDots(points.length) && count > (columns * rows) / 4 ? 'dots' : 'signs',
  };
}

export function drawMarks(panel: ChartPanel, area: Area, sheet: Sheet, surface: Surface): void {
  const manner = mannerOf(panel, area, surface);
  let dots: Dots | undefined;
  const flush = () => {
    dots?.onto(sheet, 0, 0);
    dots = undefined;
  };
  const bars = panel.marks.filter((mark) => mark.kind === 'rectangles');
  for (const mark of panel.marks) {
    if (
      (mark.kind === 'line' && manner.lines === 'dots') ||
      (mark.kind === 'points' && isDotted(mark, manner))
    ) {
      // Dots of several marks share their characters.
      dots ??= new Dots(area.columns, area.rows);
      drawDots(mark, area, dots);
      continue;
    }
    flush();
    if (mark.kind === 'rectangles') {
      if (mark === bars[0]) drawRectangles(bars, area, sheet, surface);
    } else drawMark(mark, area, sheet, surface, manner);
  }
  flush();
}

const isDotted = (mark: Points, manner: Manner) => manner.points === 'dots' && !mark.emphasis;

function drawMark(
  mark: Exclude<Mark, { kind: 'rectangles' }>,
  area: Area,
  sheet: Sheet,
  surface: Surface,
  manner: Manner,
): void {
  if (mark.kind === 'cells') drawCells(mark, area, sheet, surface);
  else if (mark.kind === 'points') drawPoints(mark, area, sheet, surface);
  else if (mark.kind === 'rule') drawRule(mark, area, sheet, surface);
  else if (mark.kind === 'note') drawNote(mark, area, sheet, surface);
  else if (manner.lines === 'strokes') drawStroke(mark, area, sheet, surface.unicode);
  else drawSigns(mark, area, sheet);
}

function drawDots(mark: Line | Points, area: Area, dots: Dots): void {
  const ink = inkOf(mark.series);
  // The middle of a character lies between its dots.
  const x = (i: number) => Math.round(2 * across(area, mark.x[i]!) + 0.5);
  const y = (i: number) => Math.round(4 * down(area, mark.y[i]!) + 1.5);
  const isLine = mark.kind === 'line';
  for (let i = 0; i < mark.x.length; i++) {
    const [left, top] = [x(i), y(i)];
    if (Number.isNaN(left + top)) continue;
    dots.put(left, top, ink);
    const [right, bottom] = [x(i + 1), y(i + 1)];
    const isJoined =
      isLine && !(mark.dashed && i % 2) && i + 1 < mark.x.length && !Number.isNaN(right + bottom);
    if (isJoined) dots.line(left, top, right, bottom, ink);
  }
}

function drawSigns(line: Line, area: Area, sheet: Sheet): void {
  const style = { ink: inkOf(line.series) };
  for (let i = 1; i < line.x.length; i++) {
    const ends = [i - 1, i].flatMap((j) => [across(area, line.x[j]!), down(area, line.y[j]!)]);
    if (ends.some(Number.isNaN)) continue;
    const [fromX, fromY, toX, toY] = ends.map(Math.round) as [number, number, number, number];
    walk(fromX, fromY, toX, toY, (x, y) => sheet.put(x, y, signOf(line.series), style));
  }
}

const pointSigns = '●▲■◆○△□◇';

export function pointSign({ series, emphasis }: Points, unicode: boolean): string {
  if (emphasis) return unicode ? '✚' : 'X';
  if (!unicode) return signOf(series);
  return series === undefined ? '·' : pointSigns[series % pointSigns.length]!;
}

function drawPoints(points: Points, area: Area, sheet: Sheet, { unicode }: Surface): void {
  const sign = pointSign(points, unicode);
  for (let i = 0; i < points.x.length; i++) {
    const [x, y] = [across(area, points.x[i]!), down(area, points.y[i]!)];
    sheet.put(whole(x, area.columns), whole(y, area.rows), sign, { ink: inkOf(points.series) });
  }
}

/** The shade of a region of a class where colours are absent. */
export const regionSign = (series: number, { colour, unicode }: Surface): string => {
  if (colour) return unicode ? '░' : '.';
  const ramp = unicode ? ' ░·▒:▓-=' : " .:-=+'~";
  return ramp[series % ramp.length]!;
};

function drawCells(cells: Cells, area: Area, sheet: Sheet, surface: Surface): void {
  const domain = cellDomain(cells);
  const ramp = shades(surface.unicode);
  const x = indexOf(area.x.place(cells.x[0]), area.x.place(cells.x[1]), cells.values[0]?.length ?? 0);
  const y = indexOf(area.y.place(cells.y[0]), area.y.place(cells.y[1]), cells.values.length);
  const half = 0.25 / area.rows;
  const colourOf = (value: number) => {
    const rgb = cellColour(value, cells, domain);
    return surface.trueColour ? rgb : nearestColour(rgb);
  };
  for (let row = 0; row < area.rows; row++) {
    for (let column = 0; column < area.columns; column++) {
      const up = 1 - (row + 0.5) / area.rows;
      const at = (height: number) =>
        cells.values[y(height)]?.[x((column + 0.5) / area.columns)] ?? Number.NaN;
      const value = at(up);
      if (!Number.isFinite(value)) continue;
      if (cells.palette === 'classes') {
        sheet.put(column, row, regionSign(value, surface), { ink: seriesColour(value) });
      } else if (!surface.colour) sheet.put(column, row, shade(shareOf(value, domain), ramp));
      else if (surface.unicode) {
        const [upper, lower] = [at(up + half), at(up - half)];
        const ink = colourOf(Number.isFinite(upper) ? upper : value);
        sheet.put(column, row, '▀', { ink, ground: colourOf(Number.isFinite(lower) ? lower : value) });
      } else sheet.put(column, row, ' ', { ground: colourOf(value) });
    }
  }
}

/** Which of so many cells a place belongs to; -1 or their number outside of them. */
function indexOf(from: number, to: number, count: number): (place: number) => number {
  return (place) => Math.floor(((place - from) / (to - from)) * count + 1e-9);
}

function drawRule({ x, y }: Rule, area: Area, sheet: Sheet, { unicode }: Surface): void {
  const style = { ink: grey };
  if (x !== undefined) {
    const column = whole(across(area, x), area.columns);
    for (let row = 0; row < area.rows; row++) sheet.put(column, row, unicode ? '┊' : ':', style);
  }
  if (y !== undefined) {
    const row = whole(down(area, y), area.rows);
    for (let column = 0; column < area.columns; column++) sheet.put(column, row, unicode ? '┈' : '.', style);
  }
}

function drawNote({ x, y, text }: Note, area: Area, sheet: Sheet, { unicode }: Surface): void {
  const words = fitted(text, area.columns, unicode);
  const column = Math.min(whole(across(area, x), area.columns), area.columns - textWidth(words));
  sheet.write(column, whole(down(area, y), area.rows), words);
}
