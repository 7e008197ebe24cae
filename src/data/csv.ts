/** Tables in comma-separated text, RFC 4180. Strict: what is odd is an error with its line, never a guess. */

import { dsvFormat } from 'd3-dsv';
import { problem } from '../core/errors.js';
import { list, nearest, show } from '../core/text.js';

export interface CsvOptions {
  /** Columns that must be there; others may be too. */
  readonly columns?: readonly string[];
  /** What messages call the text: a file's name. Default `CSV`. */
  readonly name?: string;
}

export interface CsvTable {
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
}

/** One row of a table, read column by column. */
export class CsvRow {
  readonly #fields: ReadonlyMap<string, string>;

  constructor(
    /** What messages call the row: `passengers.csv line 12`. */
    readonly place: string,
    fields: ReadonlyMap<string, string>,
  ) {
    this.#fields = fields;
  }

  has(column: string): boolean {
    return this.#fields.has(column);
  }

  /** The field without the blanks around it; empty when it is missing. */
  text(column: string): string {
    const field = this.#fields.get(column);
    if (field === undefined) throw missingColumns(this.place, [column], [...this.#fields.keys()]);
    return field.trim();
  }

  /** The field as a number; `null` when it is empty. Throws DataError unless all of it is one decimal number. */
  optionalNumber(column: string): number | null {
    const field = this.text(column);
    if (field === '') return null;
    // Number() alone would take '0x1f', 'Infinity' and '1_000' differently from every other reader of CSV.
    if (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(field)) return Number(field);
    throw this.unexpected(column, 'a number');
  }

  /** The field as a number. Throws DataError when it is empty or no number. */
  number(column: string): number {
    const value = this.optionalNumber(column);
    if (value === null) throw this.unexpected(column, 'a number');
    return value;
  }

  /** The field, which must be one of these words. */
  oneOf<Word extends string>(column: string, words: readonly Word[]): Word {
    const word = words.find((candidate) => candidate === this.text(column));
    if (word === undefined) throw this.unexpected(column, list(words));
    return word;
  }

  /** The error for a field that holds something else. */
  unexpected(column: string, expected: string): Error {
    const field = this.text(column);
    return problem('text-in-data', {
      subject: `${this.place}, column '${column}',`,
      expected,
      received: field === '' ? 'an empty field' : show(field),
      fix: 'Correct the field, or leave the row out.',
    });
  }
}

/**
 * The rows of a CSV text whose first line names the columns. Fields may be quoted, and quoted ones may hold commas,
 * doubled quotes and line breaks. Blank lines are skipped.
 *
 * @throws DataError when a row has more or fewer fields than the header (with its line), a quote stays open, or a
 * column of `columns` is missing (with the nearest that is there).
 * @example
 * const { rows } = parseCsv('name,age\n"Heikkinen, Miss. Laina",26\n', { columns: ['name', 'age'] });
 * rows[0]?.text('name'); // 'Heikkinen, Miss. Laina'
 * rows[0]?.number('age'); // 26
 */
export function parseCsv(text: string, { columns = [], name = 'CSV' }: CsvOptions = {}): CsvTable {
  const lines = numbered(dsvFormat(',').parseRows(text.replace(/^\uFEFF/, '')));
  checkQuotes(text, lines, name);
  const [header, ...body] = lines.filter(({ fields }) => fields.length > 1 || fields[0]?.trim());
  if (!header) throw noRows(name, 'a line of column names', 'an empty text');
  const present = header.fields.map((column) => column.trim());
  checkColumns(present, columns, name);
  const rows = body.map(({ line, fields }) => {
    if (fields.length !== present.length) throw raggedRow(`${name} line ${line}`, fields, present);
    return new CsvRow(`${name} line ${line}`, new Map(present.map((column, i) => [column, fields[i]!])));
  });
  if (rows.length === 0) throw noRows(name, 'at least one row', 'only column names');
  return { columns: present, rows };
}

interface Line {
  /** Where the row begins, from 1; rows with quoted line breaks take several. */
  readonly line: number;
  readonly fields: readonly string[];
}

function numbered(rows: readonly string[][]): Line[] {
  let next = 1;
  return rows.map((fields) => {
    const line = next;
    next += 1 + fields.reduce((sum, field) => sum + (field.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
    return { line, fields };
  });
}

/** The parser takes an open quote to the end of the text as one field; well-formed text has an even number of them. */
function checkQuotes(text: string, lines: readonly Line[], name: string): void {
  const count = text.split('"').length - 1;
  if (count % 2 === 0) return;
  throw problem('csv-row', {
    subject: `${name} line ${lines.at(-1)?.line ?? 1}`,
    expected: 'every quoted field to end with a quote',
    received: `${count} quotes in the whole text, the last of them still open`,
    fix: 'Close the quote, or double a quote that belongs to the field: "5\' 10""".',
  });
}

function checkColumns(present: readonly string[], wanted: readonly string[], name: string): void {
  const missing = wanted.filter((column) => !present.includes(column));
  if (missing.length > 0) throw missingColumns(name, missing, present, wanted);
  const twice = present.find((column, i) => present.indexOf(column) !== i);
  if (twice === undefined) return;
  throw problem('csv-columns', {
    subject: name,
    expected: 'every column to have its own name',
    received: `'${twice}' twice`,
    fix: 'Rename one of them in the first line.',
  });
}

function missingColumns(
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

function raggedRow(subject: string, fields: readonly string[], present: readonly string[]) {
  return problem('csv-row', {
    subject,
    expected: `${present.length} fields, as the first line has`,
    received: `${fields.length}`,
    fix:
      fields.length > present.length
        ? 'Quote fields that hold commas: "Braund, Mr. Owen Harris".'
        : 'Write missing fields as nothing between two commas.',
  });
}

const noRows = (subject: string, expected: string, received: string) =>
  problem('empty-data', { subject, expected, received });
