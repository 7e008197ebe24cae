/** Made tables in folders of their own, and the command run on them. */

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyOf } from '../../../src/core/random.js';
import { threefry } from '../../../src/core/threefry.js';
import { myelin } from '../surroundings.js';

export type Cell = string | number;

/** Numbers from 0 to below 1, the same in every run. */
export function chance(seed: number): () => number {
  const key = keyOf(seed, 0);
  let drawn = 0;
  return () => threefry(key, [drawn++, 0])[0] / 2 ** 32;
}

/** `rows` rows of what `row` gives. */
export const rowsOf = (rows: number, row: (i: number) => readonly Cell[]): (readonly Cell[])[] =>
  Array.from({ length: rows }, (_, i) => row(i));

export const newFolder = () => mkdtempSync(join(tmpdir(), 'myelin-train-'));

export function csv(names: readonly string[], rows: readonly (readonly Cell[])[], separator = ','): string {
  return [names, ...rows].map((cells) => cells.join(separator)).join('\n');
}

/** Writes the text as a file and trains on it: what was said, the last line apart, and what was written. */
export async function trainOn(text: string, words: readonly string[], folder = newFolder()) {
  const file = join(folder, 'table.csv');
  writeFileSync(file, text);
  const out = join(folder, 'predictions.csv');
  const result = await myelin(['train', file, '--out', out, ...words]);
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  return { ...result, folder, read, said: result.lines.join('\n'), score: scoreIn(result.lines) };
}

/** `accuracy 0.81` is 0.81. */
export const scoreIn = (lines: readonly string[]): number =>
  Number(/^(?:accuracy|r2) (-?\d\.\d\d)$/.exec(lines.at(-1) ?? '')?.[1]);
