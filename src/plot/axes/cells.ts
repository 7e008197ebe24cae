/** What the colours of a grid stand for. */

import type { Cells } from '../description.js';

/** The range of the values, or the one given; around 0 for `diverging`. */
export function cellDomain({ values, domain, palette }: Cells): readonly [low: number, high: number] {
  if (domain) return domain;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const row of values) {
    for (let i = 0; i < row.length; i++) {
      if (!Number.isFinite(row[i]!)) continue;
      low = Math.min(low, row[i]!);
      high = Math.max(high, row[i]!);
    }
  }
  if (low > high) return [0, 1];
  const largest = Math.max(Math.abs(low), Math.abs(high)) || 1;
  return palette === 'diverging' ? [-largest, largest] : [low, high];
}
