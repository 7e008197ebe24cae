/** A second table, whose rows are to be predicted. */

import { problem } from '../../core/errors.js';
import { list } from '../../core/text.js';
import type { Column, ColumnKind, Table } from '../../data/table.js';
import { countKinds, emptyColumn, everyRow, findColumn } from './column.js';
import type { ColumnOf } from './features.js';
import type { Loaded } from './load.js';
import type { TrainSettings } from './options.js';
import { isUsed, type PlannedColumn } from './plan.js';
import { readTable } from './read.js';
import type { Target } from './target.js';

export interface Asked {
  readonly table: Table;
  readonly columnOf: ColumnOf;
  /** What is other than in the table that was trained on, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Reads the table with the kinds of the one that was trained on, in any order and case of its columns.
 *
 * Throws a DataError, with file, line and column, for text where numbers are wanted, and when no column is known.
 */
export async function readAsked(
  path: string,
  { planned, target, writings }: Pick<Loaded, 'planned' | 'target' | 'writings'>,
  { missing }: TrainSettings,
): Promise<Asked> {
  const known = [...planned.filter(isUsed).map(({ column }) => column), target.column];
  const kindsOf = (names: readonly string[]) =>
    Object.fromEntries(
      names.map((name): [string, ColumnKind] => [name, findColumn(known, name)?.kind ?? 'text']),
    );
  const writingOf = (name: string) => writings.get(findColumn(known, name)?.name ?? '');
  const { table, notes } = await readTable(path, { missing, kindsOf, writingOf });
  const used = planned.filter(isUsed);
  const present = (name: string) => findColumn(table.columns, name);
  const absent = used.filter(({ column }) => !present(column.name)).map(({ column }) => column.name);
  if (absent.length === used.length) throw nothingKnown(table, absent);
  return {
    table,
    columnOf: (name) => present(name) ?? emptyColumn(name, table.rows),
    notes: [
      ...notes,
      ...absent.map((name) => `has no column '${name}': its values count as missing.`),
      ...unknownColumns(table, planned, target),
      ...used.flatMap(({ column, uses }) => {
        const given = present(column.name);
        return given && uses.includes('kinds') && !uses.includes('words') ? unknownKinds(column, given) : [];
      }),
    ],
  };
}

function unknownColumns({ columns }: Table, planned: readonly PlannedColumn[], target: Target): string[] {
  const known = [...planned.map(({ column }) => column), target.column];
  const unknown = columns.filter(({ name }) => !findColumn(known, name)).map(({ name }) => name);
  return unknown.length === 0
    ? []
    : [`has columns that were not trained on: ${list(unknown).replace(' or ', ' and ')}.`];
}

function unknownKinds(trained: Column, given: Column): string[] {
  const known = new Set(countKinds(trained, everyRow(trained.values.length)).map(([kind]) => kind));
  const strange = countKinds(given, everyRow(given.values.length)).filter(([kind]) => !known.has(kind));
  if (strange.length === 0) return [];
  const rows = strange.reduce((total, [, count]) => total + count, 0);
  const [kinds, count] = [
    strange.slice(0, 3).map(([kind]) => kind),
    `${rows} ${rows === 1 ? 'row' : 'rows'}`,
  ];
  const more = strange.length > 3 ? ` and ${strange.length - 3} other kinds` : '';
  return [
    `has in column '${given.name}' kinds that were not trained on, in ${count}: ${list(kinds).replace(' or ', ' and ')}${more}.`,
  ];
}

const nothingKnown = ({ name, columns }: Table, wanted: readonly string[]) =>
  problem('csv-columns', {
    subject: name,
    expected: `columns that were trained on, such as ${list(wanted.slice(0, 5))}`,
    received: `only ${list(columns.slice(0, 8).map((column) => column.name)).replace(' or ', ' and ')}`,
    fix: 'Give the rows the same first line as the table to train on.',
  });
