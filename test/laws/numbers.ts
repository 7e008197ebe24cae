/** Numbers for law tests: repeatable, in a record's domain, away from its kinks. */
import type { Domain } from '../../src/ops/op.js';

/** Numbers in [0, 1). Mulberry32, by Tommy Ettinger. */
export type Random = () => number;

export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const between = (random: Random, low: number, high: number): number => low + random() * (high - low);
export const below = (random: Random, count: number): number => Math.floor(random() * count);
export const pick = <T>(random: Random, items: readonly T[]): T => items[below(random, items.length)]!;

export function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const order = [...items];
  for (let i = order.length - 1; i > 0; i--) {
    const j = below(random, i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/** How far values stay from kinks: several times as far as any difference quotient reaches. */
const clearance = 0.02;
const reach = 2.4;

/** `count` numbers of a domain that needs no distinct elements. */
export function numbersIn(
  { from = -reach, to = reach, kinks = [], below: count }: Domain,
  n: number,
  random: Random,
): number[] {
  if (count !== undefined) return Array.from({ length: n }, () => below(random, count));
  return Array.from({ length: n }, () => {
    for (;;) {
      const x = between(random, from, to);
      if (kinks.every((kink) => Math.abs(x - kink) > clearance)) return x;
    }
  });
}

/** Numbers that are all at least a clearance apart, in random order. */
export function distinctNumbers(n: number, random: Random): number[] {
  const step = (2 * reach) / Math.max(1, n);
  if (step < clearance) throw new Error(`${n} distinct numbers do not fit`);
  const grid = Array.from({ length: n }, (_, i) => -reach + (i + between(random, 0.3, 0.7)) * step);
  return shuffled(random, grid);
}
