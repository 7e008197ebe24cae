/** Columns of text that hold numbers all the same, as people write them, and columns of numbers with something beside. */

import { problem } from '../../core/errors.js';
import { show } from '../../core/text.js';
import type { Column, TextColumn } from '../../data/table.js';
import { isSign, type Writing, writings } from './writings.js';

/** A column as it is meant, how its numbers are written, and what there is to say of it. */
export interface Refined {
  readonly column: Column;
  readonly writing?: Writing | undefined;
  readonly note?: string | undefined;
}

export interface Known {
  /** The name of the table and the line of each row. */
  readonly name: string;
  readonly lines: readonly number[];
  /** How the numbers of this column are written, as another table of its kind says. */
  readonly writing?: Writing | undefined;
  /** What was wrong when the column was read as numbers, or as true and false. */
  readonly stray?: unknown;
  /** Whether it has to hold numbers. */
  readonly isFixed: boolean;
}

/**
 * The column as numbers where all its fields are written as numbers or stand for no value; as it is where not.
 *
 * Throws a DataError, with line and column, where it was taken for numbers and a few fields are none.
 */
export function refined(column: TextColumn, known: Known): Refined {
  const texts = new Set(column.values);
  const given = [...texts].filter((text): text is string => text !== null && !isSign(text));
  const reads = ({ read }: Writing) => given.every((text) => read(text) !== undefined);
  const writing = known.writing ?? writings.find(reads);
  const isRead = given.length > 0 && writing !== undefined && reads(writing);
  if (isRead) return asNumbers(column, writing);
  if (known.stray === undefined && known.writing === undefined) return { column };
  if (given.every((text) => /^(true|false)$/i.test(text))) return withoutSigns(column);
  const wrong = strays(column, known.writing ?? writings[0]!);
  if (known.isFixed || !isMixture(wrong, column)) throw firstStray(column, known, wrong);
  const others = `${show(wrong[0]!.text)} and ${wrong.length - 1} other fields are none`;
  return {
    column,
    note: `has numbers and texts in column '${column.name}', which is read as text: ${others}.`,
  };
}

function asNumbers(column: TextColumn, writing: Writing): Refined {
  const { name } = column;
  const values = Float64Array.from(column.values, (text) =>
    text === null || isSign(text) ? Number.NaN : writing.read(text)!,
  );
  const missing = values.filter(Number.isNaN).length;
  const example = column.values.find(
    (text) => text !== null && !isSign(text) && String(Number(text)) === 'NaN',
  );
  const kind = writing.name === 'dates' ? 'dates, in days' : 'numbers';
  const parts = [
    ...(typeof example === 'string'
      ? [`reads column '${name}' as ${kind}: ${show(example)} is ${writing.read(example)}`]
      : []),
    ...signNote(column, missing - column.missing),
  ];
  return {
    column: { name, kind: 'number', values, missing },
    writing,
    note: parts.length === 0 ? undefined : `${parts.join('; it ')}.`,
  };
}

function signNote({ name, values }: TextColumn, rows: number): string[] {
  if (rows === 0) return [];
  const sign = values.find((text) => text !== null && isSign(text))!;
  return [`takes ${show(sign)} in column '${name}' for no value, in ${rows} ${rows === 1 ? 'row' : 'rows'}`];
}

function withoutSigns(column: TextColumn): Refined {
  const values = column.values.map((text) => (text !== null && isSign(text) ? null : text));
  const missing = values.filter((text) => text === null).length;
  return {
    column: { ...column, values, missing },
    note: `${signNote(column, missing - column.missing)[0]!}.`,
  };
}

interface Stray {
  readonly row: number;
  readonly text: string;
}

const strays = ({ values }: TextColumn, { read }: Writing): Stray[] =>
  values.flatMap((text, row) =>
    text === null || isSign(text) || read(text) !== undefined ? [] : [{ row, text }],
  );

/** A slip is a single field or one word; names among numbers, as of lifeboats, are many and several. */
const [fewestStrays, fewestKinds, leastShare] = [5, 3, 0.05];

const isMixture = (wrong: readonly Stray[], { values, missing }: TextColumn) =>
  wrong.length >= fewestStrays &&
  wrong.length >= leastShare * (values.length - missing) &&
  new Set(wrong.map(({ text }) => text)).size >= fewestKinds;

function firstStray(
  { name: column }: TextColumn,
  { name, lines, stray, writing, isFixed }: Known,
  [wrong]: readonly Stray[],
) {
  if (wrong === undefined) return stray;
  return problem('text-in-data', {
    subject: `${name} line ${lines[wrong.row]}, column '${column}',`,
    expected:
      writing?.name === 'dates'
        ? 'a date such as 2026-11-22'
        : isFixed
          ? 'a number'
          : 'a number, as the others are',
    received: show(wrong.text),
  });
}
