/** Marks within the area of a chart, whose upper left corner is the origin. */

import { line } from 'd3-shape';
import type { Line, Mark, Note, Points, Rule } from '../description.js';
import { type Area, clip } from './area.js';
import { drawCells } from './cells.js';
import { node, rounded, type SvgNode } from './node.js';
import { drawRectangles } from './rectangles.js';
import { dashes, symbolPath } from './symbols.js';
import { label, sizes, textWidth } from './text.js';
import { thinLine } from './thin-line.js';

type Place = readonly [x: number, y: number];

export function drawMark(mark: Mark, area: Area): SvgNode {
  if (mark.kind === 'line') return drawLine(mark, area);
  if (mark.kind === 'points') return drawPoints(mark, area);
  if (mark.kind === 'rectangles') return drawRectangles(mark, area);
  if (mark.kind === 'cells') return drawCells(mark, area);
  return mark.kind === 'rule' ? drawRule(mark, area) : drawNote(mark, area);
}

const placesOf = ({ x, y }: Line | Points, area: Area): Place[] =>
  Array.from({ length: Math.min(x.length, y.length) }, (_, i) => [area.x(x[i]!), area.y(y[i]!)] as const);

const isPlace = ([x, y]: Place) => Number.isFinite(x) && Number.isFinite(y);
const isInside = ([x, y]: Place, { width, height }: Area) =>
  x >= -0.01 && y >= -0.01 && x <= width + 0.01 && y <= height + 0.01;

function drawLine(mark: Line, area: Area): SvgNode {
  const all = placesOf(mark, area);
  const places = thinLine(all, area.width);
  const colour = area.paints.series(mark.series);
  const path = line<Place>().digits(2).defined(isPlace)(places as Place[]) ?? '';
  const drawn = node('path', {
    d: path || 'M0 0',
    'stroke-width': mark.series === undefined ? 1.5 : 2,
    'stroke-linejoin': 'round',
    'stroke-dasharray': mark.dashed ? dashes : undefined,
    ...area.paints.stroke(colour),
  });
  const signs = signsOf(mark, places, area).filter((place) => isInside(place, area));
  const clipped = places.every((place) => !isPlace(place) || isInside(place, area))
    ? drawn
    : clip(drawn, area);
  if (signs.length === 0) return clipped;
  const symbols = node('path', { d: symbolPath(mark.series, signs, 1), ...area.paints.fill(colour) });
  return node('g', {}, clipped, symbols);
}

/** Symbols of a line: on values that stand alone, and about every 90 pixels where several lines are told apart. */
function signsOf({ series }: Line, places: readonly Place[], { symbols }: Area): Place[] {
  const alone = places.filter(
    (place, i) => isPlace(place) && ![places[i - 1], places[i + 1]].some((next) => next && isPlace(next)),
  );
  if (!symbols || series === undefined) return alone;
  // Lines that lie upon each other show their symbols in different places.
  let next = places.find(isPlace)?.[0] ?? 0;
  next += (series % 8) * 11;
  const spread = places.filter((place) => {
    if (!isPlace(place) || place[0] < next) return false;
    next = place[0] + 90;
    return true;
  });
  return [...new Set([...alone, ...(spread.length > 0 ? spread : places.filter(isPlace).slice(-1))])];
}

function drawPoints(mark: Points, area: Area): SvgNode {
  const places = placesOf(mark, area).filter((place) => isPlace(place) && isInside(place, area));
  const colour = area.paints.series(mark.series);
  const crowd = places.length > 400 ? 0.7 : places.length > 120 ? 0.85 : 1;
  const d = symbolPath(mark.series, places, mark.emphasis ? 2.1 : crowd) || 'M0 0';
  if (!mark.emphasis) return node('path', { d, 'fill-opacity': 0.85, ...area.paints.fill(colour) });
  const ring = area.paints.basic('ink');
  const halo = { d, 'stroke-width': 5, ...area.paints.stroke(area.paints.basic('surface')) };
  return node(
    'g',
    {},
    node('path', halo),
    node('path', { d, 'stroke-width': 1.5, ...area.paints.both(colour, ring) }),
  );
}

function drawRule({ x, y, name }: Rule, area: Area): SvgNode {
  const [left, top] = [x === undefined ? Number.NaN : area.x(x), y === undefined ? Number.NaN : area.y(y)];
  const paths = [
    ...(left >= 0 && left <= area.width ? [`M${rounded(left)} 0v${rounded(area.height)}`] : []),
    ...(top >= 0 && top <= area.height ? [`M0 ${rounded(top)}h${rounded(area.width)}`] : []),
  ];
  const stroke = {
    'stroke-dasharray': '3 3',
    'stroke-width': 1.25,
    ...area.paints.stroke(area.paints.basic('quiet')),
  };
  const drawn = node('path', { d: paths.join('') || 'M0 0', ...stroke });
  if (!name || paths.length === 0) return node('g', {}, drawn);
  if (Number.isFinite(top))
    return node('g', {}, drawn, words(name, area.width - 4, Math.max(top - 5, 11), 'end', area));
  const isLeft = left + 5 + textWidth(name, sizes.small) <= area.width;
  return node('g', {}, drawn, words(name, left + (isLeft ? 5 : -5), 11, isLeft ? 'start' : 'end', area));
}

function drawNote({ x, y, text }: Note, area: Area): SvgNode {
  const place: Place = [area.x(x), area.y(y)];
  if (!isPlace(place) || !isInside(place, area)) return node('g');
  const half = Math.min(textWidth(text, sizes.small), area.width) / 2;
  const middle = Math.min(Math.max(place[0], half), area.width - half);
  return words(text, middle, place[1] + sizes.small * 0.36, 'middle', area);
}

/** Text over marks, with a seam of the page's colour. */
function words(text: string, x: number, y: number, anchor: string, { width, paints }: Area): SvgNode {
  return label(text, {
    room: width,
    x,
    y,
    'text-anchor': anchor,
    'stroke-width': 3,
    'paint-order': 'stroke',
    'stroke-linejoin': 'round',
    ...paints.both(paints.basic('ink'), paints.basic('surface')),
  });
}
