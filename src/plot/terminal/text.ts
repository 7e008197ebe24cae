/** A picture as lines of text. */

import { bool, int, maybe } from '../../core/fields.js';
import { Schema } from '../../core/schema.js';
import type { Panel, Picture } from '../description.js';
import { drawChart } from './chart/chart.js';
import { grey } from './colours.js';
import { drawDiagram } from './diagram.js';
import { drawImages } from './images.js';
import { fitted, readable, textWidth, wrapped } from './lettering.js';
import { beside, Sheet, sheetOf, stacked } from './sheet.js';
import type { Surface } from './surface.js';

export interface TerminalOptions {
  /** Characters in a line. Default 80, at least 8. */
  readonly width?: number | undefined;
  /** Lines of each chart between its axes. Default: what suits the width. */
  readonly height?: number | undefined;
  /** Colours by ANSI codes, of the 256 that terminals have. Default false, with `trueColour` true. */
  readonly colour?: boolean | undefined;
  /** Whether colours of pictures and heat maps may be any, by 24 bits. Default false; without colour there are none. */
  readonly trueColour?: boolean | undefined;
  /** Braille and box characters; else ASCII. Default true. */
  readonly unicode?: boolean | undefined;
}

const fields = () => ({
  width: int(80, { min: 8 }),
  height: { ...maybe(int({ min: 2 })), fallback: null },
  colour: maybe(bool(false)),
  trueColour: bool(false),
  unicode: bool(true),
});

/**
 * Draws a picture with characters: no line is longer than the width or ends in blanks. Throws a ConfigError when an option
 * is none of these, or is not what it should be.
 */
export function terminalText(picture: Picture, options: TerminalOptions): string {
  const surface = surfaceOf(options);
  const { width, unicode } = surface;
  const { title, panels, columns, notes = [] } = readable(picture, unicode);
  const drawn = arrange(panels, columns, surface);
  const heading = title ? wrapped(title, width, unicode) : [];
  const remarks = notes.flatMap((note) => wrapped(note, width, unicode));
  const body = panels.length > 0 ? drawn : sheetOf(['No values to draw.'], width);
  const parts = [sheetOf(heading, width), body, sheetOf(remarks, width, { ink: grey })];
  const sheet = stacked(parts.filter(({ height }) => height > 0));
  return sheet.lines(surface.colour).join('\n');
}

function surfaceOf(options: TerminalOptions): Surface {
  const schema = new Schema('terminal', fields, () => ({}));
  const { height, colour, trueColour, ...values } = schema.read([
    options,
  ]) as unknown as Required<TerminalOptions>;
  const surface = { ...values, height: height ?? undefined, colour: colour ?? trueColour };
  return { ...surface, trueColour } as Surface;
}

// What a chart needs beside others; alone it takes what there is.
const leastWidth = 36;
const gap = 2;

/** Side by side while they fit. */
function arrange(panels: readonly Panel[], columns: number | undefined, surface: Surface): Sheet {
  const wanted = columns ?? Math.ceil(Math.sqrt(panels.length));
  const most = Math.max(1, Math.floor((surface.width + gap) / (leastWidth + gap)));
  const perRow = Math.max(1, Math.min(wanted, most));
  const width = Math.floor((surface.width + gap) / perRow) - gap;
  const sheets = panels.map((panel) => drawPanel(panel, { ...surface, width }));
  const rows: Sheet[] = [];
  for (let i = 0; i < sheets.length; i += perRow) rows.push(beside(sheets.slice(i, i + perRow), gap));
  return stacked(rows, 1);
}

function drawPanel(panel: Panel, surface: Surface): Sheet {
  const { width, unicode } = surface;
  const title = panel.title ? fitted(panel.title, width, unicode) : '';
  const heading = new Sheet(width, title ? 1 : 0);
  heading.write(Math.max(0, (width - textWidth(title)) >> 1), 0, title);
  const whole = new Sheet(width, 0);
  return stacked([
    whole,
    heading,
    isEmpty(panel) ? sheetOf([fitted('No values to draw.', width, unicode)], width) : draw(panel, surface),
  ]);
}

function draw(panel: Panel, surface: Surface): Sheet {
  switch (panel.kind) {
    case 'chart':
      return drawChart(panel, surface);
    case 'images':
      return drawImages(panel, surface);
    case 'diagram':
      return drawDiagram(panel, surface);
  }
}

function isEmpty(panel: Panel): boolean {
  if (panel.kind === 'images') return panel.images.length === 0;
  if (panel.kind === 'diagram') return panel.nodes.length === 0;
  return panel.marks.every((mark) => {
    if (mark.kind === 'cells') return !mark.values.some((row) => Array.from(row).some(Number.isFinite));
    if (mark.kind === 'rule' || mark.kind === 'note') return true;
    const [xs, ys] = mark.kind === 'rectangles' ? [mark.x1, mark.y1] : [mark.x, mark.y];
    return !Array.from(xs).some((x, i) => Number.isFinite(x) && Number.isFinite(ys[i]));
  });
}
