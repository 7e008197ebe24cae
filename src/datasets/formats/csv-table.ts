/** Rows of fields become a table. */

import { show } from '../../core/text.js';
import { warnOnce } from '../../core/warnings.js';
import { checkColumns, checkLength, noRows } from '../../data/csv-checks.js';
import { type CsvLine, CsvRows } from '../../data/csv-rows.js';
import { type ColumnKind, columnIndex, Table } from '../../data/table.js';
import { ColumnBuilder } from './column-builder.js';
import { missingFields, type ReadCsvOptions, wrongOption } from './csv-options.js';
import { delimiterOf, withHead } from './csv-text.js';
import { warnOfCommas } from './decimal.js';

/** A table with the line of each of its rows. */
export interface PlacedTable {
  readonly table: Table;
  /** Where row `i` begins, from 1. */
  readonly lines: readonly number[];
  /** The target as the first line writes it, when there is one. */
  readonly target: string | undefined;
}

/** What the first line settles: what the columns are called, and how they are read. */
export interface Heading {
  readonly names: readonly string[];
  readonly options: ReadCsvOptions;
}
export type Settle = (fields: readonly string[]) => Heading;

/** The table of a text that comes in parts; `settle` is told the first line. The separator is found out unless it is given. */
export async function placedTable(
  text: AsyncIterable<string>,
  name: string,
  settle: Settle,
  delimiter?: string,
): Promise<PlacedTable> {
  let begun: { readonly parser: CsvRows; readonly builder: TableBuilder } | undefined;
  for await (const part of withHead(text)) {
    begun ??= begin(delimiter ?? delimiterOf(part));
    for (const row of begun.parser.push(part)) begun.builder.add(row);
  }
  const { parser, builder } = begun!; // there is a first part, if an empty one
  for (const row of parser.finish()) builder.add(row);
  return builder.finish();

  function begin(separator: string) {
    return { parser: new CsvRows(separator, name), builder: new TableBuilder(name, separator, settle) };
  }
}

/** Takes rows, the first of which names the columns. Throws a DataError for what no table has, with its line. */
class TableBuilder {
  #options: ReadCsvOptions = {};
  #names: readonly string[] | undefined;
  #columns: { readonly index: number; readonly builder: ColumnBuilder }[] = [];
  #target: string | undefined;
  readonly #lines: number[] = [];

  constructor(
    readonly name: string,
    private readonly delimiter: string,
    private readonly settle: Settle,
  ) {}

  add({ line, fields }: CsvLine): void {
    if (!this.#names) {
      const { names, options } = this.settle(fields.map((field) => field.trim()));
      this.#options = options;
      this.#begin(names);
      return;
    }
    checkLength(`${this.name} line ${line}`, fields, this.#names, this.delimiter);
    for (const { index, builder } of this.#columns) builder.add(fields[index]!, line);
    this.#lines.push(line);
  }

  finish(): PlacedTable {
    if (!this.#names) throw noRows(this.name, 'a line of column names', 'an empty text');
    if (this.#lines.length === 0) throw noRows(this.name, 'at least one row', 'only column names');
    const columns = this.#columns.map(({ builder }) => builder.finish());
    if (this.#mayHaveCommas) for (const column of columns) warnOfCommas(this.name, column);
    return { table: new Table(this.name, columns), lines: this.#lines, target: this.#target };
  }

  /** Whether a comma in a field may be a decimal sign that nobody told of. */
  get #mayHaveCommas(): boolean {
    const { decimal, like } = this.#options;
    return this.delimiter !== ',' && decimal === undefined && !like;
  }

  /** With the columns that are to be read, in the order of the file. */
  #begin(names: readonly string[]): void {
    checkColumns(names, [], this.name);
    if (names.includes(''))
      warnOnce(
        `csv:name:${this.name}`,
        `${this.name}: column ${names.indexOf('') + 1} has no name in the first line. \`omit: ['']\` leaves it out.`,
      );
    const { columns, omit = [], kinds = {}, target, missing = missingFields } = this.#wanted(names);
    const place = (column: string) => columnIndex(this.name, names, column);
    const omitted = new Set(omit.map(place));
    const targetPlace = target === undefined ? undefined : place(target);
    if (targetPlace !== undefined && omitted.has(targetPlace)) throw omittedTarget(names[targetPlace]!);
    const taken = new Set(columns?.map(place) ?? names.keys());
    if (targetPlace !== undefined) taken.add(targetPlace);
    const kindAt = new Map(Object.entries(kinds).map(([column, kind]) => [place(column), kind]));
    const absent = new Set(['', ...missing]);
    // A table of the same kind has its columns in the same order, wherever they stand in this file.
    const inOrder = this.#options.like ? [...taken] : [...taken].sort((a, b) => a - b);
    this.#columns = inOrder
      .filter((index) => !omitted.has(index))
      .map((index) => {
        const isMissing = (field: string) => absent.has(field);
        const form = { isMissing, kind: kindAt.get(index), decimal: this.#options.decimal ?? '.' };
        return { index, builder: new ColumnBuilder(names[index]!, this.name, form) };
      });
    this.#target = targetPlace === undefined ? undefined : names[targetPlace];
    this.#names = names;
  }

  /** The options, those of a table of the same kind filled in. */
  #wanted(names: readonly string[]): ReadCsvOptions {
    const { like } = this.#options;
    if (!like) return this.#options;
    const has = (name: string) => names.some((other) => other.toLowerCase() === name.toLowerCase());
    const columns = like.table.columns.filter(({ name }) => name !== like.target || has(name));
    const kinds = Object.fromEntries(columns.map(({ name, kind }): [string, ColumnKind] => [name, kind]));
    const target = columns.find(({ name }) => name === like.target)?.name;
    return {
      ...this.#options,
      columns: columns.map(({ name }) => name),
      kinds,
      ...(target === undefined ? {} : { target }),
    };
  }
}

const omittedTarget = (name: string) =>
  wrongOption('omit', 'columns other than the target', show(name), 'The target is left out of `x` anyway.');
