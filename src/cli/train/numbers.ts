/** Statistics of lists of numbers. */

export const mean = (values: ArrayLike<number>): number => sum(values) / values.length;

export function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}

/** Of the population, not of a sample. */
export function deviation(values: ArrayLike<number>): number {
  const middle = mean(values);
  return Math.sqrt(mean(Float64Array.from(values, (value) => (value - middle) ** 2)));
}

/** The third standardised moment: above 0 where the large values lie far out. */
export function skewness(values: ArrayLike<number>): number {
  const [middle, spread] = [mean(values), deviation(values)];
  return spread === 0 ? 0 : mean(Float64Array.from(values, (value) => ((value - middle) / spread) ** 3));
}

export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}

/** Pearson's, over the pairs that both have. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const pairs = Array.from(a, (value, i) => [value, b[i]!] as const).filter(([x, y]) =>
    Number.isFinite(x + y),
  );
  if (pairs.length < 2) return 0;
  const [x, y] = [pairs.map(([value]) => value), pairs.map(([, value]) => value)];
  const [middleX, middleY, spread] = [mean(x), mean(y), deviation(x) * deviation(y)];
  return spread === 0 ? 0 : mean(pairs.map(([u, v]) => (u - middleX) * (v - middleY))) / spread;
}

/** The smallest of those that come most often. */
export function mostFrequent(values: ArrayLike<number>): number {
  const counts = new Map<number, number>();
  for (const value of Array.from(values)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || a - b)[0]?.[0] ?? 0;
}
