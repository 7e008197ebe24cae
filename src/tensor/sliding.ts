/** Options of what slides over images: checked, one number for each spatial axis, and how padding follows from them. */
import { problem } from '../core/errors.js';
import { showShape } from '../core/shape.js';
import { check } from '../ops/fields.js';
import type { Tensor } from './tensor.js';

/** `'valid'` has no padding, `'same'` gives `⌈size / stride⌉` places, `'causal'` pads before the axis only. */
export type Padding = 'valid' | 'same' | 'causal';
/** Where the channels stand: last, or first behind the batch. */
export type DataFormat = 'channels_last' | 'channels_first';
/** One number for all spatial axes, or one each. */
export type PerAxis = number | readonly number[];

export interface SlidingOptions {
  /** Distance between neighbouring outputs. */
  readonly strides?: PerAxis;
  /** Cells around the input. */
  readonly padding?: Padding;
  /** Where the channels of input and output stand. */
  readonly dataFormat?: DataFormat;
}

/** Whole numbers above 0, one for each of `rank` spatial axes. */
export function perAxis(given: PerAxis, rank: number, subject: string, option: string): readonly number[] {
  const list = typeof given === 'number' ? Array<number>(rank).fill(given) : given;
  const isFine =
    Array.isArray(list) && list.length === rank && list.every((n) => Number.isSafeInteger(n) && n > 0);
  check(isFine, subject, `${option} of one integer above 0, or ${rank} of them`, given);
  return list;
}

/** Number of places and padding along each spatial axis. */
export interface Geometry {
  readonly strides: readonly number[];
  readonly dilation: readonly number[];
  readonly low: readonly number[];
  readonly size: readonly number[];
}

/** How a window of `taps` slides over `sizes`. Keras: 'same' puts the odd cell of padding behind. */
export function slide(
  subject: string,
  what: string,
  sizes: readonly number[],
  taps: readonly number[],
  { strides, dilation }: { readonly strides: readonly number[]; readonly dilation: readonly number[] },
  padding: Padding,
): Geometry {
  check(
    ['valid', 'same', 'causal'].includes(padding),
    subject,
    "padding 'valid', 'same' or 'causal'",
    padding,
  );
  const reach = taps.map((t, d) => (t - 1) * dilation[d]! + 1);
  const around = sizes.map((n, d) => {
    if (padding === 'valid') return 0;
    if (padding === 'causal') return reach[d]! - 1;
    return Math.max(0, (Math.ceil(n / strides[d]!) - 1) * strides[d]! + reach[d]! - n);
  });
  const size = sizes.map((n, d) => Math.floor((n + around[d]! - reach[d]!) / strides[d]!) + 1);
  if (size.some((n) => n < 1)) throw tooSmall(subject, what, sizes, reach);
  return {
    strides,
    dilation,
    low: padding === 'causal' ? around : around.map((n) => Math.floor(n / 2)),
    size,
  };
}

const tooSmall = (subject: string, what: string, sizes: readonly number[], reach: readonly number[]) => {
  const [input, needed] = [sizes, reach].map((list) => list.join(' x '));
  return problem('window-too-large', {
    subject,
    expected: `an input of at least ${needed}`,
    received: `${input}`,
    fix: `Input ${input} is too small for ${what} ${needed}; padding: 'same' or a smaller ${what}.`,
  });
};

/** An image whose channels stand last, and the way back for the result. */
export function channelsLast(x: Tensor, dataFormat: DataFormat, subject: string) {
  check(
    ['channels_last', 'channels_first'].includes(dataFormat),
    subject,
    "dataFormat 'channels_last' or 'channels_first'",
    dataFormat,
  );
  if (x.rank < 3) throw noImage(x, subject);
  if (dataFormat === 'channels_last') return { image: x, back: (y: Tensor) => y };
  const spatial = [...x.shape.keys()].slice(2);
  return {
    image: x.transpose([0, ...spatial, 1]),
    back: (y: Tensor) => y.transpose([0, y.rank - 1, ...spatial.map((d) => d - 1)]),
  };
}

const noImage = (x: Tensor, subject: string) =>
  problem('shape-mismatch', {
    subject,
    expected: 'inputs with a batch axis, spatial axes and a channel axis',
    received: showShape(x.shape),
    fix: 'Add the missing axis: `x.expandDims(-1)` for channels, `x.expandDims(0)` for the batch.',
  });
