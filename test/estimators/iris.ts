import { readFileSync } from 'node:fs';
import { testData } from '../examples/data.js';

/** Fisher's irises, or nothing where the data are not there. */
export function iris():
  | { readonly x: number[][]; readonly y: number[]; readonly words: string[] }
  | undefined {
  const file = testData('iris.csv');
  if (!file) return undefined;
  const rows = readFileSync(file, 'utf8').trim().split('\n').slice(1);
  const cells = rows.map((row) => row.trim().split(','));
  const words = cells.map((row) => row[4]!);
  const kinds = [...new Set(words)].sort();
  return { x: cells.map((row) => row.slice(0, 4).map(Number)), y: words.map((w) => kinds.indexOf(w)), words };
}
