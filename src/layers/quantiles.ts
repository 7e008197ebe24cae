/** A short summary of many numbers from which their quantiles can be read, in Keras's arithmetic of float32. */

/** Values in ascending order, and how many numbers each stands for. */
export interface Summary {
  readonly values: Float32Array;
  readonly weights: Float32Array;
}

/** Every so many-th of the numbers, about `1 / epsilon` of them. */
export function summarize(numbers: ArrayLike<number>, epsilon: number): Summary {
  const sorted = Float32Array.from(numbers).sort();
  const step = Math.max(sorted.length / (1 / epsilon), 1);
  const values = sorted.filter(
    (_, i) => i >= Math.trunc(step - 1) && (i - Math.trunc(step - 1)) % Math.trunc(step) === 0,
  );
  return compress({ values, weights: new Float32Array(values.length).fill(step) }, epsilon);
}

/** Where `bins` bins of equal weight meet. */
export const boundariesOf = (summary: Summary, bins: number): number[] =>
  Array.from(compress(summary, 1 / bins).values.slice(0, -1));

/** At most `1 / epsilon` values, read off the line through the running totals of the weights. */
function compress({ values, weights }: Summary, epsilon: number): Summary {
  if (values.length * epsilon < 1) return { values, weights };
  let total = 0;
  const totals = weights.map((weight) => (total = Math.fround(total + weight)));
  const shares = totals.map((sum) => sum / totals.at(-1)!);
  const places = Array.from({ length: Math.ceil(1 / epsilon) }, (_, i) => epsilon + i * epsilon);
  const ends = places.map((place) => interpolate(place, shares, totals));
  return {
    values: Float32Array.from(places, (place) => interpolate(place, shares, values)),
    weights: Float32Array.from(ends, (end, i) => end - (ends[i - 1] ?? 0)),
  };
}

/** The value at `x` on the line through points whose `xs` ascend; beyond the ends theirs. */
function interpolate(x: number, xs: Float32Array, ys: Float32Array): number {
  const after = xs.findIndex((other) => other > x);
  if (after <= 0) return ys.at(after)!;
  const [left, right] = [after - 1, after];
  const slope = (ys[right]! - ys[left]!) / (xs[right]! - xs[left]!);
  return slope * (x - xs[left]!) + ys[left]!;
}
