/** The table to train on and what of it is used. */

import type { Column, Table } from '../../data/table.js';
import type { TrainSettings } from './options.js';
import { type PlannedColumn, planColumns } from './plan.js';
import { asText, type Read, readTable } from './read.js';
import { type Target, type Task, targetOf } from './target.js';

export interface Loaded {
  readonly table: Table;
  readonly target: Target;
  readonly planned: readonly PlannedColumn[];
  /** The column that names the rows, as the file writes it. */
  readonly names?: Column | undefined;
  /** How the numbers of columns are written that are not plain. */
  readonly writings: Read['writings'];
  /** What was read in another way than it stands there, a sentence each. */
  readonly notes: readonly string[];
}

/** Throws a DataError for a table that nothing can be learned from, with what to do. */
export async function load({
  data,
  text,
  missing,
  task,
  target: wanted,
  keep,
  drop,
}: TrainSettings): Promise<Loaded> {
  const readAs = (texts: readonly string[]) => readTable(data, { missing, kindsOf: asText(texts) });
  const found = await readAs(text);
  const { name, kind } = found.table.column(wanted);
  const numbered = kind === 'boolean' ? undefined : targetOf(found.table, name, task);
  // Classes are predicted in the words of the file: TRUE stays TRUE, and 1.0 stays 1.0.
  const worded = kind === 'text' || numbered?.task === 'number' ? undefined : await readAs([...text, name]);
  const target = wordedTarget(worded?.table, name, task, numbered) ?? numbered!;
  const { table, writings, notes } = worded && target !== numbered ? worded : found;
  const planned = planColumns(table, target, { keep, drop });
  const id = planned.find(({ role }) => role === 'identifier')?.column;
  // Read as a number, 007 would be 7.
  const names =
    id === undefined || id.kind === 'text' ? id : (await readAs([...text, id.name])).table.column(id.name);
  return { table, target, planned, names, writings, notes };
}

/** The target in the words of the file, unless one number is written in several ways. */
function wordedTarget(
  table: Table | undefined,
  name: string,
  task?: Task,
  numbered?: Target,
): Target | undefined {
  if (!table) return undefined;
  const worded = targetOf(table, name, numbered?.task ?? task);
  if (!numbered) return worded;
  const isSame =
    worded.classes.length !== numbered.classes.length ||
    worded.classes.every((word, i) => word === numbered.classes[i]);
  return isSame ? undefined : worded;
}
