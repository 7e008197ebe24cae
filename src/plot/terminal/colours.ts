/** Colours of a terminal: numbers of the 256 that all have, or red, green and blue where it shows any. */

import { contrast, divergingColour, sequentialColour } from '../axes/palette.js';
import { shareIn } from '../axes/range.js';
import type { Cells, Series } from '../description.js';

export type Colour = number | Rgb;
export type Rgb = readonly [red: number, green: number, blue: number];

/** How a character looks: its own colour and the one behind it. */
export interface Style {
  readonly ink?: Colour | undefined;
  readonly ground?: Colour | undefined;
}

// Those of the SVG's, as near as the 6 x 6 x 6 cube has them with a contrast of at least 3 to black and to white both,
// because nobody tells a program whether its terminal is dark or light.
export const seriesColours: readonly number[] = [32, 166, 29, 161, 133, 67, 100, 95];

/** What has no series, axes and remarks. */
export const grey = 244;
export const right = 29;
export const wrong = 161;

export const seriesColour = (series: Series | undefined): number =>
  series === undefined ? grey : seriesColours[series % seriesColours.length]!;

const levels = [0, 95, 135, 175, 215, 255];
const firstGrey = 232;
const greys = 24;

/** Red, green and blue of a number from 16 on; those before are the terminal's own. */
export function rgbOf(colour: number): Rgb {
  if (colour >= firstGrey) {
    const level = 8 + 10 * (colour - firstGrey);
    return [level, level, level];
  }
  const place = colour - 16;
  return [levels[Math.floor(place / 36)]!, levels[Math.floor(place / 6) % 6]!, levels[place % 6]!];
}

/** The nearest of the 256. */
export function nearestColour(rgb: Rgb): number {
  const [red, green, blue] = rgb.map((part) => nearestIndex(part, levels));
  const cube = 16 + 36 * red! + 6 * green! + blue!;
  // A dark colour may be near a grey, and would lose its hue.
  if (Math.max(...rgb) - Math.min(...rgb) > mostGrey) return cube;
  const mean = (rgb[0] + rgb[1] + rgb[2]) / 3;
  const level = firstGrey + Math.min(greys - 1, Math.max(0, Math.round((mean - 8) / 10)));
  return distance(rgbOf(level), rgb) < distance(rgbOf(cube), rgb) ? level : cube;
}

// Between the strongest and the weakest of red, green and blue.
const mostGrey = 30;

function nearestIndex(value: number, among: readonly number[]): number {
  let best = 0;
  among.forEach((other, i) => {
    if (Math.abs(other - value) < Math.abs(among[best]! - value)) best = i;
  });
  return best;
}

const distance = (a: Rgb, b: Rgb) => a.reduce((sum, part, i) => sum + (part - b[i]!) ** 2, 0);

/** Black or white, whichever is read more easily on a ground. */
export const inkOn = (ground: Rgb): number =>
  contrast(rgbOf(black), ground) > contrast(rgbOf(white), ground) ? black : white;

const [black, white] = [16, 231];

/** The colour of a value of cells. */
export function cellColour(value: number, { palette }: Cells, [low, high]: readonly [number, number]): Rgb {
  if (palette === 'classes') return rgbOf(seriesColour(value));
  if (palette === 'diverging')
    return divergingColour(value / (Math.max(Math.abs(low), Math.abs(high)) || 1), 'light');
  return sequentialColour(shareOf(value, [low, high]), 'light');
}

/** Where a value lies in a range, from 0 to 1. */
export const shareOf = (value: number, range: readonly [number, number]): number =>
  range[1] > range[0] ? Math.min(1, Math.max(0, shareIn(value, range))) : 0.5;
