/** What passes hand on: kernels, the arrays that outlive a run, and where results go. */
import type { Pieces } from '../core/pieces.js';
import { entryOf } from '../core/record.js';
import { type Buffer, type Expression, isLoad, load } from '../loops/expression.js';
import {
  fillsInOrder,
  type Kernel,
  loadsOf,
  readsOf,
  readsPoint,
  rewriteKernel,
  writesOf,
} from '../loops/kernel.js';
import type { External } from '../loops/program.js';

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
  /** Names of arrays whose kernels came fused. */
  readonly ready?: ReadonlySet<string>;
}

export type Pass = (draft: Draft) => Draft | Pieces<Draft>;

/** A pass that only programs with certain operations gain by: who uses none of these loads nothing of it. */
export interface OwnPass {
  readonly name: string;
  readonly run: Pass;
  /** The pass that it follows. */
  readonly after: string;
}

/** Kernels by the names of the arrays they read. */
export const readersOf = (kernels: readonly Kernel[]): ReadonlyMap<string, readonly Kernel[]> =>
  indexed(kernels, readsOf);
/** Kernels by the names of the arrays they write. */
export const writersOf = (kernels: readonly Kernel[]): ReadonlyMap<string, readonly Kernel[]> =>
  indexed(kernels, writesOf);

function indexed(kernels: readonly Kernel[], namesOf: (kernel: Kernel) => ReadonlySet<string>) {
  const index = new Map<string, Kernel[]>();
  for (const kernel of kernels) {
    for (const name of namesOf(kernel)) entryOf(index, name, () => []).push(kernel);
  }
  return index;
}

/** Names of arrays that more than one kernel writes. */
export const writtenTwice = (kernels: readonly Kernel[]): Set<string> =>
  new Set([...writersOf(kernels)].filter(([, writers]) => writers.length > 1).map(([name]) => name));

/** Whether a kernel reads what it writes at another point, and so must run in order. */
export const isRecurrence = (kernel: Kernel): boolean => {
  const written = writesOf(kernel);
  if (![...written].some((name) => readsOf(kernel).has(name))) return false;
  return loadsOf(kernel).some((l) => written.has(l.buffer.name) && !readsPoint(l, kernel.axes));
};

/** Whether a kernel is nothing but one value for each point, in order. */
export const isValue = (kernel: Kernel): boolean =>
  kernel.stores.length === 1 && fillsInOrder(kernel.stores[0]!, kernel.axes) && !isRecurrence(kernel);

/** The kernel with other arrays in place of some of its own, by their names. */
export function renameBuffers(kernel: Kernel, names: ReadonlyMap<string, string>): Kernel {
  const renamed = (b: Buffer) => (names.has(b.name) ? { ...b, name: names.get(b.name)! } : b);
  const change = (e: Expression) =>
    isLoad(e) && names.has(e.buffer.name) ? load(renamed(e.buffer), e.at, e.fill) : e;
  const isRead = [...readsOf(kernel)].some((name) => names.has(name));
  const { stores, ...rest } = isRead ? rewriteKernel(kernel, change) : kernel;
  return { ...rest, stores: stores.map((s) => ({ ...s, buffer: renamed(s.buffer) })) };
}
