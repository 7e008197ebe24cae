import type { Rectangles } from '../description.js';
import { type Area, clip } from './area.js';
import { node, rounded, type SvgNode } from './node.js';
import { label, sizes, textWidth } from './text.js';

/** At the right of the area, before the picture ends. */
const spare = 12;

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** The number of the rectangle. */
  readonly at: number;
}

/** Bars, bins, boxes: one path, and their labels at their ends. */
export function drawRectangles(mark: Rectangles, area: Area): SvgNode {
  const { paints } = area;
  const boxes = boxesOf(mark, area);
  const shape = ({ left, top, width, height }: Box) =>
    `M${rounded(left)} ${rounded(top)}h${rounded(width)}v${rounded(height)}h${rounded(-width)}z`;
  const drawn = node('path', {
    d: boxes.map(shape).join('') || 'M0 0',
    // A seam, so that bins side by side are counted and not melted.
    'stroke-width': 1,
    'fill-opacity': 0.92,
    ...paints.both(paints.series(mark.series), paints.basic('surface')),
  });
  const isInside = ({ left, top, width, height }: Box) =>
    left >= -0.01 && top >= -0.01 && left + width <= area.width + 0.01 && top + height <= area.height + 0.01;
  const shown = boxes.every(isInside) ? drawn : clip(drawn, area);
  if (!mark.labels) return shown;
  const labels = boxes.filter(isInside).map((box) => endLabel(mark, box, area));
  return node('g', {}, shown, node('g', paints.fill(paints.basic('ink')), ...labels));
}

function boxesOf({ x0, x1, y0, y1 }: Rectangles, area: Area): Box[] {
  return Array.from({ length: x0.length }, (_, at) => {
    const [a, b, c, d] = [area.x(x0[at]!), area.x(x1[at]!), area.y(y0[at]!), area.y(y1[at]!)];
    return { left: Math.min(a, b), top: Math.min(c, d), width: Math.abs(a - b), height: Math.abs(c - d), at };
  }).filter(({ left, top, width, height }) => Number.isFinite(left + top + width + height));
}

function endLabel(mark: Rectangles, box: Box, area: Area): SvgNode {
  const { labels, x0, x1, y0, y1 } = mark;
  const { left, top, width, height, at } = box;
  const text = labels![at] ?? '';
  if (area.barsLie) return lyingLabel(text, x1[at]! >= x0[at]!, box, mark.series, area);
  const upward = y1[at]! >= y0[at]!;
  const y = upward ? top - 5 : top + height + sizes.small + 2;
  return label(text, {
    room: width + 8,
    x: left + width / 2,
    y: Math.max(y, sizes.small),
    'text-anchor': 'middle',
  });
}

/** Outside at the end of the bar; where there is no room, inside; where there is none either, behind its beginning. */
function lyingLabel(
  text: string,
  forward: boolean,
  { left, top, width, height }: Box,
  series: Rectangles['series'],
  { width: whole, paints }: Area,
): SvgNode {
  const [right, length] = [left + width, textWidth(text, sizes.small)];
  const outside = forward ? right + 5 + length <= whole + spare : left - 5 - length >= 0;
  const y = top + height / 2 + sizes.small * 0.36;
  const at = (x: number, anchor: 'start' | 'end', colour = {}) =>
    label(text, { x, y, 'text-anchor': anchor, ...colour });
  if (outside) return forward ? at(right + 5, 'start') : at(left - 5, 'end');
  if (length + 10 > width) return forward ? at(left - 5, 'end') : at(right + 5, 'start');
  const colour = paints.fill(paints.on(paints.series(series)));
  return forward ? at(right - 5, 'end', colour) : at(left + 5, 'start', colour);
}
