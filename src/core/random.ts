/**
 * Random choices that the host makes: keys of streams, and the order of examples. No state: all follow from a
 * key.
 */

import { threefry, threefryWords, type Words } from './threefry.js';

/** The key of a stream under a seed: what `setRandomSeed` and a layer's own `seed` are turned into. */
export const keyOf = (seed: number, stream: number): [number, number] =>
  threefry(
    [seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0],
    [stream >>> 0, Math.floor(stream / 2 ** 32) >>> 0],
  );

/** A stream number for a name, the same in every run: FNV-1a over its UTF-16 units. */
export function streamOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/**
 * The numbers 0 to n - 1 in random order, each order as likely as any other.
 * Fisher and Yates's shuffle in Durstenfeld's form; words that would favour small numbers are drawn again. Written over
 * `order` where that is given.
 */
export function permutation(
  n: number,
  key: Words,
  epoch = 0,
  order: Int32Array = new Int32Array(n),
): Int32Array {
  for (let i = 0; i < n; i++) order[i] = i;
  const words = new Uint32Array(Math.min(1024, n + (n % 2)));
  let taken = words.length;
  let blocks = 0;
  for (let i = n - 1; i > 0; i--) {
    const limit = i + 1;
    let word = 0;
    let j = 0;
    do {
      if (taken === words.length) {
        threefryWords(words, key, [blocks, epoch]);
        blocks += taken / 2;
        taken = 0;
      }
      word = words[taken++]!;
      j = word - Math.floor(word / limit) * limit; // exact, and faster than the remainder of unsigned integers
    } while (word - j > 2 ** 32 - limit);
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  }
  return order;
}
