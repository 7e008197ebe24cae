/** Pictures for those who have no data yet: drawn outlines, each a little different. They are not Fashion-MNIST. */

import { polygonContains } from 'd3-polygon';
import { random, type Tensor, tensor } from '../../src/index.js';
import { type Outline, outlines } from './outlines.js';

const side = 28;
/** Points looked at in each direction of a pixel. */
const finer = 2;

/** What differs from picture to picture, each from -1 to 1. */
interface Manner {
  readonly width: number;
  readonly height: number;
  readonly right: number;
  readonly down: number;
  readonly slant: number;
  readonly shade: number;
}
const traits = ['width', 'height', 'right', 'down', 'slant', 'shade'] as const satisfies (keyof Manner)[];

/** `count` pictures `[count, 28, 28]`, 0 to 255, and their labels, in turn. */
export function drawSilhouettes(count: number, seed: number): { images: Tensor; labels: Tensor } {
  const spread = (shape: number[], part: number) =>
    random.uniform(shape, { low: -1, high: 1, seed: 2 * seed + part }).data();
  const manners = spread([count, traits.length], 0);
  const grain = spread([count, side, side], 1);
  const images = new Float32Array(grain.length);
  const labels = Int32Array.from({ length: count }, (_, i) => i % outlines.length);
  for (const [i, label] of labels.entries()) {
    const numbers = traits.map((trait, t) => [trait, Number(manners[i * traits.length + t])] as const);
    const picture = draw(outlines[label]!, Object.fromEntries(numbers) as unknown as Manner);
    for (const [pixel, light] of picture.entries()) {
      const at = i * picture.length + pixel;
      images[at] = Math.min(255, light * (0.85 + 0.15 * Number(grain[at])));
    }
  }
  return { images: tensor(images, { shape: [count, side, side] }), labels: tensor(labels) };
}

function draw(pieces: readonly Outline[], manner: Manner): Float32Array {
  const light = 180 + 70 * manner.shade;
  const shapes = pieces.map((piece) => piece.map((point) => placed(point, manner)));
  const covers = (x: number, y: number) => shapes.some((shape) => polygonContains(shape, [x, y]));
  return Float32Array.from({ length: side * side }, (_, pixel) => {
    let covered = 0;
    for (let part = 0; part < finer * finer; part++) {
      const x = (pixel % side) + ((part % finer) + 0.5) / finer;
      const y = Math.floor(pixel / side) + (Math.floor(part / finer) + 0.5) / finer;
      if (covers(x / side, y / side)) covered += 1 / finer ** 2;
    }
    return light * covered;
  });
}

function placed([x, y]: Outline[number], { width, height, right, down, slant }: Manner): [number, number] {
  const across = (x - 0.5) * (0.9 + 0.15 * width) + (y - 0.5) * 0.1 * slant;
  return [0.5 + across + 0.05 * right, 0.5 + (y - 0.5) * (0.9 + 0.1 * height) + 0.05 * down];
}
