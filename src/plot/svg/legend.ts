/** Names of the marks beside samples of them, in rows. */

import type { Line, Mark, Points, Rectangles } from '../description.js';
import { type Drawn, node, rounded, type SvgNode } from './node.js';
import type { Paints } from './paint.js';
import { dashes, symbolPath } from './symbols.js';
import { label, shortened, sizes, textWidth } from './text.js';

type Named = (Line | Points | Rectangles) & { readonly name: string };

const [rowHeight, sample, between] = [19, 26, 18];

export function drawLegend(marks: readonly Mark[], width: number, paints: Paints): Drawn {
  const entries = entriesOf(marks);
  if (entries.length === 0) return { height: 0, children: [] };
  const symbols =
    new Set(entries.flatMap(([first]) => (first!.kind === 'line' ? [first!.series] : []))).size > 1;
  const children: SvgNode[] = [];
  let [x, row] = [0, 0];
  for (const entry of entries) {
    const room = width - sample;
    const text = shortened(entry[0]!.name, room, sizes.plain);
    const length = sample + textWidth(text, sizes.plain);
    if (x > 0 && x + length > width) [x, row] = [0, row + 1];
    const y = row * rowHeight + 12;
    const place = `translate(${rounded(x)} ${y})`;
    const words = label(entry[0]!.name, {
      room,
      size: sizes.plain,
      x: sample,
      ...paints.fill(paints.basic('ink')),
    });
    children.push(
      node('g', { transform: place }, ...entry.flatMap((mark) => sampleOf(mark, symbols, paints)), words),
    );
    x += length + between;
  }
  return { height: (row + 1) * rowHeight + 3, children };
}

/** A line and points of one name and series are one entry. */
function entriesOf(marks: readonly Mark[]): Named[][] {
  const entries = new Map<string, Named[]>();
  for (const mark of marks) {
    if (mark.kind !== 'line' && mark.kind !== 'points' && mark.kind !== 'rectangles') continue;
    if (!mark.name) continue;
    const key = JSON.stringify([mark.name, mark.series ?? null]);
    entries.set(key, [...(entries.get(key) ?? []), mark as Named]);
  }
  return [...entries.values()];
}

function sampleOf(mark: Named, symbols: boolean, paints: Paints): SvgNode[] {
  const colour = paints.series(mark.series);
  if (mark.kind === 'rectangles')
    return [node('rect', { x: 5, y: -9, width: 11, height: 11, rx: 1.5, ...paints.fill(colour) })];
  const middle = [[10, -4]] as const;
  if (mark.kind === 'points') {
    const scale = mark.emphasis ? 1.7 : 1.15;
    return [node('path', { d: symbolPath(mark.series, middle, scale), ...paints.fill(colour) })];
  }
  const line = node('path', {
    d: 'M0-4h20',
    'stroke-width': 2,
    'stroke-dasharray': mark.dashed ? dashes : undefined,
    ...paints.stroke(colour),
  });
  if (!symbols || mark.series === undefined) return [line];
  return [line, node('path', { d: symbolPath(mark.series, middle, 1), ...paints.fill(colour) })];
}
