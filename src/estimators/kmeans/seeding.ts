/** First centers for k-means. */

import { permutation } from '../../core/random.js';
import { threefryWords, type Words } from '../../core/threefry.js';
import type { Matrix } from '../matrix.js';
import { squaredDistances } from './lloyd.js';

/** Numbers in [0, 1) with 53 random bits each. */
export function uniforms(key: Words): () => number {
  const words = new Uint32Array(2);
  let taken = 0;
  return () => {
    threefryWords(words, key, [taken++, 0]);
    return ((words[0]! >>> 5) * 2 ** 26 + (words[1]! >>> 6)) / 2 ** 53;
  };
}

const rowsAt = ({ values, columns }: Matrix, rows: ArrayLike<number>): Float64Array =>
  Float64Array.from({ length: rows.length * columns }, (_, at) => {
    const row = rows[Math.floor(at / columns)]!;
    return values[row * columns + (at % columns)]!;
  });

/** Points at random, none twice. */
export const randomPoints = (points: Matrix, count: number, key: Words): Float64Array =>
  rowsAt(points, permutation(points.rows, key).subarray(0, count));

/**
 * Points far from each other: each is drawn with a chance in proportion to its squared distance from those there are, the best of
 * `2 + ⌊ln count⌋` drawn. Arthur and Vassilvitskii 2007, in scikit-learn's greedy form.
 */
export function spreadPoints(points: Matrix, count: number, key: Words): Float64Array {
  const random = uniforms(key);
  const chosen = [Math.floor(random() * points.rows)];
  let distances = distancesTo(points, chosen[0]!);
  const trials = 2 + Math.floor(Math.log(count));
  while (chosen.length < count) {
    let [best, least, row] = [distances, Number.POSITIVE_INFINITY, 0];
    const total = sum(distances);
    for (const share of Array.from({ length: trials }, random)) {
      const drawn = rowAt(distances, share * total);
      const left = distancesTo(points, drawn).map((distance, i) => Math.min(distance, distances[i]!));
      const potential = sum(left);
      if (potential < least) [best, least, row] = [left, potential, drawn];
    }
    chosen.push(row);
    distances = best;
  }
  return rowsAt(points, chosen);
}

const distancesTo = (points: Matrix, row: number) => squaredDistances(points, rowsAt(points, [row]), 0);

const sum = (values: Float64Array) => values.reduce((total, x) => total + x, 0);

/** The first row up to which the distances add up to so much. */
function rowAt(distances: Float64Array, wanted: number): number {
  let total = 0;
  for (let i = 0; i < distances.length; i++) {
    total += distances[i]!;
    if (total >= wanted) return i;
  }
  return distances.length - 1;
}
