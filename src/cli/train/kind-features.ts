import type { Column } from '../../data/table.js';
import { countKinds, textAt } from './column.js';
import type { Part } from './part.js';

/** Kinds in fewer than this share of the rows are joined to one. */
const rareShare = 0.01;
const missing = '(missing)';
const rare = '(rare)';

/** A 1 for the kind of the cell: each frequent kind, the rare ones together, and the cells that are empty. */
export function kindFeatures(column: Column, rows: ArrayLike<number>): Part {
  const counts = countKinds(column, Array.from(rows));
  const least = Math.max(2, rareShare * rows.length);
  const frequent = counts.filter(([, count]) => count >= least).map(([kind]) => kind);
  const known = counts.reduce((total, [, count]) => total + count, 0);
  const places = new Map(
    [...frequent, ...(frequent.length < counts.length ? [rare] : [])].map((kind, i) => [kind, i]),
  );
  if (known < rows.length) places.set(missing, places.size);
  return {
    column: column.name,
    names: [...places.keys()],
    write(given, row, target, start) {
      const kind = textAt(given, row) ?? missing;
      const place = places.get(kind) ?? (kind === missing ? undefined : places.get(rare));
      if (place !== undefined) target[start + place] = 1;
    },
  };
}
