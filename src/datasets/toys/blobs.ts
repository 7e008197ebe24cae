/** Round heaps of points. */

import type { Fields } from '../../core/declaration.js';
import { problem } from '../../core/errors.js';
import { either, type Field, float, int, listOf } from '../../core/fields.js';
import type { Options, Settings } from '../../core/settings.js';
import { show } from '../../core/text.js';
import { tensor } from '../../tensor/create.js';
import type { Tensor } from '../../tensor/tensor.js';
import { checkSize, settingsOf } from '../options.js';
import { Draws } from './draws.js';
import { countFields, inParts, type LabelledPoints, labelled, mixedFields, mostClasses } from './points.js';

/** A matrix of numbers: at least one row, and all rows equally long. */
const points = (): Field<readonly (readonly number[])[]> => ({
  expected: 'a list of points, all with the same number of coordinates',
  parse: (value) => {
    const rows = listOf(listOf(float())).parse(value);
    const [first] = rows ?? [];
    return first?.length && rows?.every(({ length }) => length === first.length) ? value : undefined;
  },
});

const interval = (fallback: readonly [number, number]): Field<readonly [number, number]> => ({
  expected: 'a list [low, high] of two numbers',
  fallback,
  parse: (value) => {
    const [low, high, more] = listOf(float()).parse(value) ?? [];
    return low !== undefined && high !== undefined && low <= high && more === undefined ? value : undefined;
  },
});

const fields = () =>
  ({
    ...countFields(),
    /** How many heaps, or a list of the points they lie around. Default 3, or as many as `nSamples` has numbers. */
    centers: { ...either(int({ min: 1, max: mostClasses }), points()), fallback: 3 },
    /** How many coordinates a point has; `centers` that are points tell it themselves. Default 2. */
    nFeatures: int(2, { min: 1 }),
    /** Standard deviation of each coordinate from its centre: one for all heaps, or a list. Default 1. */
    clusterStd: { ...either(float({ min: 0 }), listOf(float({ min: 0 }))), fallback: 1 },
    /** Where the coordinates of centres are drawn from. Default [-10, 10]. */
    centerBox: interval([-10, 10]),
    ...mixedFields(),
  }) satisfies Fields;
export interface BlobsOptions extends Options<ReturnType<typeof fields>> {}

/** Heaps of points and what they lie around. */
export interface Blobs extends LabelledPoints {
  /** `[classes, features]`, float32. */
  readonly centers: Tensor;
}

/**
 * Round heaps of points: around centre k those of class k, normal with deviation `clusterStd` along each axis. Centres
 * that are not given are drawn from `centerBox`. `x` `[n, nFeatures]`, `y` `[n]` and `centers` `[classes, nFeatures]`.
 * Points that cannot be shared out evenly go to the first classes.
 *
 * Throws a ConfigError for an option that is unknown or out of range.
 * Source: scikit-learn's `make_blobs`, with random numbers of our own. The centres depend on the seed alone, and not on
 * how many points there are.
 *
 * @example
 * const { x, y, centers } = blobs({ nSamples: 90, centers: [[0, 0], [5, 5], [0, 5]], clusterStd: 0.5 });
 * x.shape; // [90, 2]
 * y.max().item(); // 2
 * centers.toArray(); // [[0, 0], [5, 5], [0, 5]]
 */
export function blobs(options: BlobsOptions = {}): Blobs {
  const settings = settingsOf('blobs', fields, options);
  const isCounted = Array.isArray(settings.nSamples) && options.centers === undefined;
  const centers = centersOf(settings, isCounted ? settings.nSamples.length : settings.centers);
  const counts = inParts('blobs', settings.nSamples, centers.length);
  const deviations = deviationsOf(settings.clusterStd, centers.length);
  const draws = new Draws('blobs', settings.seed);
  const features = centers[0]!.length;
  const point = (label: number) =>
    centers[label]!.map((value) => value + deviations[label]! * draws.normal());
  const flat = new Float32Array(centers.length * features);
  for (const [label, center] of centers.entries()) flat.set(center, label * features);
  return {
    ...labelled('blobs', { counts, features, point }, settings),
    centers: tensor(flat, { shape: [centers.length, features] }),
  };
}

function centersOf(
  { nFeatures, centerBox: [low, high], seed }: Settings<ReturnType<typeof fields>>,
  centers: number | readonly (readonly number[])[],
): readonly (readonly number[])[] {
  if (typeof centers !== 'number') return centers;
  checkSize('blobs', centers * nFeatures, 'centers and nFeatures');
  const draws = new Draws('blobs centers', seed);
  return Array.from({ length: centers }, () =>
    Array.from({ length: nFeatures }, () => low + (high - low) * draws.uniform()),
  );
}

function deviationsOf(clusterStd: number | readonly number[], parts: number): readonly number[] {
  if (typeof clusterStd === 'number') return new Array<number>(parts).fill(clusterStd);
  if (clusterStd.length === parts) return clusterStd;
  throw problem('option-value', {
    subject: 'blobs clusterStd',
    expected: `a number, or a list of ${parts}, one for each centre`,
    received: show(clusterStd),
  });
}
