/** Lloyd's algorithm: points go to the nearest center, centers to the mean of their points, until nothing moves. */

import type { Matrix } from '../matrix.js';

/** Where centers are, row after row, and which points are theirs. */
export interface Clustering {
  readonly centers: Float64Array;
  readonly labels: Int32Array;
  /** Sum of squared distances of the points to their centers. */
  readonly inertia: number;
  readonly steps: number;
}

export interface Search {
  readonly maxIter: number;
  /** The search ends when the squared moves of all centers together are no more than this. */
  readonly tolerance: number;
  /** Told of each step: the centers before they move, and the points that are theirs. */
  step?(step: Omit<Clustering, 'steps'> & { readonly iteration: number }): void;
  /** Lets others have their turn. */
  rest(): Promise<void> | undefined;
}

/** Squared distance of point `i` to center `j`. */
function squaredDistance({ values, columns }: Matrix, i: number, centers: Float64Array, j: number): number {
  let sum = 0;
  for (let d = 0, p = i * columns, c = j * columns; d < columns; d++, p++, c++) {
    const difference = values[p]! - centers[c]!;
    sum += difference * difference;
  }
  return sum;
}

/** Squared distances of all points to one center. */
export function squaredDistances(points: Matrix, centers: Float64Array, j: number): Float64Array {
  const distances = new Float64Array(points.rows);
  for (let i = 0; i < points.rows; i++) distances[i] = squaredDistance(points, i, centers, j);
  return distances;
}

/** Writes the nearest center of each point into `labels`, the first of equals, and adds up the squared distances. */
export function assign(points: Matrix, centers: Float64Array, labels: Int32Array): number {
  const { values, rows, columns } = points;
  const count = centers.length / columns;
  let inertia = 0;
  for (let i = 0; i < rows; i++) {
    let [nearest, least] = [0, Number.POSITIVE_INFINITY];
    for (let j = 0, c = 0; j < count; j++) {
      let distance = 0;
      for (let d = 0, p = i * columns; d < columns; d++) {
        const difference = values[p++]! - centers[c++]!;
        distance += difference * difference;
      }
      if (distance < least) {
        least = distance;
        nearest = j;
      }
    }
    labels[i] = nearest;
    inertia += least;
  }
  return inertia;
}

/** The means of the points of each center. */
function means(points: Matrix, labels: Int32Array, before: Float64Array): Float64Array {
  const { values, rows, columns } = points;
  const sums = new Float64Array(before.length);
  const sizes = new Int32Array(before.length / columns);
  for (let i = 0; i < rows; i++) {
    const label = labels[i]!;
    sizes[label]!++;
    for (let d = 0; d < columns; d++) sums[label * columns + d]! += values[i * columns + d]!;
  }
  if (sizes.includes(0)) relocate(points, labels, before, sums, sizes);
  // One that stays empty goes to the largest.
  const largest = sizes.indexOf(sizes.reduce((most, size) => Math.max(most, size)));
  return sums.map((_, at) => {
    const j = Math.floor(at / columns);
    const from = sizes[j] === 0 ? largest : j;
    return sums[from * columns + (at % columns)]! / sizes[from]!;
  });
}

/** Gives empty centers the points that lie farthest from theirs. Source: scikit-learn, `_relocate_empty_clusters`. */
function relocate(
  points: Matrix,
  labels: Int32Array,
  before: Float64Array,
  sums: Float64Array,
  sizes: Int32Array,
): void {
  const { values, columns } = points;
  const distances = Array.from(labels, (label, i) => squaredDistance(points, i, before, label));
  if (distances.every((distance) => distance === 0)) return;
  const farthest = distances.map((_, i) => i).sort((a, b) => distances[b]! - distances[a]! || a - b);
  const empty = [...sizes.keys()].filter((j) => sizes[j] === 0);
  for (const [n, j] of empty.entries()) {
    const i = farthest[n]!;
    const old = labels[i]!;
    for (let d = 0; d < columns; d++) {
      sums[old * columns + d]! -= values[i * columns + d]!;
      sums[j * columns + d] = values[i * columns + d]!;
    }
    sizes[j] = 1;
    sizes[old]!--;
  }
}

/** Moves centers from where they are until no point changes, or they move too little. Stops as scikit-learn does. */
export async function lloyd(points: Matrix, start: Float64Array, search: Search): Promise<Clustering> {
  let centers = start;
  let labels: Int32Array = new Int32Array(points.rows);
  let before: Int32Array | undefined;
  for (let iteration = 0; iteration < search.maxIter; iteration++) {
    const inertia = assign(points, centers, labels);
    search.step?.({ iteration, centers, labels, inertia });
    const moved = means(points, labels, centers);
    const shift = moved.reduce((sum, x, at) => sum + (x - centers[at]!) ** 2, 0);
    centers = moved;
    const isSettled = before !== undefined && labels.every((label, i) => label === before![i]);
    if (isSettled || shift <= search.tolerance) return ended(points, centers, iteration + 1);
    [before, labels] = [labels, before ?? new Int32Array(points.rows)];
    await search.rest();
  }
  return ended(points, centers, search.maxIter);
}

function ended(points: Matrix, centers: Float64Array, steps: number): Clustering {
  const labels = new Int32Array(points.rows);
  return { centers, inertia: assign(points, centers, labels), labels, steps };
}
