/** How much work a kernel is, as its formulas say it: what times are set against. */

import { elementTypes } from '../core/dtype.js';
import { pointsOf } from '../loops/axis.js';
import { type Buffer, bytesOf, type Expression, walkAll } from '../loops/expression.js';
import { costOf } from '../loops/formulas.js';
import { buffersOf, formulasOf, type Kernel } from '../loops/kernel.js';

const pointsOfValue = ({ free }: Expression): number => pointsOf([...free]);

/**
 * Scalar operations, a product and its sum being two. A part that does not change along an axis counts once, however
 * often a schedule computes it.
 */
export function operationsOf(kernel: Kernel): number {
  if (kernel.body) return kernel.body.total(operationsOf);
  let operations = 0;
  for (const part of walkAll(formulasOf(kernel))) {
    if (part.kind === 'call') operations += costOf(part.name) * pointsOfValue(part);
    if (part.kind === 'fold') operations += pointsOf([...new Set([...part.body.free, ...part.axes])]);
  }
  return operations;
}

/** Bytes of the elements that are read and of those that are written, each once, however often a schedule moves them. */
export function bytesMoved(kernel: Kernel): number {
  if (kernel.body) return kernel.body.total(bytesMoved);
  const parts = [...walkAll(formulasOf(kernel))];
  const touched = ({ name, dtype, ...rest }: Buffer): number => {
    const read = parts.filter((part) => part.kind === 'load' && part.buffer.name === name);
    const written = kernel.stores.filter((store) => store.buffer.name === name);
    const whole = bytesOf({ name, dtype, ...rest });
    const part = (points: number) => Math.min(whole, points * elementTypes[dtype].bytes);
    const stores = written.length * pointsOf(kernel.axes);
    const added = written.some(({ mode }) => mode === 'add') ? stores : 0;
    return part(stores) + part(added + read.reduce((sum, load) => sum + pointsOfValue(load), 0));
  };
  return buffersOf(kernel).reduce((sum, buffer) => sum + touched(buffer), 0);
}
