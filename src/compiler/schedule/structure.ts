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
  const index = ({ terms, offset }: Index): string => {
    let text = '';
    terms.forEach((times, axis) => {
      text += `${times}*${numberOf(axis)}+`;
    });
    return text + offset;
  };
  const record = (x: object): string => {
    let text = '{';
    for (const [key, value] of Object.entries(x)) {
      if (facts.has(key)) continue;
      const own = key === 'buffer' ? { ...value, name: numberOf((value as Buffer).name) } : value;
      text += `${key}:${textOf(own)},`;
    }
    return `${text}}`;
  };
  const textOf = (x: unknown): string => {
    if (typeof x !== 'object' || x === null) return Object.is(x, -0) ? '-0' : String(x);
    if (Array.isArray(x)) return `[${x.map(textOf)}]`;
    if (x instanceof Index) return index(x);
    if (x instanceof Axis) return `${numberOf(x)}<${x.size}`;
    if ('toJSON' in x) return textOf((x as { toJSON(): unknown }).toJSON());
    if (!('kind' in x)) return record(x);
    const isKnown = numbers.has(x);
    const number = numberOf(x);
    return isKnown ? `#${number}` : record(x);
  };
  return textOf([axes, stores, body]);
}
