/** The words that a lookup layer knows: in which order, at which places, and how much each weighs. */

import { fingerprint64, keyedFingerprint64 } from '../core/fingerprint.js';

export type Token = string | number;

/** How many documents there are, how often each word occurs, and in how many of them. */
interface Counts<T extends Token> {
  readonly words: Map<T, number>;
  readonly documents: Map<T, number>;
}

/** Counts the words of documents. */
export function countWords<T extends Token>(documents: readonly (readonly T[])[]): Counts<T> {
  const counts: Counts<T> = { words: new Map(), documents: new Map() };
  const add = (map: Map<T, number>, word: T) => map.set(word, (map.get(word) ?? 0) + 1);
  for (const document of documents) {
    for (const word of document) add(counts.words, word);
    for (const word of new Set(document)) add(counts.documents, word);
  }
  return counts;
}

/** Words by how often they occur, the most frequent first; of equals the later one in the order of bytes, as in Keras. */
export function byFrequency<T extends Token>(words: ReadonlyMap<T, number>): T[] {
  const encoder = new TextEncoder();
  const key = (word: T) =>
    typeof word === 'string' ? String.fromCharCode(...encoder.encode(word)) : (word as number);
  const rows = Array.from(words, ([word, count]) => ({ word, count, key: key(word) }));
  return rows.sort((a, b) => b.count - a.count || (a.key < b.key ? 1 : -1)).map(({ word }) => word);
}

/** Inverse document frequency `ln(1 + documents / (1 + documents with the word))`. */
export const inverseFrequency = (documents: number, withWord: number): number =>
  Math.log(1 + documents / (1 + withWord));

export interface Spreading {
  readonly numOovIndices: number;
  /** How whole numbers are spread; strings always by their fingerprint. */
  readonly oovMethod: 'floormod' | 'farmhash';
  /** Key of another fingerprint. */
  readonly salt: readonly [number, number] | null;
}

/** The place among those of unknown words. */
export function oovPlace(word: Token, { numOovIndices, oovMethod, salt }: Spreading): number {
  if (numOovIndices === 1) return 0;
  if (typeof word === 'number' && oovMethod === 'floormod') {
    return ((word % numOovIndices) + numOovIndices) % numOovIndices;
  }
  const text = String(word);
  const hash = salt ? keyedFingerprint64(text, salt) : fingerprint64(text);
  return Number(hash % BigInt(numOovIndices));
}
