/** Options and axes of layers over one, two or three spatial axes and one axis of channels. */

import { type Field, type Optional, oneOf } from '../core/fields.js';
import { isCount } from '../core/shape.js';
import type { DataFormat } from '../tensor/sliding.js';

/** How many spatial axes there are. */
export type SpatialRank = 1 | 2 | 3;

/** A value for each spatial axis. */
type PerAxis<R extends SpatialRank, T> = {
  1: readonly [T];
  2: readonly [T, T];
  3: readonly [T, T, T];
}[R];
/** One number for all spatial axes, or one for each. */
export type Sizes<R extends SpatialRank> = number | PerAxis<R, number>;
type Pair = readonly [number, number];
/** One number for all borders, one for each axis, or two for each axis: before and after it. */
export type Borders<R extends SpatialRank> =
  | number
  | (R extends 1 ? Pair | readonly [Pair] : PerAxis<R, number | Pair>);

/** Where the channels are; Keras's `None` is the default. */
export const dataFormat = (): Optional<DataFormat | null, DataFormat> => {
  const field = oneOf(['channels_last', 'channels_first'], 'channels_last');
  return { ...field, parse: (given) => field.parse(given ?? 'channels_last') };
};

const times = <T>(count: number, value: T): readonly T[] => Array.from({ length: count }, () => value);

/** A size of 1 or more along each spatial axis. */
export function sizes<R extends SpatialRank>(rank: R): Field<Sizes<R>, readonly number[]>;
export function sizes<R extends SpatialRank>(
  rank: R,
  fallback: number,
): Optional<Sizes<R>, readonly number[]>;
export function sizes(rank: SpatialRank, fallback?: number): Field<Sizes<SpatialRank>, readonly number[]> {
  return {
    expected: `an integer of 1 or more${rank === 1 ? '' : `, or ${rank} of them in an array`}`,
    fallback,
    parse: (given) => {
      const all = (Array.isArray(given) ? given : times(rank, given)) as readonly number[];
      return all.length === rank && all.every((n) => isCount(n) && n > 0) ? all : undefined;
    },
  };
}

/** Two sizes of 0 or more along each spatial axis: before and after it. */
export function borders<R extends SpatialRank>(
  rank: R,
  fallback: number,
): Optional<Borders<R>, readonly Pair[]> {
  const pair = 'two in an array, before and after';
  return {
    expected: `an integer of 0 or more, ${
      rank === 1 ? pair : `one for each of the ${rank} axes, or for each of them ${pair}`
    }`,
    fallback,
    parse: (given) => bordersOf(given, rank),
    // Keras's JSON has no list around the pair of a single axis.
    toJson: (value) => (rank === 1 ? value[0]! : value),
  };
}

function bordersOf(given: unknown, rank: SpatialRank): readonly Pair[] | undefined {
  const isFlatPair = rank === 1 && Array.isArray(given) && given.length === 2;
  const all: unknown = isFlatPair ? [given] : Array.isArray(given) ? given : times(rank, given);
  const pairs = (all as unknown[]).map((n) => (Array.isArray(n) ? n : [n, n])) as (readonly number[])[];
  const isFine = pairs.length === rank && pairs.every((pair) => pair.length === 2 && pair.every(isCount));
  return isFine ? (pairs as unknown as readonly Pair[]) : undefined;
}

/** The axis of channels in inputs of this many axes. */
export const channelAxis = (format: DataFormat, rank: number): number =>
  format === 'channels_first' ? 1 : rank - 1;

/** The spatial axes in inputs of this many axes. */
export const spatialAxes = (format: DataFormat, rank: number): number[] =>
  Array.from({ length: rank - 2 }, (_, i) => i + (format === 'channels_first' ? 2 : 1));

/** A value for each axis of inputs: those given along the spatial axes, `other` along the batch and the channels. */
export const alongAxes = <T>(format: DataFormat, spatial: readonly T[], other: T): T[] =>
  format === 'channels_first' ? [other, other, ...spatial] : [other, ...spatial, other];
