/** The column to predict: classes by their places, or quantities. */

import { problem } from '../../core/errors.js';
import { listSome, show } from '../../core/text.js';
import type { Column } from '../../data/table.js';
import { Tensor } from '../../tensor/tensor.js';
import type { CsvData, CsvTask } from './csv-options.js';
import type { PlacedTable } from './csv-table.js';

/** Whole numbers are classes up to so many of them. */
const mostClasses = 20;

type Coded = Pick<CsvData, 'y' | 'classes'>;

/**
 * Text and truth values are classes, and so are whole numbers of which there are two, or up to 20 without a gap between
 * them that come twice or more on average; other numbers are quantities. `task` and `like` decide otherwise.
 *
 * Throws a DataError, with its line, for a missing value and for a class that `like` has not; a DataError for one class
 * only and for text as a quantity.
 */
export function codedTarget(
  { table, lines }: PlacedTable,
  column: Column,
  task: CsvTask | undefined,
  like: CsvData | undefined,
): Coded {
  const place = (row: number) => `${table.name} line ${lines[row]}, column '${column.name}',`;
  const values = labelsOf(column);
  const gap = values.indexOf(null);
  if (gap >= 0)
    throw problem('text-in-data', {
      subject: place(gap),
      expected: 'a value, since this is the target',
      received: `a missing one, as in ${column.missing} of ${table.rows} rows`,
      fix: 'Fill it in, or leave the row out.',
    });
  const wanted = like?.y ? (like.classes ? 'classification' : 'regression') : task;
  if ((wanted ?? taskOf(column)) === 'regression') return { y: quantities(column, table.name) };
  const classes = like?.classes ?? classesOf(column, table.name);
  const index = new Map(classes.map((name, i) => [name, i]));
  const y = Int32Array.from(values as readonly string[], (value, row) => {
    const found = index.get(value);
    if (found !== undefined) return found;
    throw problem('text-in-data', {
      subject: place(row),
      expected: `one of the classes ${listSome(classes)}`,
      received: show(value),
      fix: 'Correct the field, or let the first table have rows of this class too.',
    });
  });
  return { y: new Tensor([y.length], 'int32', { kind: 'data', values: y }), classes };
}

/** Each value as the name of a class. */
function labelsOf({ kind, values }: Column): readonly (string | null)[] {
  if (kind === 'text') return values;
  const name = kind === 'number' ? String : (value: number) => String(value === 1);
  return Array.from(values, (value) => (Number.isNaN(value) ? null : name(value)));
}

function taskOf({ kind, values }: Column): CsvTask {
  if (kind !== 'number') return 'classification';
  const different = new Set<number>();
  for (const value of values) {
    if (!Number.isInteger(value) || different.size > mostClasses) return 'regression';
    different.add(value);
  }
  const count = different.size;
  const isGapless = Math.max(...different) - Math.min(...different) === count - 1;
  const areClasses = count <= mostClasses && isGapless && 2 * count <= values.length;
  return count <= 2 || areClasses ? 'classification' : 'regression';
}

function classesOf({ kind, name, values }: Column, table: string): string[] {
  const different = new Set<string | number | null>(values);
  if (different.size < 2)
    throw problem('csv-columns', {
      subject: `${table}, column '${name}',`,
      expected: 'two classes or more, since it is the target',
      received: `only ${show(labelsOf({ kind, name, values, missing: 0 } as Column)[0])} in all ${values.length} rows`,
      fix: 'Take a table with rows of every class.',
    });
  if (kind === 'text') return ([...different] as string[]).sort();
  const ascending = ([...different] as number[]).sort((a, b) => a - b);
  return ascending.map((value) => (kind === 'number' ? String(value) : String(value === 1)));
}

function quantities({ kind, name, values }: Column, table: string): Tensor {
  if (kind === 'text')
    throw problem('text-in-data', {
      subject: `${table}, column '${name}',`,
      expected: 'numbers, since the task is regression',
      received: `text, such as ${show(values.find((value) => value !== null))}`,
      fix: "Say `task: 'classification'`, or name another target.",
    });
  return new Tensor([values.length], 'float32', { kind: 'data', values: Float32Array.from(values) });
}
