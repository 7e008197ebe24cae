/** A column of a table, read cell by cell, whatever kind it was taken for. */

import type { Column } from '../../data/table.js';

/** The cell as text, or null where nothing stands. */
export function textAt({ kind, values }: Column, row: number): string | null {
  const value = values[row];
  if (typeof value === 'string') return value;
  if (typeof value !== 'number' || Number.isNaN(value)) return null;
  if (kind === 'boolean') return value === 1 ? 'true' : 'false';
  return String(value);
}

/** The cell as a number: NaN where nothing stands. Columns of text have none. */
export function numberAt({ values }: Column, row: number): number {
  const value = values[row];
  return typeof value === 'number' ? value : Number.NaN;
}

/** How often each text stands in the rows, the most frequent first, then by name. */
export function countKinds(column: Column, rows: ArrayLike<number>): [text: string, count: number][] {
  const counts = new Map<string, number>();
  for (let i = 0; i < rows.length; i++) {
    const text = textAt(column, rows[i]!);
    if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}

/** Names of columns match without regard to case; an exact match comes first. */
export function findColumn(columns: readonly Column[], name: string): Column | undefined {
  const plain = name.trim().toLowerCase();
  return (
    columns.find((column) => column.name === name) ??
    columns.find((column) => column.name.trim().toLowerCase() === plain)
  );
}

/** A column of that length without any value. */
export const emptyColumn = (name: string, rows: number): Column => ({
  name,
  kind: 'text',
  values: new Array<null>(rows).fill(null),
  missing: rows,
});

export const everyRow = (rows: number): Int32Array => Int32Array.from({ length: rows }, (_, row) => row);
