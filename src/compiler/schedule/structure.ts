/** A text that is equal for kernels that differ only in the arrays and axes they name: they share their loops. */
import { Axis, Index } from '../../loops/axis.js';
import type { Buffer } from '../../loops/expression.js';
import type { Kernel } from '../../loops/kernel.js';

/** What follows from the rest of a formula. */
const facts: ReadonlySet<string> = new Set(['id', 'free', 'arrays', 'inner', 'size']);

/** Arrays, axes and formulas that stand there before become numbers, in the order in which they are met. */
export function structureOf({ axes, stores, body }: Kernel): string {
  const numbers = new Map<unknown, number>();
  const numberOf = (x: unknown): number => {
    const number = numbers.get(x) ?? numbers.size;
    numbers.set(x, number);
    return number;
  };
  return JSON.stringify([axes, stores, body], (key, value) => {
    if (facts.has(key)) return undefined;
    if (key === 'buffer') return { ...value, name: numberOf((value as Buffer).name) };
    if (value instanceof Axis) return `${numberOf(value)}<${value.size}`;
    if (value instanceof Index) return [...value.terms, value.offset];
    if (typeof value === 'number') return Object.is(value, -0) ? '-0' : `${value}`;
    if (typeof value?.kind !== 'string') return value;
    const isKnown = numbers.has(value);
    const number = numberOf(value);
    return isKnown ? number : value;
  });
}
