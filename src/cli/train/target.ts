/** What is to be predicted: a class or a number for each row. */

import { problem } from '../../core/errors.js';
import { list } from '../../core/text.js';
import type { Column, Table } from '../../data/table.js';
import { countKinds, everyRow, numberAt, textAt } from './column.js';

export type Task = 'classes' | 'number';

export interface Target {
  readonly column: Column;
  readonly task: Task;
  /** In the order of their numbers; empty for numbers. */
  readonly classes: readonly string[];
  /** A class number or a number for each row of the table; NaN where the table has none. */
  readonly values: Float64Array;
  /** Rows that have a value. */
  readonly known: Int32Array;
}

/** Whole numbers of no more kinds than this are classes. */
const mostNumberClasses = 10;
/** With fewer rows nothing can be kept apart to score on. */
const fewestRows = 20;

/**
 * The target of a table.
 *
 * Throws a DataError when the table has no such column (with the nearest name), when all its values are missing or
 * alike, when each row has its own class, and when fewer than 20 rows have a value.
 */
export function targetOf(table: Table, name: string, wished?: Task): Target {
  const column = table.column(name);
  const counts = countKinds(column, everyRow(table.rows));
  checkValues(
    table,
    column,
    counts.map(([kind]) => kind),
  );
  const known = everyRow(table.rows).filter((row) => textAt(column, row) !== null);
  const task = wished ?? (isMeasured(column, counts.length) ? 'number' : 'classes');
  if (task === 'number' && column.kind !== 'number') throw noNumbers(table, column, counts[0]![0]);
  if (known.length < fewestRows) throw tooFewRows(table, column, known.length);
  if (task === 'number')
    return { column, task, classes: [], values: Float64Array.from(column.values as Float64Array), known };
  if (counts.length > known.length / 2) throw tooManyClasses(table, column, counts.length, known.length);
  const classes = inOrder(
    counts.map(([kind]) => kind),
    counts.every(([kind]) => Number.isFinite(Number(kind))),
  );
  return { column, task, classes, values: classNumbers(column, classes, table.rows), known };
}

/** The same target in another table, as far as it has values there. */
export function knownIn(target: Target, column: Column, rows: number): Target {
  const { task, classes } = target;
  const values =
    task === 'classes'
      ? classNumbers(column, classes, rows)
      : Float64Array.from(everyRow(rows), (row) => numberAt(column, row));
  return { ...target, column, values, known: everyRow(rows).filter((row) => !Number.isNaN(values[row]!)) };
}

/** The number of each row's class; NaN where the row has none, or none of these. */
function classNumbers(column: Column, classes: readonly string[], rows: number): Float64Array {
  const places = new Map(classes.map((kind, i) => [kind, i]));
  return Float64Array.from({ length: rows }, (_, row) => places.get(textAt(column, row) ?? '') ?? Number.NaN);
}

function isMeasured({ kind, values }: Column, kinds: number): boolean {
  if (kind !== 'number') return false;
  return (
    kinds > mostNumberClasses || values.some((value) => !Number.isNaN(value) && !Number.isInteger(value))
  );
}

const inOrder = (kinds: readonly string[], isNumeric: boolean) =>
  [...kinds].sort((a, b) => (isNumeric ? Number(a) - Number(b) : a < b ? -1 : 1));

function checkValues(table: Table, { name }: Column, kinds: readonly string[]): void {
  if (kinds.length > 1) return;
  throw problem('label-range', {
    subject: `${table.name}, target '${name}',`,
    expected: 'at least two different values to tell apart',
    received: kinds.length === 0 ? `no value in any of the ${table.rows} rows` : `'${kinds[0]}' in every row`,
    fix: `Name another column with --target: ${otherNames(table, name)}.`,
  });
}

const otherNames = ({ columns }: Table, target: string) =>
  list(columns.map(({ name }) => name).filter((name) => name !== target));

const tooFewRows = (table: Table, { name }: Column, rows: number) =>
  problem('empty-data', {
    subject: table.name,
    expected: `at least ${fewestRows} rows with a value in '${name}'`,
    received: `${rows}`,
    fix: 'Collect more rows: a score on so few would mean nothing.',
  });

const tooManyClasses = (table: Table, { name, kind }: Column, classes: number, rows: number) =>
  problem('label-range', {
    subject: `${table.name}, target '${name}',`,
    expected: 'classes that recur in several rows',
    received: `${classes} classes in ${rows} rows`,
    fix:
      kind === 'number'
        ? 'Write `--task number` to predict it as a number.'
        : `Name another column with --target: ${otherNames(table, name)}.`,
  });

const noNumbers = (table: Table, { name }: Column, received: string) =>
  problem('text-in-data', {
    subject: `${table.name}, target '${name}',`,
    expected: 'numbers, as --task number says',
    received: `'${received}'`,
    fix: 'Leave --task out, or name another column with --target.',
  });
