/** Bars of a histogram, upright in columns of blocks. */

import type { Rectangles } from '../../description.js';
import type { Sheet } from '../sheet.js';
import type { Surface } from '../surface.js';
import { type Area, across, down } from './area.js';
import { inkOf } from './strokes.js';

const eighths = ' ▁▂▃▄▅▆▇█';

/** What a bar is filled with; without colour each series has its own. */
export function fillOf({ series = 3 }: Rectangles, { colour, unicode }: Surface): string {
  const fills = unicode ? '█▒░▓' : '#o+:*x%=';
  return colour && unicode ? '█' : fills[series % fills.length]!;
}

interface Span {
  readonly mark: Rectangles;
  readonly top: number;
  readonly bottom: number;
}

/** Where bars of several marks meet, the highest stands behind, so that each shows its end. */
export function drawRectangles(
  marks: readonly Rectangles[],
  area: Area,
  sheet: Sheet,
  surface: Surface,
): void {
  for (let column = 0; column < area.columns; column++) {
    const spans = marks.flatMap((mark) => spansAt(mark, column + 0.5, area));
    spans.sort((a, b) => a.top - b.top);
    spans.forEach((span, i) => {
      drawSpan(span, spans[i - 1], column, sheet, surface);
    });
  }
}

function spansAt(mark: Rectangles, middle: number, area: Area): Span[] {
  const found: Span[] = [];
  for (let i = 0; i < mark.x0.length; i++) {
    const sides = [across(area, mark.x0[i]!), across(area, mark.x1[i]!)];
    const ends = [mark.y0[i]!, mark.y1[i]!].map((value) => down(area, value));
    if (area.y.scale === 'log' && !(mark.y0[i]! > 0)) ends[0] = area.rows;
    if ([...sides, ...ends].some(Number.isNaN)) continue;
    // A bar that is narrower than a column is drawn in the one that holds its middle.
    const centre = Math.floor((sides[0]! + sides[1]!) / 2) + 0.5;
    const isHere = middle >= Math.min(...sides) && middle < Math.max(...sides);
    if (isHere || centre === middle) found.push({ mark, top: Math.min(...ends), bottom: Math.max(...ends) });
  }
  return found;
}

function drawSpan(
  { mark, top, bottom }: Span,
  behind: Span | undefined,
  column: number,
  sheet: Sheet,
  surface: Surface,
): void {
  const fill = fillOf(mark, surface);
  const ink = inkOf(mark.series);
  const last = Math.round(bottom) - 1;
  for (let row = Math.max(0, Math.floor(top)); row <= last; row++) {
    const share = Math.min(1, row + 1 - top);
    const isCovering = behind !== undefined && row >= Math.floor(behind.top);
    // Above a part of a block is what stands behind, which only colour can show.
    const isFine = surface.unicode && fill === '█' && (surface.colour || !isCovering);
    const character = isFine ? eighths[Math.round(share * 8)]! : share >= 0.5 ? fill : ' ';
    const ground = isCovering && share < 1 ? inkOf(behind.mark.series) : undefined;
    if (character !== ' ') sheet.put(column, row, character, { ink, ground });
  }
}
