/** Numbers for a network from the columns of a table. All statistics come from the rows it is fitted on. */

import type { Column } from '../../data/table.js';
import { kindFeatures } from './kind-features.js';
import { measureFeatures } from './measure-features.js';
import type { Part } from './part.js';
import type { PlannedColumn, Use } from './plan.js';
import { wordFeatures } from './word-features.js';

/** Rows of numbers, `[rows, width]`. */
export interface Matrix {
  readonly x: Float32Array;
  readonly rows: number;
  readonly width: number;
}

/** The column that stands under a name, in the table of a job or in another. */
export type ColumnOf = (name: string) => Column;

export interface Features {
  readonly parts: readonly Part[];
  encode(columnOf: ColumnOf, rows: ArrayLike<number>): Matrix;
}

const partOf: Readonly<Record<Use, (column: Column, rows: ArrayLike<number>) => Part>> = {
  number: measureFeatures,
  kinds: kindFeatures,
  words: wordFeatures,
};

/** Fits every column in use on `rows`, and nothing else. */
export function fitFeatures(planned: readonly PlannedColumn[], rows: ArrayLike<number>): Features {
  const parts = planned
    .flatMap(({ column, uses }) => {
      const asKinds: readonly Use[] = uses.includes('number') && hasFewKinds(column, rows) ? ['kinds'] : [];
      return [...uses, ...asKinds].map((use) => partOf[use](column, rows));
    })
    .filter(({ names }) => names.length > 0);
  const width = parts.reduce((total, { names }) => total + names.length, 0);
  return {
    parts,
    encode(columnOf, chosen) {
      const x = new Float32Array(chosen.length * width);
      let first = 0;
      for (const part of parts) {
        const column = columnOf(part.column);
        for (let i = 0; i < chosen.length; i++) part.write(column, chosen[i]!, x, i * width + first);
        first += part.names.length;
      }
      return { x, rows: chosen.length, width };
    },
  };
}

const mostKinds = 8;
const rowsPerKind = 20;

/** Numbers of few values, such as 1st, 2nd and 3rd class, are kinds as well: their effect need not grow with them. */
function hasFewKinds({ values }: Column, rows: ArrayLike<number>): boolean {
  const kinds = new Set<unknown>();
  for (let i = 0; i < rows.length && kinds.size <= mostKinds + 1; i++) kinds.add(values[rows[i]!]);
  kinds.delete(Number.NaN);
  return kinds.size > 2 && kinds.size <= Math.min(mostKinds, rows.length / rowsPerKind);
}
