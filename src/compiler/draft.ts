/** What passes hand on: kernels, the arrays that outlive a run, and where results go. */
import { type Buffer, type Expression, isLoad, load } from '../loops/expression.js';
import { type Kernel, loadsOf, mapFormulas, readsOf, readsPoint, writesOf } from '../loops/kernel.js';
import type { External } from '../loops/program.js';
import { rewrite } from '../loops/rewrite.js';

/** An array that outlives the run and the temporary whose value it takes. */
export interface Result {
  readonly target: Buffer;
  readonly value: Buffer;
}

export interface Draft {
  readonly kernels: readonly Kernel[];
  readonly externals: readonly External[];
  /** Variables and outputs, each with the array that holds its new value. */
  readonly results: readonly Result[];
}

/** Kernels that read an array, by its name. */
export function readersOf(kernels: readonly Kernel[]): Map<string, Kernel[]> {
  const readers = new Map<string, Kernel[]>();
  for (const kernel of kernels) {
    for (const name of readsOf(kernel)) readers.set(name, [...(readers.get(name) ?? []), kernel]);
  }
  return readers;
}

/** Whether two kernels may change places. */
export function areFree(a: Kernel, b: Kernel): boolean {
  const touches = (x: Kernel, y: Kernel) => {
    const [reads, writes] = [readsOf(y), writesOf(y)];
    return [...writesOf(x)].some((name) => reads.has(name) || writes.has(name));
  };
  return !touches(a, b) && !touches(b, a);
}

/** Whether a kernel reads what it writes at another point, and so must run in order. */
export const isRecurrence = (kernel: Kernel): boolean => {
  const written = writesOf(kernel);
  return loadsOf(kernel).some((l) => written.has(l.buffer.name) && !readsPoint(l, kernel.axes));
};

/** The kernel with other arrays in place of its own. */
export function renameBuffers(kernel: Kernel, rename: (b: Buffer) => Buffer): Kernel {
  const done = new Map<Expression, Expression>();
  const change = (e: Expression) => (isLoad(e) ? load(rename(e.buffer), e.at, e.fill) : e);
  const renamed = mapFormulas(kernel, (e) => rewrite(e, change, done));
  return { ...renamed, stores: renamed.stores.map((s) => ({ ...s, buffer: rename(s.buffer) })) };
}
