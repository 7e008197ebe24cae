/** Handwritten-looking digits. */

import { settingsOf } from '../options.js';
import type { Chance } from './chance.js';
import { type DrawnOptions, type DrawnPictures, drawn, drawnFields, inTurn } from './collection.js';
import { stroke } from './coverage.js';
import { numerals, type Stroke } from './numerals.js';
import { curve, type Path, type Point, placing, points } from './path.js';
import type { Picture } from './picture.js';

const classes = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/**
 * Draws digits 0 to 9 as a hand with a pen would: strokes of random width, slant, size and place, white on black. They
 * look like MNIST's and are not MNIST. `x` is uint8 `[nSamples, size, size]`, 0 to 255; `y` is int32 `[nSamples]`, 0 to 9;
 * each digit comes once in every ten pictures. The first pictures are the same for every `nSamples`.
 *
 * Defaults: `nSamples` 1000, `seed` 0, `size` 28.
 * Throws a ConfigError for an option that is unknown or out of range: `nSamples` is at least 1, `size` 16.
 *
 * @example
 * import { drawnDigits } from 'myelin/datasets';
 *
 * const { x, y, classes } = drawnDigits({ nSamples: 20, seed: 1 });
 * x.shape; // [20, 28, 28]
 * x.dtype; // 'uint8'
 * classes.length; // 10
 */
export const drawnDigits = (options: DrawnOptions = {}): DrawnPictures =>
  drawn(
    { name: 'drawnDigits', classes, channels: 1, labels: inTurn(classes), draw },
    settingsOf('drawnDigits', fields, options),
  );

const fields = () => drawnFields(28);

function draw(picture: Picture, label: number, chance: Chance): void {
  const numeral = chance.pick(numerals[label]!);
  const place = placing({
    scale: [chance.between(0.78, 1.28), chance.between(0.8, 1.1)],
    shift: [chance.around(0.1), chance.around(0.1)],
    turn: chance.around(0.12),
    slant: -chance.between(-0.2, 0.45),
  });
  const width = chance.between(0.055, 0.12);
  const lines = numeral.map((line) => curve(wobbling(line, chance)).map(place));
  picture.paint([chance.between(0.85, 1)], stroke(picture.side, lines, width));
}

/** An unsteady hand: each point a little off. */
function wobbling(line: Stroke, chance: Chance): Path {
  const moved: Point[] = [];
  const given = points(...line);
  for (const [i, [x, y]] of given.entries()) {
    const [lastX, lastY] = given[i - 1] ?? [];
    if (x === lastX && y === lastY) moved.push(moved.at(-1)!);
    else moved.push([x + chance.around(0.06), y + chance.around(0.06)]);
  }
  return moved;
}
