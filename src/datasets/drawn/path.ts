/**
 * Points, curves through them, and where they are put. Only sums, products, quotients and roots, which every machine
 * rounds alike: the same seed draws the same bytes everywhere.
 */

/** On a square from 0 to 1, y downwards. */
export type Point = readonly [x: number, y: number];
export type Path = readonly Point[];

/** `above` is the smaller y. */
export type Bounds = Readonly<Record<'left' | 'right' | 'above' | 'below', number>>;

export function boundsOf(paths: readonly Path[]): Bounds {
  let [left, right, above, below] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const path of paths) {
    for (const [x, y] of path) {
      left = Math.min(left, x);
      right = Math.max(right, x);
      above = Math.min(above, y);
      below = Math.max(below, y);
    }
  }
  return { left, right, above, below };
}

/** A smooth line through all points: Catmull and Rom's spline, `pieces` straight pieces from each point to the next. */
export function curve(points: Path, pieces = 4): Path {
  const line: Point[] = [points[0]!];
  for (let i = 1; i < points.length; i++) {
    const [a, b, c, d] = [
      points[i - 2] ?? points[i - 1]!,
      points[i - 1]!,
      points[i]!,
      points[i + 1] ?? points[i]!,
    ];
    for (let piece = 1; piece <= pieces; piece++) line.push(between([a, b, c, d], piece / pieces));
  }
  return line;
}

/** A smooth line through all points and back to the first. */
export function loop(points: Path, pieces = 4): Path {
  const { length } = points;
  return points.flatMap((point, i) => {
    const four = [points.at(i - 1)!, point, points[(i + 1) % length]!, points[(i + 2) % length]!] as const;
    return Array.from({ length: pieces }, (_, piece) => between(four, piece / pieces));
  });
}

function between([a, b, c, d]: readonly [Point, Point, Point, Point], t: number): Point {
  return [spline(a[0], b[0], c[0], d[0], t), spline(a[1], b[1], c[1], d[1], t)];
}

/** From b at t = 0 to c at t = 1, at b as steep as from a to c, at c as from b to d. */
function spline(a: number, b: number, c: number, d: number, t: number): number {
  const bent = 2 * a - 5 * b + 4 * c - d;
  const turned = 3 * (b - c) + d - a;
  return b + 0.5 * t * (c - a + t * (bent + t * turned));
}

/** The circle of radius 1 around 0: 24 points, every third of which is exact. */
const circle = /* @__PURE__ */ loop(
  [
    [1, 0],
    [Math.SQRT1_2, Math.SQRT1_2],
    [0, 1],
    [-Math.SQRT1_2, Math.SQRT1_2],
    [-1, 0],
    [-Math.SQRT1_2, -Math.SQRT1_2],
    [0, -1],
    [Math.SQRT1_2, -Math.SQRT1_2],
  ],
  3,
);

export const ellipse = ([x, y]: Point, [width, height]: Point): Path =>
  circle.map(([right, down]): Point => [x + right * width, y + down * height]);

/** A rectangle; in shares of the square, not in hundredths. */
export const box = (left: number, above: number, right: number, below: number): Path => [
  [left, above],
  [right, above],
  [right, below],
  [left, below],
];

/** A shape from the right half of its outline, top to bottom. */
export const symmetric = (half: Path): Path => [...half, ...half.map(mirror).reverse()];

export const mirror = ([x, y]: Point): Point => [1 - x, y];

/** How a drawing is put on the picture. */
export interface Pose {
  /** Factors across and down; a negative one mirrors. */
  readonly scale: Point;
  /** In shares of the picture's side. */
  readonly shift: Point;
  /** The tangent of half the angle of rotation, clockwise. */
  readonly turn: number;
  /** How far the top leans over to the left, in shares of the height. */
  readonly slant: number;
}

/** Moves points: slanted, scaled and turned about the middle, then shifted. */
export function placing({ scale, shift, turn, slant }: Pose): (point: Point) => Point {
  const [cosine, sine] = [(1 - turn * turn) / (1 + turn * turn), (2 * turn) / (1 + turn * turn)];
  return ([x, y]) => {
    const down = (y - 0.5) * scale[1];
    const across = (x - 0.5) * scale[0] + slant * down;
    return [0.5 + shift[0] + cosine * across - sine * down, 0.5 + shift[1] + sine * across + cosine * down];
  };
}

/** Points from a flat list of coordinates in hundredths: `10, 20, 90, 20` is a line from (0.1, 0.2) to (0.9, 0.2). */
export function points(...hundredths: readonly number[]): Path {
  const path: Point[] = [];
  for (let i = 0; i < hundredths.length; i += 2) path.push([hundredths[i]! / 100, hundredths[i + 1]! / 100]);
  return path;
}
