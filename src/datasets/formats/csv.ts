/** CSV from anywhere, read part by part, with its columns as typed arrays and what a model takes as tensors. */

import { problem } from '../../core/errors.js';
import { show } from '../../core/text.js';
import { warnOnce } from '../../core/warnings.js';
import { type ByteSource, type PartSource, partsOf } from '../../data/sources.js';
import { type Column, columnIndex, type NumberColumn, numbersOf, type Table } from '../../data/table.js';
import { type CsvData, checkOptions, type ReadCsvOptions } from './csv-options.js';
import { type PlacedTable, placedTable } from './csv-table.js';
import { codedTarget } from './csv-target.js';
import { textOf } from './csv-text.js';

/** A path, an address, a File or Blob, bytes, CSV text (which has a line break), or a stream of bytes or text. */
export type CsvSource = ByteSource | PartSource;

/**
 * Reads a table of separated text whose first line names the columns, and makes of it what a model takes: `x`
 * `[rows, columns]` of the number and boolean columns, and `y` of the column `target`. Text is not coded: it stays in
 * `table`. A text of any length is read part by part; only the columns stay in memory.
 *
 * A column is of numbers if all of its first 1,000 given fields are decimal numbers, boolean if all are `true` or
 * `false` in any case, else text. Where at most a fifth of them, or one beside two others or more, is of another kind
 * than the rest, or any is later on, it is taken for a mistake, which is an error; `kinds` says otherwise. Blanks around
 * a field do not count. Text and truth values are classes of `y`, as are whole numbers of which there are two, or at
 * most 20 without a gap, each twice or more on average; other targets are quantities; `task` says otherwise.
 *
 * Throws a DataError, with file, line and column, for a row of another length than the first, a quote that stays open,
 * text in a column of numbers and a missing target; for an unknown column, with the nearest name; with `target`, for a
 * column with no value, or the same in all rows, and for a single class (without it, those are warnings). Throws a
 * FormatError for what is not text, a DataError when a file cannot be read, a ConfigError for options that are none.
 *
 * @example
 * import { readCsv } from 'myelin/datasets';
 * const { x, y, columns, classes } = await readCsv('size,ripe,sort\n7.5,true,apple\n6,false,pear\n', { target: 'sort' });
 * columns; // ['size', 'ripe']
 * x.toArray(); // [[7.5, 1], [6, 0]]
 * y?.toArray(); // [0, 1]
 * classes; // ['apple', 'pear']
 */
export async function readCsv(source: CsvSource, options: ReadCsvOptions = {}): Promise<CsvData> {
  checkOptions(options);
  const isText = typeof source === 'string' && /[\r\n]/.test(source);
  const { name, parts } = partsOf('readCsv', isText ? [source] : source, 'CSV');
  const named = { name: options.name ?? name, parts };
  const text = textOf(named, options.encoding ?? 'utf-8');
  const settle = (names: readonly string[]) => ({ names, options });
  return dataOf(await placedTable(text, named.name, settle, options.delimiter), options);
}

function dataOf(placed: PlacedTable, { task, like }: ReadCsvOptions): CsvData {
  const { table, target } = placed;
  for (const column of table.columns) checkUse(table, column, target, like !== undefined);
  const isNumber = (column: Column): column is NumberColumn =>
    column.kind !== 'text' && column.name !== target;
  const numbers = table.columns.filter(isNumber);
  const x = numbersOf(table.name, table.rows, numbers);
  const columns = numbers.map(({ name }) => name);
  if (target === undefined) return { table, x, columns };
  const names = table.columns.map(({ name }) => name);
  const column = table.columns[columnIndex(table.name, names, target)]!;
  return { table, x, columns, target, ...codedTarget(placed, column, task, like) };
}

/** A column from which nothing can be learned is a mistake where something is to be predicted, else worth a word. */
function checkUse(table: Table, column: Column, target: string | undefined, isSecond: boolean): void {
  const { name, kind, values, missing } = column;
  const isEmpty = missing === values.length;
  const same = isEmpty || (missing === 0 && isConstant(values));
  if (!same || isSecond || (name === target && !isEmpty && kind !== 'number')) return;
  const subject = `${table.name}, column '${name}',`;
  const received = isEmpty
    ? `none in all ${table.rows} rows`
    : `only ${show(values[0])} in all ${table.rows} rows`;
  const fix = name === target ? 'Name another target.' : `Leave it out: \`omit: [${show(name)}]\`.`;
  if (target === undefined || (kind === 'text' && name !== target && !isEmpty))
    warnOnce(`csv:constant:${table.name}:${name}`, `${subject} has ${received}. ${fix}`);
  else if (isEmpty) throw problem('empty-data', { subject, expected: 'a value in some row', received, fix });
  else throw problem('csv-columns', { subject, expected: 'two different values or more', received, fix });
}

const isConstant = (values: ArrayLike<unknown>) => {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
  return values.length > 1;
};
