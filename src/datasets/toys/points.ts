/** Points of several classes: how many of each, in which order, with how much noise. */

import type { Fields } from '../../core/declaration.js';
import { problem } from '../../core/errors.js';
import { bool, either, float, int, listOf } from '../../core/fields.js';
import { keyOf, permutation, streamOf } from '../../core/random.js';
import { show } from '../../core/text.js';
import { tensor } from '../../tensor/create.js';
import type { Tensor } from '../../tensor/tensor.js';
import { checkSize } from '../options.js';
import { Draws } from './draws.js';

/** Points and the classes they belong to. */
export interface LabelledPoints {
  /** `[n, features]`, float32. */
  readonly x: Tensor;
  /** `[n]`, int32: the class of each point, from 0. */
  readonly y: Tensor;
}

export const mixedFields = () =>
  ({
    /** Whether the points come in random order, and not class by class. Default true. */
    shuffle: bool(true),
    /** The same seed gives the same data. Default 0. */
    seed: int(0),
  }) satisfies Fields;

/** How many points there are: in all, or of each class. */
export const countFields = () =>
  ({
    /** How many points: in all, or a list with the number for each class. Default 100. */
    nSamples: { ...either(int({ min: 1 }), listOf(int({ min: 0 }))), fallback: 100 },
  }) satisfies Fields;

/** What all plane shapes have. */
export const shapeFields = () =>
  ({
    ...countFields(),
    /** Standard deviation of what is added to each coordinate. Default 0. */
    noise: float(0, { min: 0 }),
    ...mixedFields(),
  }) satisfies Fields;

/** More classes than anybody tells apart; lists of them are made before the points are. */
export const mostClasses = 2 ** 20;

/** The numbers of points in two classes: a number is halved, and an odd one out goes to the second. */
export function inHalves(subject: string, nSamples: number | readonly number[]): readonly number[] {
  if (typeof nSamples === 'number') return [Math.floor(nSamples / 2), Math.ceil(nSamples / 2)];
  checkCounts(subject, nSamples, 2);
  return nSamples;
}

/** The numbers of points in so many classes: those left over go to the first ones. */
export function inParts(
  subject: string,
  nSamples: number | readonly number[],
  parts: number,
): readonly number[] {
  if (typeof nSamples === 'number')
    return Array.from({ length: parts }, (_, part) => Math.floor((nSamples + parts - 1 - part) / parts));
  checkCounts(subject, nSamples, parts);
  return nSamples;
}

function checkCounts(subject: string, counts: readonly number[], parts: number): void {
  if (counts.length === parts && counts.some((count) => count > 0)) return;
  throw problem('option-value', {
    subject: `${subject} nSamples`,
    expected: `a number, or a list of ${parts} numbers of points, one for each class and not all 0`,
    received: show(counts),
  });
}

/** A coordinate of point `i` of the `count` points of a class. */
export type Curve = (i: number, count: number) => readonly [number, number];

/** Points on one curve for each class, moved by noise. */
export function onCurves(
  name: string,
  counts: readonly number[],
  curves: readonly Curve[],
  settings: { readonly noise: number; readonly shuffle: boolean; readonly seed: number },
): LabelledPoints {
  const draws = new Draws(name, settings.seed);
  const { noise } = settings;
  const point = (label: number, i: number) => {
    const [x, y] = curves[label]!(i, counts[label]!);
    return noise > 0 ? [x + noise * draws.normal(), y + noise * draws.normal()] : [x, y];
  };
  return labelled(name, { counts, features: 2, point }, settings);
}

/** Points class by class. */
interface Points {
  /** How many each class has. */
  readonly counts: readonly number[];
  readonly features: number;
  /** Point `i` of a class; called once for each, in order. */
  point(label: number, i: number): readonly number[];
}

/** Points as tensors, in random order if so wished. Throws a ConfigError for more than a tensor holds. */
export function labelled(
  name: string,
  { counts, features, point }: Points,
  { shuffle, seed }: { readonly shuffle: boolean; readonly seed: number },
): LabelledPoints {
  const total = counts.reduce((sum, count) => sum + count, 0);
  checkSize(name, total * features, 'points');
  const order = shuffle ? orderOf(name, total, seed) : undefined;
  const place = new Int32Array(total);
  for (let at = 0; at < total; at++) place[order ? order[at]! : at] = at;
  const [x, y] = [new Float32Array(total * features), new Int32Array(total)];
  let made = 0;
  for (const [label, count] of counts.entries()) {
    for (let i = 0; i < count; i++) {
      const at = place[made++]!;
      x.set(point(label, i), at * features);
      y[at] = label;
    }
  }
  return { x: tensor(x, { shape: [total, features] }), y: tensor(y) };
}

/** A random order of `count` things. */
export const orderOf = (name: string, count: number, seed: number): Int32Array =>
  permutation(count, keyOf(seed, streamOf(`${name} order`)));
