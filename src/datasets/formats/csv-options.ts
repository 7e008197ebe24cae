/** What `readCsv` can be told, and the check of it. */

import { problem } from '../../core/errors.js';
import { list, nearest, show } from '../../core/text.js';
import type { ColumnKind, Table } from '../../data/table.js';
import type { Tensor } from '../../tensor/tensor.js';

/** What stands for a value that is not there; an empty field always does. */
export const missingFields: readonly string[] = ['NA', 'N/A', 'NaN', 'nan', 'null', 'NULL', '?'];

export interface ReadCsvOptions {
  /** The column to predict, in any case: it becomes `y` and is left out of `x`. */
  readonly target?: string;
  /** The columns to read, in any case, in the order of the file; the target is read too. All when left out. */
  readonly columns?: readonly string[];
  /** Columns to pass over, the target not among them. None when left out. */
  readonly omit?: readonly string[];
  /** What columns hold, where it should not be found out: `{ zip: 'text' }`. */
  readonly kinds?: Readonly<Record<string, ColumnKind>>;
  /** Fields, beside empty ones, that stand for no value. Default NA, N/A, NaN, nan, null, NULL and ?. */
  readonly missing?: readonly string[];
  /** The character between two fields; found out among `,` `;` tab and `|` when left out. */
  readonly delimiter?: string;
  /** The decimal sign of numbers. Default a point; with a comma, a field with a point is no number. */
  readonly decimal?: '.' | ',';
  /** How the bytes are to be read, as the platform's `TextDecoder` calls it. Default `utf-8`. */
  readonly encoding?: string;
  /** Whether the target names classes or is a quantity; found out when left out. */
  readonly task?: CsvTask;
  /** What messages call the text. Default the file's name, else `CSV`. */
  readonly name?: string;
  /**
   * A table of the same kind that was read before, such as the one to train on: its columns, kinds, target and classes
   * hold for this one too, whose target may be absent. Beside it go only `missing`, `delimiter`, `decimal`, `encoding`, `name`.
   */
  readonly like?: CsvData;
}

export type CsvTask = 'classification' | 'regression';

/** A table, and what of it a model takes. */
export interface CsvData {
  /** All columns that were read, the target among them. */
  readonly table: Table;
  /** `[rows, columns]`, float32: the number and boolean columns without the target; NaN where a value is missing. */
  readonly x: Tensor;
  /** The names of the columns of `x`. */
  readonly columns: readonly string[];
  /** The name of the target as it stands in the table. */
  readonly target?: string;
  /** `[rows]`: int32 places in `classes`, or float32 quantities. */
  readonly y?: Tensor;
  /** What the numbers in `y` stand for: in order of the alphabet, or ascending. */
  readonly classes?: readonly string[];
}

const words = {
  kind: ['number', 'boolean', 'text'],
  task: ['classification', 'regression'],
  decimal: ['.', ','],
} as const;

const known = {
  target: true,
  columns: true,
  omit: true,
  kinds: true,
  missing: true,
  delimiter: true,
  decimal: true,
  encoding: true,
  task: true,
  name: true,
  like: true,
} as const satisfies Record<keyof ReadCsvOptions, true>;

/** Throws a ConfigError for options that are unknown, of another type, or contradict one another. */
export function checkOptions(options: ReadCsvOptions): void {
  for (const key of Object.keys(options)) if (!(key in known)) throw unknownOption(key);
  const { delimiter, decimal, kinds = {}, task, like } = options;
  if (delimiter !== undefined && !(delimiter.length === 1 && !'"\r\n'.includes(delimiter)))
    throw wrongOption('delimiter', 'one character other than a quote and a line break', show(delimiter));
  if (decimal !== undefined && !words.decimal.includes(decimal))
    throw wrongOption('decimal', "'.' or ','", show(decimal));
  for (const [column, kind] of Object.entries(kinds))
    if (!words.kind.includes(kind)) throw wrongOption(`kinds['${column}']`, list(words.kind), show(kind));
  if (task !== undefined && !words.task.includes(task))
    throw wrongOption('task', list(words.task), show(task));
  if (task !== undefined && options.target === undefined)
    throw wrongOption('task', 'a `target` beside it', 'none', "Name the column: `target: 'survived'`.");
  const told = (['target', 'columns', 'omit', 'kinds', 'task'] as const).filter((key) => key in options);
  if (like && told.length > 0) throw wrongOption('like', 'no other word on the columns', `${list(told)} too`);
}

function unknownOption(key: string) {
  const guess = nearest(key, Object.keys(known));
  return problem('option-unknown', {
    subject: 'readCsv',
    expected: `options named ${list(Object.keys(known))}`,
    received: show(key),
    fix: guess && `Write \`${guess}\`.`,
  });
}

export const wrongOption = (option: string, expected: string, received: string, fix?: string) =>
  problem('argument-value', { subject: `readCsv, option \`${option}\`,`, expected, received, fix });
