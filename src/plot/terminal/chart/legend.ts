/** What the marks of a panel mean, below it. */

import { cellDomain } from '../../axes/cells.js';
import { numberLabel } from '../../axes/labels.js';
import { valueAt } from '../../axes/range.js';
import type { Cells, ChartPanel } from '../../description.js';
import { type Colour, cellColour, grey, nearestColour } from '../colours.js';
import { fitted, textWidth } from '../lettering.js';
import { Sheet } from '../sheet.js';
import { type Surface, shades } from '../surface.js';
import { type Manner, pointSign } from './marks.js';
import { fillOf } from './rectangles.js';
import { inkOf, signOf, strokeSample } from './strokes.js';

interface Item {
  readonly sample: string;
  readonly ink: Colour | undefined;
  readonly text: string;
}

/** The legend, and the label of the x axis after it; nothing where neither is there. */
export function drawLegend(panel: ChartPanel, manner: Manner, surface: Surface, xLabel: string): Sheet {
  const items = itemsOf(panel, manner, surface);
  if (xLabel) items.push({ sample: '', ink: undefined, text: items.length > 0 ? `(${xLabel})` : xLabel });
  const scales = panel.marks.filter((mark) => mark.kind === 'cells' && mark.name !== undefined);
  const rows = flow(items, surface);
  const sheet = new Sheet(surface.width, rows.length + scales.length);
  rows.forEach((row, i) => {
    let column = items.length === 1 && xLabel ? Math.max(0, (surface.width - textWidth(xLabel)) >> 1) : 0;
    for (const { sample, ink, text } of row) {
      sheet.write(column, i, sample, { ink });
      const start = column + (sample ? textWidth(sample) + 1 : 0);
      const words = fitted(text, surface.width - start, surface.unicode);
      sheet.write(start, i, words, sample ? {} : { ink: grey });
      column = start + textWidth(words) + gap;
    }
  });
  scales.forEach((cells, i) => {
    drawScale(cells as Cells, sheet, rows.length + i, surface);
  });
  return sheet;
}

const gap = 3;

function itemsOf({ marks }: ChartPanel, manner: Manner, surface: Surface): Item[] {
  const items = marks.flatMap((mark): Item[] => {
    if (!('name' in mark) || mark.name === undefined || mark.kind === 'cells') return [];
    if (mark.kind === 'rule') {
      const sample = surface.unicode
        ? mark.y === undefined
          ? '┊'
          : '┈┈'
        : mark.y === undefined
          ? ':'
          : '..';
      return [{ sample, ink: grey, text: mark.name }];
    }
    const ink = inkOf(mark.series);
    if (mark.kind === 'rectangles')
      return [{ sample: fillOf(mark, surface).repeat(2), ink, text: mark.name }];
    if (mark.kind === 'points') {
      const isDots = manner.points === 'dots' && !mark.emphasis;
      return [{ sample: isDots ? '⣿' : pointSign(mark, surface.unicode), ink, text: mark.name }];
    }
    const samples = {
      strokes: strokeSample(mark, surface.unicode),
      dots: '⠒⠒',
      signs: signOf(mark.series).repeat(2),
    };
    return [{ sample: samples[manner.lines], ink, text: mark.name }];
  });
  // A line and its points are one thing to a reader.
  const isSame = (a: Item, b: Item) => a.ink === b.ink && a.text === b.text;
  return items.filter((item, i) => items.findIndex((other) => isSame(other, item)) === i);
}

/** As many items in a line as fit. */
function flow(items: readonly Item[], { width }: Surface): Item[][] {
  const rows: Item[][] = [];
  let used = width + 1;
  for (const item of items) {
    const needed = textWidth(item.text) + (item.sample ? textWidth(item.sample) + 1 : 0);
    if (used + needed > width) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)!.push(item);
    used += needed + gap;
  }
  return rows;
}

/** The colours of cells from the lowest value to the highest: `count 0 ░▒▓█ 912`. */
function drawScale(cells: Cells, sheet: Sheet, row: number, surface: Surface): void {
  const { unicode, colour, trueColour, width } = surface;
  const domain = cellDomain(cells);
  const [low, high] = domain.map((value) => numberLabel(value, 3, { ascii: !unicode })) as [string, string];
  const steps = colour ? 10 : shades(unicode).length;
  const needed = low.length + high.length + steps + 2;
  if (needed > width) {
    sheet.write(0, row, fitted(`${low}${unicode ? '…' : '..'}${high}`, width, unicode), { ink: grey });
    return;
  }
  const name = fitted(`${cells.name} `, width - needed, unicode);
  sheet.write(0, row, `${name}${low}`, { ink: grey });
  const start = textWidth(name) + low.length + 1;
  for (let step = 0; step < steps; step++) {
    const value = valueAt(step / (steps - 1), domain);
    const rgb = cellColour(value, cells, domain);
    const ground = trueColour ? rgb : nearestColour(rgb);
    sheet.put(start + step, row, colour ? ' ' : shades(unicode)[step]!, colour ? { ground } : {});
  }
  sheet.write(start + steps + 1, row, high, { ink: grey });
}
