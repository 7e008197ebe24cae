/** Ranges of numbers of any size: neither the largest differences overflow nor the smallest get lost. */

import { ticks } from 'd3-array';

export type Range = readonly [low: number, high: number];

/** Where a value lies in a range, 0 at its low and 1 at its high end. */
export function shareIn(value: number, [low, high]: Range): number {
  const length = high - low;
  return Number.isFinite(length) ? (value - low) / length : (value / 2 - low / 2) / (high / 2 - low / 2);
}

/** The value at a share of a range. */
export const valueAt = (share: number, [low, high]: Range): number => low * (1 - share) + high * share;

// Beyond these the lengths or the powers of ten that d3 computes with overflow or vanish.
const [least, most] = [1e-280, 1e300];
const [down, up] = [1e-100, 1e200];

/** About `count` round values within a range, from low to high. */
export function roundValues([low, high]: Range, count: number): number[] {
  const largest = Math.max(Math.abs(low), Math.abs(high));
  if (largest >= least && largest <= most) return ticks(low, high, count);
  const by = largest > most ? down : up;
  const found = ticks(low * by, high * by, count).map((value) => value / by);
  return [...new Set(found)].filter((value) => value >= low && value <= high);
}
