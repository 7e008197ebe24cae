/** Shapes of points, one for each series, so that colour is never the only difference. */

import type { Series } from '../description.js';
import { rounded } from './node.js';

/** Of dashed lines. */
export const dashes = '6 4';

type Corners = readonly (readonly [x: number, y: number])[];

// Around their middle and about equally large to the eye. The first, a circle, has no corners.
const shapes: readonly (() => Corners)[] = [
  () => [],
  () => polygonOf(4, 3.9, 45),
  () => polygonOf(3, 4.3, -90),
  () => polygonOf(4, 4.3, 0),
  () => plusOf(0),
  () => polygonOf(3, 4.3, 90),
  () => plusOf(45),
  () => polygonOf(5, 3.9, -90),
];

function polygonOf(corners: number, radius: number, degrees: number): Corners {
  return Array.from({ length: corners }, (_, i) => {
    const angle = ((degrees + (360 * i) / corners) * Math.PI) / 180;
    return [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
  });
}

function plusOf(degrees: number): Corners {
  const [arm, half] = [4.3, 1.3];
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const corners: Corners = [
    [half, -arm],
    [half, -half],
    [arm, -half],
    [arm, half],
    [half, half],
    [half, arm],
    [-half, arm],
    [-half, half],
    [-arm, half],
    [-arm, -half],
    [-half, -half],
    [-half, -arm],
  ];
  return corners.map(([x, y]) => [x * cos - y * sin, x * sin + y * cos] as const);
}

/** One path for all points of a series. */
export function symbolPath(
  series: Series | undefined,
  places: readonly (readonly [x: number, y: number])[],
  scale: number,
): string {
  const corners = shapes[(series ?? 0) % shapes.length]!();
  const path = corners.length === 0 ? circle(3.4 * scale) : polygon(corners, scale);
  const [dx, dy] =
    corners.length === 0 ? [-3.4 * scale, 0] : [corners[0]![0] * scale, corners[0]![1] * scale];
  return places.map(([x, y]) => `M${rounded(x + dx)} ${rounded(y + dy)}${path}`).join('');
}

function circle(radius: number): string {
  const [r, d] = [rounded(radius), rounded(2 * radius)];
  return `a${r} ${r} 0 1 0 ${d} 0a${r} ${r} 0 1 0-${d} 0z`;
}

const polygon = (corners: Corners, scale: number) =>
  `${corners
    .slice(1)
    .map(([x, y], i) => `l${rounded((x - corners[i]![0]) * scale)} ${rounded((y - corners[i]![1]) * scale)}`)
    .join('')}z`;
