/** Tables from files, for a command line: what is wrong in one is answered with an option of the command. */

import { DataError, MyelinError, problem } from '../../core/errors.js';
import { partsOf } from '../../data/sources.js';
import { type ColumnKind, columnIndex, Table } from '../../data/table.js';
import { missingFields } from '../../datasets/formats/csv-options.js';
import { type PlacedTable, placedTable } from '../../datasets/formats/csv-table.js';
import { textOf } from '../../datasets/formats/csv-text.js';
import { type Refined, refined } from './refine.js';
import type { Writing } from './writings.js';

export interface Reading {
  /** Words that stand for no value, beside the usual ones. */
  readonly missing: readonly string[];
  /** What columns hold, of those that the first line names; the others are found out. */
  readonly kindsOf: (names: readonly string[]) => Readonly<Record<string, ColumnKind>>;
  /** How the numbers of a column are written, where another table of its kind says so. */
  readonly writingOf?: (column: string) => Writing | undefined;
}

export interface Read {
  readonly table: Table;
  /** How the numbers of columns are written that are not plain. */
  readonly writings: ReadonlyMap<string, Writing>;
  /** What was read in another way than it stands there, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * The table of a file.
 *
 * Throws a DataError, with file, line and column, for ragged rows, open quotes and text in a column of numbers.
 */
export async function readTable(path: string, reading: Reading): Promise<Read> {
  // A column that does not hold what its first fields promise is read again as text and looked at as a whole.
  const strayed = new Map<string, unknown>();
  for (;;) {
    try {
      return refinedTable(await parsed(path, reading, strayed), reading, strayed);
    } catch (error) {
      const column = strayColumn(error);
      if (column === undefined || strayed.has(column)) throw inOptions(error);
      strayed.set(column, error);
    }
  }
}

interface Parsed extends PlacedTable {
  readonly given: Readonly<Record<string, ColumnKind>>;
  readonly notes: readonly string[];
}

async function parsed(
  path: string,
  { missing, kindsOf, writingOf }: Reading,
  strayed: ReadonlyMap<string, unknown>,
): Promise<Parsed> {
  const { name, parts } = partsOf('myelin train', path, 'CSV');
  let [given, notes] = [{} as Parsed['given'], [] as string[]];
  const placed = await placedTable(textOf({ name, parts }, 'utf-8'), name, (fields) => {
    const names = namedColumns(fields);
    notes = namesGiven(fields, names);
    given = kindsOf(names);
    const asText = names.filter((column) => strayed.has(column) || writingOf?.(column));
    const kinds = { ...given, ...Object.fromEntries(asText.map((column) => [column, 'text' as const])) };
    return { names, options: { kinds, missing: [...missingFields, ...missing] } };
  });
  return { ...placed, given, notes };
}

/** Columns without a name, as that of row names often is, get one by their place. */
const namedColumns = (fields: readonly string[]) =>
  fields.every((field) => field === '') ? fields : fields.map((field, i) => field || `Unnamed: ${i}`);

const namesGiven = (fields: readonly string[], names: readonly string[]) =>
  fields.flatMap((field, i) =>
    field === names[i]
      ? []
      : [`has no name for column ${i + 1} in its first line: it is called '${names[i]}' here.`],
  );

function refinedTable(
  { table, lines, given, notes }: Parsed,
  { writingOf }: Reading,
  strayed: ReadonlyMap<string, unknown>,
): Read {
  const found = table.columns.map((column): Refined => {
    const [stray, writing] = [strayed.get(column.name), writingOf?.(column.name)];
    const isGiven = given[column.name] !== undefined;
    if (column.kind !== 'text' || (isGiven && stray === undefined && !writing)) return { column };
    return refined(column, {
      name: table.name,
      lines,
      stray,
      writing,
      isFixed: isGiven || stray === undefined,
    });
  });
  return {
    table: new Table(
      table.name,
      found.map(({ column }) => column),
    ),
    writings: new Map(found.flatMap(({ column, writing }) => (writing ? [[column.name, writing]] : []))),
    notes: [...notes, ...found.flatMap(({ note }) => note ?? [])],
  };
}

const strayColumn = (error: unknown): string | undefined =>
  error instanceof DataError && error.code === 'text-in-data'
    ? /, column '(.*)',$/.exec(error.subject)?.[1]
    : undefined;

/** A field of another kind than its column: what to do about it, in words of this command. */
function inOptions(error: unknown): unknown {
  if (!(error instanceof MyelinError)) return error;
  const { subject, expected, received } = error;
  if (error.code === 'file-format')
    return problem(error.code, {
      subject,
      expected,
      received,
      fix: 'Save the table as CSV in UTF-8; unpack what is packed.',
    });
  if (error.code !== 'text-in-data') return error;
  const column = /column '(.*)'/.exec(subject)?.[1] ?? 'COLUMN';
  const word = received.slice(1, -1);
  return problem('text-in-data', {
    subject,
    expected,
    received,
    fix: `Correct the field; or, if it stands for no value, write \`--missing "${word}"\`; or, if the column is text, \`--text "${column}"\`.`,
  });
}

/** Those columns of a table as text, as the file writes them. */
export const asText = (columns: readonly string[]) => (names: readonly string[]) =>
  Object.fromEntries(
    columns.map((column): [string, ColumnKind] => [
      names[columnIndex('myelin train', names, column)]!,
      'text',
    ]),
  );
