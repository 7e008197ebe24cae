/** What cloth looks like from near: brightness from place to place, about 1. */

import type { Chance } from './chance.js';
import type { Texture } from './picture.js';

/** Up and down between 0 and 1, once in each whole number. */
const wave = (at: number) => Math.abs(2 * (at - Math.floor(at)) - 1);
/** The same with steep sides. */
const bars = (at: number) => Math.min(1, Math.max(0, 3 * wave(at) - 1));

/** Chosen at random: plain, stripes across, down or aslant, checks, dots or a gradient; no darker than 1 - `depth`. */
export function textureOf(chance: Chance, depth: number): Texture {
  const [phase, count, strength] = [chance.share(), chance.between(4, 7), depth * chance.between(0.5, 1)];
  const [across, down] = chance.pick([
    [1, 0],
    [0, 1],
    [0.7, 0.7],
    [0.7, -0.7],
  ] as const);
  const darkened = (share: (x: number, y: number) => number): Texture => {
    return (x, y) => 1 - strength * share(x, y);
  };
  return chance.pick<Texture>([
    () => 1,
    () => 1,
    darkened((x, y) => bars(count * (across * x + down * y) + phase)),
    darkened((x, y) => 0.5 * (bars(count * x + phase) + bars(count * y))),
    darkened((x, y) => bars(count * x + phase) * bars(count * y)),
    darkened((x, y) => Math.min(1, 2 * Math.abs(across * (x - 0.5) + down * (y - 0.5)))),
    darkened((x, y) => 0.5 + 0.7 * (across * (x - 0.5) + down * (y - 0.5))),
  ]);
}
