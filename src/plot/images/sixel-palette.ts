/** The colours of a sixel picture: at most 256, each part in percent. */

import type { Sheet } from './sheet.js';

/** Red, green and blue in percent. */
export type Percents = readonly [red: number, green: number, blue: number];

export interface Indexed {
  readonly colours: readonly Percents[];
  /** Number of the colour of each pixel, -1 where there is none. */
  readonly numbers: Int16Array;
}

/** Numbers of colours go from 0 to 255. */
const most = 256;
/** Levels of each part in the cube of colours, which leaves 40 places for greys. */
const levels = 6;
const greys = most - levels ** 3;

/**
 * The colours that the pixels have; when these are too many, the nearest of a cube of colours and a row of
 * greys.
 */
export function indexed({ pixels }: Sheet): Indexed {
  return numbered(pixels, exact) ?? numbered(pixels, ofCube)!;
}

type Rule = (red: number, green: number, blue: number) => Percents;

/** Numbers the colours in the order of their first pixels; nothing when there are too many. */
function numbered(pixels: Uint8Array, rule: Rule): Indexed | undefined {
  const numbers = new Int16Array(pixels.length / 4).fill(-1);
  const known = new Map<string, number>();
  const colours: Percents[] = [];
  for (let i = 0; i < numbers.length; i++) {
    if (pixels[4 * i + 3] === 0) continue;
    const colour = rule(pixels[4 * i]!, pixels[4 * i + 1]!, pixels[4 * i + 2]!);
    const key = colour.join();
    const number = known.get(key) ?? colours.push(colour) - 1;
    if (number === most) return undefined;
    known.set(key, number);
    numbers[i] = number;
  }
  return { colours, numbers };
}

const stepped = (value: number, steps: number) =>
  Math.round((100 * Math.round((value / 255) * (steps - 1))) / (steps - 1));

/** Grey pictures have no more than 101 colours in percent. */
const exact: Rule = (red, green, blue) => [stepped(red, 101), stepped(green, 101), stepped(blue, 101)];

const ofCube: Rule = (red, green, blue) => {
  const steps = red === green && green === blue ? greys : levels;
  return [stepped(red, steps), stepped(green, steps), stepped(blue, steps)];
};
