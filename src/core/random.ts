/**
 * Random choices that the host makes: keys of streams, and the order of examples. No state: all follow from a
 * key.
 */

import { threefry, type Words } from './threefry.js';

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
 * Fisher and Yates's shuffle in Durstenfeld's form; words that would favour small numbers are drawn again.
 */
export function permutation(n: number, key: Words, epoch = 0): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  const source = words(key, epoch);
  for (let i = n - 1; i > 0; i--) {
    const j = below(i + 1, source);
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  }
  return order;
}

/** An integer from 0 to `limit` - 1, unbiased. */
function below(limit: number, source: Generator<number, never>): number {
  const last = 2 ** 32 - (2 ** 32 % limit);
  for (;;) {
    const word = source.next().value;
    if (word < last) return word % limit;
  }
}

function* words(key: Words, epoch: number): Generator<number, never> {
  for (let block = 0; ; block++) yield* threefry(key, [block, epoch]);
}
