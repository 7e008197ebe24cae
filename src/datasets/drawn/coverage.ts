/**
 * Which share of each pixel a shape covers, on a square from 0 to 1 with y downwards. Filled shapes are summed up line by
 * line with the exact share in x (the accumulation buffer of Levien's font-rs, 2015); strokes are read off the distance.
 */

import { type Bounds, boundsOf, type Path, type Point } from './path.js';

export interface Coverage {
  /** `[side, side]`, from 0 to 1. */
  readonly values: Float32Array;
  /** Outside of these pixels all is 0; `right` and `below` are the first outside. */
  readonly bounds: Bounds;
}

/** Lines looked at in each row of pixels. */
const finer = 4;

/** The inside of closed paths, each of which must not cross itself; where they lie over each other they are one. */
export function fill(side: number, shapes: readonly Path[]): Coverage {
  // First by how much the share changes from the pixel to the left, then the share itself.
  const values = new Float32Array(side * side);
  for (const shape of shapes) {
    const turn = areaOf(shape) < 0 ? -1 : 1;
    for (const [i, to] of shape.entries()) addEdge(values, side, [shape.at(i - 1)!, to], turn);
  }
  const bounds = pixelsOf(side, shapes, 0);
  for (let y = bounds.above; y < bounds.below; y++) {
    let sum = 0;
    // An edge in the last column changes the one behind it too.
    for (let x = bounds.left; x <= bounds.right && x < side; x++) {
      sum += values[y * side + x]!;
      values[y * side + x] = Math.min(1, sum);
    }
  }
  return { values, bounds };
}

/** The pixels that paths touch, with `reach` (in pixels) around them. */
function pixelsOf(side: number, paths: readonly Path[], reach: number): Bounds {
  const { left, right, above, below } = boundsOf(paths);
  const inside = (pixel: number) => Math.min(side, Math.max(0, pixel));
  return {
    left: inside(Math.floor(left * side - reach)),
    right: inside(Math.ceil(right * side + reach)),
    above: inside(Math.floor(above * side - reach)),
    below: inside(Math.ceil(below * side + reach)),
  };
}

function addEdge(values: Float32Array, side: number, [from, to]: readonly [Point, Point], turn: number) {
  const isDown = from[1] < to[1];
  const [upper, lower] = isDown ? [from, to] : [to, from];
  const step = (isDown ? -turn : turn) / finer;
  const lines = side * finer;
  const slope = (lower[0] - upper[0]) / (lower[1] - upper[1]);
  const last = Math.min(lines, Math.ceil(lower[1] * lines - 0.5));
  for (let line = Math.max(0, Math.ceil(upper[1] * lines - 0.5)); line < last; line++) {
    const exact = (upper[0] + ((line + 0.5) / lines - upper[1]) * slope) * side;
    const x = Math.min(side, Math.max(0, exact));
    const column = Math.floor(x);
    const at = Math.floor(line / finer) * side + column;
    if (column < side) values[at] = values[at]! + step * (1 - (x - column));
    if (column + 1 < side) values[at + 1] = values[at + 1]! + step * (x - column);
  }
}

/** Twice the area, negative when the path turns the other way. */
function areaOf(shape: Path): number {
  let area = 0;
  let last = shape.at(-1)!;
  for (const point of shape) {
    area += last[0] * point[1] - point[0] * last[1];
    last = point;
  }
  return area;
}

/** Lines of a width with round ends. A line thinner than a pixel is paler instead. */
export function stroke(side: number, lines: readonly Path[], width: number): Coverage {
  const values = new Float32Array(side * side);
  const radius = Math.max((width * side) / 2, 0.5);
  const strength = Math.min(1, width * side);
  const reach = radius + 0.5;
  for (const line of lines) {
    for (const [i, to] of line.entries()) {
      const from = line[i - 1] ?? to;
      if (i > 0 || line.length === 1) addSegment({ values, side, reach, strength }, from, to);
    }
  }
  return { values, bounds: pixelsOf(side, lines, reach) };
}

interface Pen {
  readonly values: Float32Array;
  readonly side: number;
  /** In pixels: how far from the middle of the line its last paint lies. */
  readonly reach: number;
  readonly strength: number;
}

function addSegment({ values, side, reach, strength }: Pen, from: Point, to: Point): void {
  const { left, right, above, below } = pixelsOf(side, [[from, to]], reach);
  const [dx, dy] = [(to[0] - from[0]) * side, (to[1] - from[1]) * side];
  const length = dx * dx + dy * dy || 1;
  for (let y = above; y < below; y++) {
    for (let x = left; x < right; x++) {
      const px = x + 0.5 - from[0] * side;
      const py = y + 0.5 - from[1] * side;
      const along = Math.min(1, Math.max(0, (px * dx + py * dy) / length));
      const awayX = px - along * dx;
      const awayY = py - along * dy;
      const share = Math.min(1, reach - Math.sqrt(awayX * awayX + awayY * awayY)) * strength;
      if (share > values[y * side + x]!) values[y * side + x] = share;
    }
  }
}

/** What either covers. */
export function united(a: Coverage, b: Coverage): Coverage {
  return {
    values: a.values.map((share, pixel) => Math.max(share, b.values[pixel]!)),
    bounds: {
      left: Math.min(a.bounds.left, b.bounds.left),
      right: Math.max(a.bounds.right, b.bounds.right),
      above: Math.min(a.bounds.above, b.bounds.above),
      below: Math.max(a.bounds.below, b.bounds.below),
    },
  };
}

/** What both cover. */
export function shared(a: Coverage, b: Coverage): Coverage {
  return {
    values: b.values.map((share, pixel) => (share === 0 ? 0 : share * a.values[pixel]!)),
    bounds: b.bounds,
  };
}

/** What the first covers and the second does not. */
export function without(a: Coverage, b: Coverage): Coverage {
  return { values: a.values.map((share, pixel) => share * (1 - b.values[pixel]!)), bounds: a.bounds };
}
