/** The file of predictions. */

import { dsvFormat } from 'd3-dsv';
import { writeFile } from '../../data/files.js';
import type { Column } from '../../data/table.js';
import { textAt } from './column.js';
import { command } from './options.js';
import { decided } from './scores.js';
import type { Target } from './target.js';

/** Digits of a predicted number. */
const digits = 7;

/** What is predicted for each row, as the table would write it. */
export function predictedTexts(target: Target, said: Float64Array): string[] {
  const answers = Array.from(decided(said, target.classes.length));
  return answers.map((answer) =>
    target.task === 'classes' ? target.classes[answer]! : String(Number(answer.toPrecision(digits))),
  );
}

/** Columns side by side, each with its name above. */
export type NamedTexts = readonly (readonly [name: string, cells: readonly string[]])[];

/** Writes a CSV file whole or not at all. */
export async function writePredictions(file: string, columns: NamedTexts): Promise<void> {
  const rows = columns[0]![1].map((_, row) => columns.map(([, cells]) => cells[row]!));
  const text = dsvFormat(',').formatRows([columns.map(([name]) => name), ...rows]);
  await writeFile(command, file, new TextEncoder().encode(`${text}\n`));
}

export const cellsOf = (column: Column, rows: ArrayLike<number>): string[] =>
  Array.from(rows, (row) => textAt(column, row) ?? '');
