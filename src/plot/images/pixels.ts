/** From numbers to red, green and blue. */

import { problem } from '../../core/errors.js';
import type { Image } from '../description.js';

/** What is drawn darkest and brightest. */
export interface Span {
  readonly low: number;
  readonly high: number;
}

/** What was drawn other than it is. */
export interface Misfits {
  /** Values outside of the span, and the least and largest value of all. */
  clipped: number;
  missing: number;
  least: number;
  largest: number;
}

export const noMisfits = (): Misfits => ({
  clipped: 0,
  missing: 0,
  least: Number.POSITIVE_INFINITY,
  largest: Number.NEGATIVE_INFINITY,
});

/** Magenta: no grey image has it. */
const missingColour = [255, 0, 255] as const;

export interface ImageSize {
  readonly width: number;
  readonly height: number;
  /** 1 is grey, 3 is red, green, blue. */
  readonly channels: 1 | 3;
}

/**
 * The pixels of one image: `value(i)` is the i-th of rows, columns and channels. Counts what does not fit.
 */
export function imageOf(
  { width, height, channels }: ImageSize,
  value: (i: number) => number,
  { low, high }: Span,
  misfits: Misfits,
): Image {
  const pixels = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    let isMissing = false;
    for (let c = 0; c < channels; c++) {
      const v = value(i * channels + c);
      isMissing ||= Number.isNaN(v);
      note(misfits, v, low, high);
      const level = Math.round((255 * (Math.min(high, Math.max(low, v)) - low)) / (high - low));
      if (channels === 1) pixels.fill(level, 3 * i, 3 * i + 3);
      else pixels[3 * i + c] = level;
    }
    if (isMissing) pixels.set(missingColour, 3 * i);
  }
  return { width, height, pixels };
}

function note(misfits: Misfits, v: number, low: number, high: number): void {
  if (Number.isNaN(v)) misfits.missing++;
  else if (v < low || v > high) misfits.clipped++;
  if (v < misfits.least) misfits.least = v;
  if (v > misfits.largest) misfits.largest = v;
}

/** What a reader is told of values that do not fit. */
export function misfitNotes(
  { clipped, missing, least, largest }: Misfits,
  { low, high }: Span,
  fix: string,
): string[] {
  const range = `${short(low)} to ${short(high)}`;
  const reach = `all reach from ${short(least)} to ${short(largest)}.${fix}`;
  return [
    ...(clipped > 0
      ? [`${counted(clipped, 'value')} outside of ${range} and drawn as its nearer end; ${reach}`]
      : []),
    ...(missing > 0 ? [`${counted(missing, 'value')} not a number, drawn in magenta.`] : []),
  ];
}

/** `1 value is`, `12 values are`. */
const counted = (count: number, noun: string) =>
  count === 1 ? `1 ${noun} is` : `${count.toLocaleString('en-US')} ${noun}s are`;

/** The largest absolute value of those that are finite; 0 for none. */
export function largestOf(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]!);
    if (size > largest && size < Number.POSITIVE_INFINITY) largest = size;
  }
  return largest;
}

/** 0 in place of what is not finite. */
export const finite = (value: number): number => (Number.isFinite(value) ? value : 0);

/** A number with three significant digits. */
export const short = (value: number): string => String(Number(value.toPrecision(3)));

/** Two ends with as many places as the larger one has with three significant digits: `0 to 0.977`. */
export function rangeText(least: number, largest: number): string {
  const most = Math.max(Math.abs(least), Math.abs(largest));
  if (!(most > 0 && Number.isFinite(most))) return `${least} to ${largest}`;
  const unit = 10 ** (Math.floor(Math.log10(most)) - 2);
  const rounded = (value: number) => short(Math.round(value / unit) * unit);
  return `${rounded(least)} to ${rounded(largest)}`;
}

/** Throws a ConfigError unless `low` lies below `high`. */
export function checkSpan(subject: string, { low, high }: Span): Span {
  if (low < high) return { low, high };
  throw problem('option-value', {
    subject: `${subject} high`,
    expected: `a number above low, which is ${low}`,
    received: String(high),
  });
}
