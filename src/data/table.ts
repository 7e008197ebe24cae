/** Tables with named columns, each of one kind. */

import { problem } from '../core/errors.js';
import { list, nearest, show } from '../core/text.js';
import { warnOnce } from '../core/warnings.js';
import { Tensor } from '../tensor/tensor.js';

/** What a column holds: decimal numbers, true or false, or anything else. */
export type ColumnKind = 'number' | 'boolean' | 'text';

interface ColumnBase {
  readonly name: string;
  /** How many rows have no value. */
  readonly missing: number;
}

/** Numbers, or truth values as 0 and 1. */
export interface NumberColumn extends ColumnBase {
  readonly kind: 'number' | 'boolean';
  /** One a row, NaN where it is missing. */
  readonly values: Float64Array;
}

export interface TextColumn extends ColumnBase {
  readonly kind: 'text';
  /** One a row, null where it is missing. */
  readonly values: readonly (string | null)[];
}

export type Column = NumberColumn | TextColumn;

/**
 * A table: columns of equal length, found by their names without regard to case.
 *
 * Throws a DataError for columns of different lengths or of one name.
 *
 * @example
 * import { Table } from 'myelin/datasets';
 * const ages = { name: 'age', kind: 'number', values: Float64Array.of(36, NaN), missing: 1 } as const;
 * const table = new Table('people', [ages]);
 * table.rows; // 2
 * table.column('Age').missing; // 1
 */
export class Table {
  /** How many rows there are. */
  readonly rows: number;

  constructor(
    /** What messages call the table: a file's name. */
    readonly name: string,
    readonly columns: readonly Column[],
  ) {
    this.rows = columns[0]?.values.length ?? 0;
    const names = new Set<string>();
    for (const { name: column, values } of columns) {
      if (names.has(column))
        throw this.#problem('every column to have its own name', `${show(column)} twice`);
      if (values.length !== this.rows)
        throw this.#problem(`${this.rows} values in column '${column}'`, `${values.length}`);
      names.add(column);
    }
  }

  /** The column of this name, in any case. Throws a DataError, with the nearest name, when there is none. */
  column(name: string): Column {
    const names = this.columns.map((column) => column.name);
    return this.columns[columnIndex(this.name, names, name)]!;
  }

  #problem(expected: string, received: string) {
    return problem('csv-columns', { subject: `Table '${this.name}'`, expected, received });
  }
}

/** Where a name stands: as it is, else in another case. Throws a DataError, with the nearest name, when it does not. */
export function columnIndex(subject: string, names: readonly string[], wanted: string): number {
  const exact = names.indexOf(wanted);
  if (exact >= 0) return exact;
  const plain = wanted.toLowerCase();
  const alike = names.flatMap((name, i) => (name.trim().toLowerCase() === plain ? [i] : []));
  if (alike.length === 1) return alike[0]!;
  const guess = alike.length > 1 ? undefined : nearest(wanted, names);
  throw problem('csv-columns', {
    subject,
    expected: `a column named ${show(wanted)}`,
    received: alike.length > 1 ? list(alike.map((i) => names[i]!)) : `the columns ${someOf(names)}`,
    fix: guess === undefined ? undefined : `Write '${guess}'.`,
  });
}

const someOf = (names: readonly string[]) =>
  names.length === 0
    ? 'of a table without any'
    : `${names
        .slice(0, 12)
        .map((name) => `'${name}'`)
        .join(', ')}${names.length > 12 ? ` and ${names.length - 12} others` : ''}`;

/** The largest number of float32. */
const largest = 2 ** 128 - 2 ** 104;

/** `[rows, columns]`, float32: number columns side by side, NaN where a value is missing. */
export function numbersOf(name: string, rows: number, columns: readonly NumberColumn[]): Tensor {
  const values = new Float32Array(rows * columns.length);
  for (const [j, column] of columns.entries()) {
    let isTooLarge = false;
    for (let i = 0; i < rows; i++) {
      const value = column.values[i]!;
      isTooLarge ||= Math.abs(value) > largest;
      values[i * columns.length + j] = value;
    }
    if (isTooLarge)
      warnOnce(
        `table:large:${name}:${column.name}`,
        `${name}, column '${column.name}', has numbers beyond those of float32 (3.4e38); they become infinite.`,
      );
  }
  return new Tensor([rows, columns.length], 'float32', { kind: 'data', values });
}
