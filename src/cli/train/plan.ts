/** Which columns are used, which are not, and why: all of it is said aloud. */

import { problem } from '../../core/errors.js';
import { list } from '../../core/text.js';
import type { Column, Table } from '../../data/table.js';
import { type Inference, inferRole, type Role } from './inference.js';
import { leakOf, wordLeak } from './leaks.js';
import type { Target } from './target.js';
import { wordFeatures } from './word-features.js';

export type Use = 'number' | 'kinds' | 'words';

export interface PlannedColumn extends Inference {
  /** What it becomes for the network; nothing when it is left out. */
  readonly uses: readonly Use[];
  /** Why it is left out, or what to think about. */
  readonly note?: string | undefined;
  /** The option that decides otherwise. */
  readonly option?: string | undefined;
}

export interface Wishes {
  /** Columns to use whatever speaks against it. */
  readonly keep: readonly string[];
  /** Columns to leave out. */
  readonly drop: readonly string[];
}

const usesOf: Readonly<Record<Role, readonly Use[]>> = {
  number: ['number'],
  category: ['kinds'],
  boolean: ['kinds'],
  text: ['words'],
  identifier: [],
  constant: [],
  'all missing': [],
};

/** Throws a DataError for wishes that name no column, and when no column is left. */
export function planColumns(table: Table, target: Target, { keep, drop }: Wishes): PlannedColumn[] {
  const named = (names: readonly string[]) => new Set(names.map((name) => table.column(name)));
  const [kept, dropped] = [named(keep), named(drop)];
  const planned = table.columns
    .filter((column) => column !== target.column)
    .map((column): PlannedColumn => {
      const inference = inferRole(column, table.rows);
      if (dropped.has(column)) return { ...inference, uses: [], note: 'left out, as --drop says' };
      return kept.has(column) ? asWished(inference) : judged(inference, target);
    });
  const result = planned.some(isUsed) ? planned : planned.map(usedAfterAll);
  if (!result.some(isUsed)) throw nothingLeft(table, target, result);
  return result;
}

export const isUsed = ({ uses }: PlannedColumn): boolean => uses.length > 0;

const optionWith = (option: string, { name }: Column) =>
  `--${option} ${/^[\w.-]+$/.test(name) ? name : `"${name}"`}`;

/** What `--keep` makes of it. A column without two values cannot say anything. */
function asWished(inference: Inference): PlannedColumn {
  const { role, reason, column } = inference;
  if (role === 'constant' || role === 'all missing')
    return { ...inference, uses: [], note: `left out in spite of --keep: ${reason}` };
  const isNumber = column.kind === 'number';
  const asText: readonly Use[] = role === 'text' || role === 'identifier' ? ['kinds', 'words'] : ['kinds'];
  return { ...inference, uses: isNumber ? ['number'] : asText, note: 'used, as --keep says' };
}

function judged(inference: Inference, target: Target): PlannedColumn {
  const { role, reason, column } = inference;
  const uses = usesOf[role];
  const [keep, drop] = [optionWith('keep', column), optionWith('drop', column)];
  if (uses.length === 0) {
    const canKeep = role === 'identifier';
    return { ...inference, uses, note: `left out: ${reason}`, option: canKeep ? keep : undefined };
  }
  const leak = leakOf(column, target) ?? (role === 'text' ? wordLeak(column, target) : undefined);
  if (leak?.degree === 'certain')
    return { ...inference, uses: [], note: `left out: it ${leak.reason}`, option: keep };
  if (leak) return { ...inference, uses, note: `warning: it ${leak.reason}`, option: drop };
  if (role !== 'text') return { ...inference, uses };
  const words = wordFeatures(column, target.known).names;
  if (words.length === 0) return { ...inference, uses: [], note: `left out: ${reason}`, option: keep };
  return { ...inference, uses, note: `left out: ${reason}; only ${said(words)} used`, option: keep };
}

function said(words: readonly string[]): string {
  const found = words.filter((word) => word !== '(missing)');
  if (found.length === 0) return 'whether it is there is';
  const some = found.slice(0, 4).join(' ');
  return found.length === 1
    ? `the recurring word ${some} is`
    : `words that recur (${some}${found.length > 4 ? ' …' : ''}) are`;
}

/** A table of one feature, which follows the target exactly, is a lesson and no leak. */
function usedAfterAll(planned: PlannedColumn): PlannedColumn {
  const uses = usesOf[planned.role];
  const { note: why } = planned;
  if (uses.length === 0 || !/^left out: it (gives|has the word)/.test(why ?? '')) return planned;
  const note = why!.replace('left out: it', 'warning: nothing else is there to learn from, but it');
  return { ...planned, uses, note, option: undefined };
}

function nothingLeft(table: Table, target: Target, planned: readonly PlannedColumn[]) {
  const canKeep = planned.filter(({ option }) => option?.startsWith('--keep'));
  return problem('csv-columns', {
    subject: table.name,
    expected: `a column to predict '${target.column.name}' from`,
    received:
      planned.length === 0
        ? 'no other column'
        : planned.map(({ column, note }) => `'${column.name}' (${note})`).join(', '),
    fix:
      canKeep.length > 0
        ? `Write ${list(canKeep.map(({ option }) => option!)).replaceAll("'", '`')} to use it all the same.`
        : 'Add columns with something that differs from row to row.',
  });
}
