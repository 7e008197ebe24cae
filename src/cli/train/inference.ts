/** What each column is taken for, and which are left out because they say nothing of a row but its name. */

import type { Column } from '../../data/table.js';
import { countKinds, everyRow } from './column.js';

/** What a column becomes, or why it is none. */
export type Role = 'number' | 'category' | 'boolean' | 'text' | 'identifier' | 'constant' | 'all missing';

export interface Inference {
  readonly column: Column;
  readonly role: Role;
  /** Different values. */
  readonly kinds: number;
  /** Why the column is no feature as it stands; undefined where it is. */
  readonly reason?: string | undefined;
}

/** More kinds than this need this many rows each, or a column is free text. */
const fewKinds = 20;
const rowsEach = 5;
/** The share of different values from which texts are names of rows. */
const nearlyAll = 0.95;

/** A share of rows is told apart from chance from this many rows on. */
const enoughRows = 10;

export function inferRole(column: Column, rows: number): Inference {
  const counts = countKinds(column, everyRow(rows));
  const [kinds, present] = [counts.length, rows - column.missing];
  const as = (role: Role, reason?: string): Inference => ({ column, role, kinds, reason });
  if (kinds === 0) return as('all missing', 'it has no value');
  if (kinds === 1 && column.missing === 0) return as('constant', `every row has '${counts[0]![0]}'`);
  if (column.kind === 'boolean') return as('boolean');
  const isUnique = present >= enoughRows && kinds >= nearlyAll * present;
  const isNamed = isUnique && namesRows(column.name);
  if (column.kind === 'number') {
    if (isNamed && isWhole(column)) return as('identifier', 'its name says so and its values differ');
    return countsRows(column) ? as('identifier', 'it counts the rows') : as('number');
  }
  if (isNamed) return as('identifier', 'its name says so and its values differ');
  if (isUnique && counts.every(([text]) => !/\s/.test(text)))
    return as('identifier', `${kinds === present ? 'all' : 'nearly all'} values differ`);
  const isCategory = kinds <= present / 2 && (kinds <= fewKinds || present / kinds >= rowsEach);
  return isCategory ? as('category') : as('text', `free text, ${kinds} kinds in ${present} rows`);
}

/** Whether a name has `id`, `key`, `phone` and the like as a word, or ends in `number`: PassengerId, row_id, Order Number. */
function namesRows(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  const last = words.filter((word) => word !== '').at(-1) ?? '';
  return (
    words.some((word) => identifying.has(word)) ||
    identifyingLast.has(last) ||
    /^unnamed: \d+$/i.test(name) ||
    name.trim() === ''
  );
}
const identifying = new Set([
  'id',
  'ids',
  'key',
  'index',
  'idx',
  'uuid',
  'guid',
  'nr',
  'no',
  'rowid',
  'identifier',
  'phone',
  'telephone',
  'ssn',
  'passport',
  'serial',
]);
const identifyingLast = new Set(['number', 'num']);

const isWhole = ({ values }: Column) =>
  Array.from<unknown>(values).every((value) => Number.isInteger(value) || Number.isNaN(value));

/** Whole numbers of which each stands once and that leave few gaps: 1, 2, 3, in order or mixed. */
function countsRows({ values, missing }: Column): boolean {
  if (missing > 0 || values.length < enoughRows || !(values instanceof Float64Array)) return false;
  if (!values.every(Number.isInteger) || new Set(values).size < values.length) return false;
  const sorted = values.toSorted();
  const range = sorted.at(-1)! - sorted[0]! + 1;
  return (
    range === values.length || (range <= 2 * values.length && values.every((value, i) => value === sorted[i]))
  );
}
