/** Tables in comma-separated text, RFC 4180. Strict: what is odd is an error with its line, never a guess. */

import { problem } from '../core/errors.js';
import { checkOptionNames } from '../core/option-names.js';
import { list, show } from '../core/text.js';
import { checkColumns, checkLength, isNumber, missingColumns, noRows } from './csv-checks.js';
import { CsvRows } from './csv-rows.js';

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

const inspect = /* @__PURE__ */ Symbol.for('nodejs.util.inspect.custom');

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
    if (isNumber(field)) return Number(field);
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

  /** The fields by their columns: what `JSON.stringify` writes. */
  toJSON(): Record<string, string> {
    return Object.fromEntries(this.#fields);
  }

  /** What Node's `console.log` shows. */
  [inspect](): Record<string, string> {
    return this.toJSON();
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
export function parseCsv(text: string, options: CsvOptions = {}): CsvTable {
  checkOptionNames('parseCsv', ['columns', 'name'], options, "parseCsv(text, { columns: ['age'] })");
  const { columns = [], name = 'CSV' } = options;
  const parser = new CsvRows(',', name);
  const [header, ...body] = [...parser.push(text.replace(/^\uFEFF/, '')), ...parser.finish()];
  if (!header) throw noRows(name, 'a line of column names', 'an empty text');
  const present = header.fields.map((column) => column.trim());
  checkColumns(present, columns, name);
  const rows = body.map(({ line, fields }) => {
    checkLength(`${name} line ${line}`, fields, present);
    return new CsvRow(`${name} line ${line}`, new Map(present.map((column, i) => [column, fields[i]!])));
  });
  if (rows.length === 0) throw noRows(name, 'at least one row', 'only column names');
  return { columns: present, rows };
}
