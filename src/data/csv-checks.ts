/** What a table in separated text must fulfil, with the errors where it does not. */

import { problem } from '../core/errors.js';
import { list, nearest } from '../core/text.js';

/**
 * Whether all of a field is one decimal number. Number() alone would take '0x1f', 'Infinity' and '' differently from
 * every other reader of CSV.
 */
export const isNumber = (field: string): boolean =>
  /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(field) && Number.isFinite(Number(field));

/** Throws a DataError when a column of `wanted` is missing or two columns have one name. */
export function checkColumns(present: readonly string[], wanted: readonly string[], name: string): void {
  const missing = wanted.filter((column) => !present.includes(column));
  if (missing.length > 0) throw missingColumns(name, missing, present, wanted);
  const names = new Set<string>();
  for (const column of present) {
    if (!names.has(column)) names.add(column);
    else
      throw problem('csv-columns', {
        subject: name,
        expected: 'every column to have its own name',
        received: column === '' ? 'several without a name' : `'${column}' twice`,
        fix:
          column === '' ? 'Write their names into the first line.' : 'Rename one of them in the first line.',
      });
  }
}

export function missingColumns(
  subject: string,
  missing: readonly string[],
  present: readonly string[],
  wanted: readonly string[] = [],
) {
  const unused = present.filter((column) => !wanted.includes(column));
  const guesses = missing.flatMap((column) => {
    const guess = nearest(column, unused);
    return guess === undefined ? [] : [`'${guess}' to '${column}'`];
  });
  return problem('csv-columns', {
    subject,
    expected: `${missing.length > 1 ? 'columns' : 'a column'} named ${list(missing).replace(' or ', ' and ')}`,
    received:
      present.length > 0 ? `the columns ${present.map((column) => `'${column}'`).join(', ')}` : 'none',
    fix:
      guesses.length > 0
        ? `Rename ${guesses.join(' and ')} in the first line.`
        : 'Write their names into the first line, above their values.',
  });
}

/** Throws a DataError unless a row has a field for each column. `subject` is its file and line. */
export function checkLength(
  subject: string,
  { length }: readonly string[],
  columns: readonly string[],
  separator = ',',
): void {
  if (length === columns.length) return;
  const sign = separators[separator] ?? `'${separator}'`;
  throw problem('csv-row', {
    subject,
    expected: `${columns.length} fields, as the first line has`,
    received: `${length}`,
    fix:
      length > columns.length
        ? `Quote fields that hold ${sign}: "Braund${separator} Mr. Owen Harris".`
        : `Write missing fields as nothing between two ${sign}.`,
  });
}

/** What messages call them. */
const separators: Readonly<Record<string, string>> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs' };

export const noRows = (subject: string, expected: string, received: string) =>
  problem('empty-data', { subject, expected, received });
