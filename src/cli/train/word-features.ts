import type { Column } from '../../data/table.js';
import { textAt } from './column.js';
import type { Part } from './part.js';

/** A word says something when it stands in more than this share of the rows, and in less than all but this share. */
const leastShare = 0.02;
const mostWords = 40;

/**
 * Free text by the words that recur in it: a 1 for each word of the cell that stands in more than 2 % of the rows. Digits
 * are all alike, so that `C85` and `C123` share the word `C#`.
 */
export function wordFeatures(column: Column, rows: ArrayLike<number>): Part {
  const counts = new Map<string, number>();
  let empty = 0;
  for (const row of Array.from(rows)) {
    const text = textAt(column, row);
    if (text === null) empty++;
    else for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const isTelling = (count: number) =>
    count > leastShare * rows.length && count < (1 - leastShare) * rows.length;
  const words = [...counts]
    .filter(([, count]) => isTelling(count))
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, mostWords)
    .map(([word]) => word);
  const places = new Map(words.map((word, i) => [word, i]));
  const isMissing = isTelling(empty);
  return {
    column: column.name,
    names: [...words, ...(isMissing ? ['(missing)'] : [])],
    write(given, row, target, start) {
      const text = textAt(given, row);
      if (text === null && isMissing) target[start + places.size] = 1;
      for (const word of text === null ? [] : wordsOf(text)) {
        const place = places.get(word);
        if (place !== undefined) target[start + place] = 1;
      }
    },
  };
}

/** The words of a text, each once. A full stop belongs to its word: `Mr.`. */
export const wordsOf = (text: string): Set<string> =>
  new Set(
    text
      .replace(/\d+/g, '#')
      .split(/[\s,;:()"'!?/]+/)
      .filter((word) => /[\p{L}#]/u.test(word)),
  );
