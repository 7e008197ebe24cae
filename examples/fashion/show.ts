/** Pictures and tables as text. */

import { fashionClasses } from '../../src/data/fashion-mnist.js';
import type { Tensor } from '../../src/index.js';
import { aligned } from '../text.js';

const shades = ' .:-=+*#%@';

/** Pictures `[n, 28, 28, 1]` side by side, every second row of pixels, because characters are twice as high as wide. */
export function picturesAsText(x: Tensor): string {
  const [count, height, width] = x.shape as [number, number, number];
  const values = x.data();
  const character = (picture: number, row: number, column: number) => {
    const light = Number(values[(picture * height + row) * width + column]);
    return shades[Math.min(shades.length - 1, Math.floor(light * shades.length))]!;
  };
  const line = (picture: number, row: number) =>
    Array.from({ length: width }, (_, column) => character(picture, row, column)).join('');
  const rows = Array.from({ length: Math.floor(height / 2) }, (_, half) =>
    Array.from({ length: count }, (_, picture) => line(picture, 2 * half)).join('  '),
  );
  return rows.join('\n');
}

/** Of each kind: how many there are, how many were recognised, and what the others were taken for most often. */
export function byKind(predicted: readonly number[], labels: readonly number[]): string {
  const rows = fashionClasses.map((kind, label) => {
    const said = predicted.filter((_, i) => labels[i] === label);
    const right = said.filter((other) => other === label).length;
    return [`  ${kind}`, `${said.length}`, `${right}`, mostOften(said.filter((other) => other !== label))];
  });
  return aligned([['kind', 'pictures', 'right', 'else mostly'], ...rows]);
}

function mostOften(labels: readonly number[]): string {
  const counts = fashionClasses.map((_, label) => labels.filter((other) => other === label).length);
  return labels.length === 0 ? '' : fashionClasses[counts.indexOf(Math.max(...counts))]!;
}
