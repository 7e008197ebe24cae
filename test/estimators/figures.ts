import { readFileSync } from 'node:fs';

/** What scikit-learn 1.9.1 says: made by `python test/estimators/figures.py > test/estimators/figures.json`. */
export const figures = JSON.parse(readFileSync(new URL('figures.json', import.meta.url), 'utf8'));

/** The greatest difference between two nested lists of numbers of one form, as a share of the greatest number. */
export function difference(ours: unknown, theirs: unknown): number {
  const [a, b] = [ours, theirs].map((x) => (Array.isArray(x) ? (x.flat(3) as number[]) : [x as number]));
  if (a!.length !== b!.length) return Number.POSITIVE_INFINITY;
  const size = Math.max(...b!.map((x) => (Number.isNaN(x) ? 0 : Math.abs(x))), 1e-300);
  const gaps = a!.map((x, i) =>
    Number.isNaN(x) && Number.isNaN(b![i] ?? Number.NaN) ? 0 : Math.abs(x - b![i]!),
  );
  return Math.max(...gaps) / size;
}
