/** A kernel: loops over axes, and what is stored at each point. */
import type { TypedArray } from '../core/dtype.js';
import type { Pieces } from '../core/pieces.js';
import { stridesOf } from '../core/shape.js';
import { type Axis, type Index, pointsOf, positionOf, sumOf } from './axis.js';
import {
  type Buffer,
  type Coordinate,
  type Expression,
  elementsOf,
  isComputed,
  isKnown,
  isLoad,
  type Load,
  walkAll,
} from './expression.js';
import type { Machine } from './machine.js';
import type { KernelNest } from './nest.js';
import { mapped, rewrite } from './rewrite.js';

/**
 * `at` says where the value goes; points whose place is outside the array store nothing. `mode: 'add'` adds to what is
 * there, in the order of the loops: the one kernel whose points may meet.
 */
export interface Store {
  readonly buffer: Buffer;
  readonly at: readonly Coordinate[];
  readonly value: Expression;
  readonly mode: 'set' | 'add';
}

/**
 * All stores of a point are evaluated before any is written, so an output may also be an input at the same point.
 * A kernel that reads its own output at an earlier point is a recurrence: its loops run in order.
 */
export interface Kernel {
  readonly name: string;
  readonly axes: readonly Axis[];
  readonly stores: readonly Store[];
  /** The layers it comes from, as the user named them. */
  readonly path: string;
  /** Of a kernel that is kernels of its own: its stores only say what it gives, and every pass leaves it as it is. */
  readonly body?: Body;
}

/** Arrays by name, as plain numbers. */
export type Arrays = Map<string, TypedArray>;
/** Runs a kernel on arrays. */
export type Runner = (arrays: Arrays) => void;

/** Kernels inside a kernel, with all that is special about running them. */
export interface Body {
  /** An element of each array that it reads; which one does not matter. */
  readonly reads: readonly Expression[];
  /** The same with its reads changed. */
  mapped(change: (e: Expression) => Expression): Body;
  /** What is left of it when only these stores are needed. */
  narrowed(stores: readonly Store[]): Body;
  nest(kernel: Kernel, machine: Machine): Pieces<KernelNest>;
  /** Runs it without a schedule, its own kernels by `runnerOf`. */
  runner(kernel: Kernel, runnerOf: (kernel: Kernel) => Runner, allocate: (b: Buffer) => TypedArray): Runner;
  print(kernel: Kernel, printKernel: (kernel: Kernel) => string): string;
  /** A count over its own kernels, each as often as it runs. */
  total(count: (kernel: Kernel) => number): number;
}

/** Stores a value at each point of the axes, in their order. */
export const storeAtPoint = (buffer: Buffer, axes: readonly Axis[], value: Expression): Store => ({
  buffer: { ...buffer, shape: axes.map((a) => a.size) },
  at: axes.map((a) => a.index),
  value,
  mode: 'set',
});

/** All formulas of a kernel, places of stores included. */
export function formulasOf({ stores, body }: Kernel): Expression[] {
  const formulas: Expression[] = [];
  for (let i = 0; i < stores.length; i++) {
    const { value, at } = stores[i]!;
    formulas.push(value);
    for (let d = 0; d < at.length; d++) if (isComputed(at[d]!)) formulas.push(at[d] as Expression);
  }
  if (body) formulas.push(...body.reads);
  return formulas;
}

/** The kernel with every formula changed, places of stores included; the kernel itself where none changes. */
export function mapFormulas(
  kernel: Kernel,
  change: (e: Expression) => Expression,
  move = (index: Index): Index => index,
): Kernel {
  const stores = mapped(kernel.stores, (store) => {
    const at = mapped(store.at, (c) => (isComputed(c) ? change(c) : move(c)));
    const value = change(store.value);
    return at === store.at && value === store.value ? store : { ...store, at, value };
  });
  if (kernel.body) return { ...kernel, stores, body: kernel.body.mapped(change) };
  return stores === kernel.stores ? kernel : { ...kernel, stores };
}

/** The kernel with every part of its formulas changed, as `rewrite` has it. */
export function rewriteKernel(
  kernel: Kernel,
  change: (e: Expression) => Expression,
  isLeft?: (e: Expression) => boolean,
): Kernel {
  const done = new Map<Expression, Expression>();
  return mapFormulas(kernel, (e) => rewrite(e, change, done, isLeft));
}

/** What is known of each kernel, by the number of the question. One weak table: garbage collection walks every one. */
const facts = /* @__PURE__ */ new WeakMap<Kernel, unknown[]>();
let questions = 0;

/** A kernel never changes, so what is found out about it is found out once. */
export const remembered = <T>(make: (kernel: Kernel) => T): ((kernel: Kernel) => T) => {
  const question = questions++;
  return (kernel) => {
    const known = facts.get(kernel) ?? [];
    if (known.length === 0) facts.set(kernel, known);
    known[question] ??= make(kernel);
    return known[question] as T;
  };
};

/** All reads of a kernel. */
export const loadsOf: (kernel: Kernel) => readonly Load[] = /* @__PURE__ */ remembered((kernel) =>
  [...walkAll(formulasOf(kernel))].filter(isLoad),
);

/** Names of the arrays a kernel reads; adding to an array reads it. */
export function readsOf(kernel: Kernel): ReadonlySet<string> {
  const { stores, body } = kernel;
  const isPlain = stores.length === 1 && !body && stores[0]!.mode === 'set' && stores[0]!.at.every(isKnown);
  return isPlain ? stores[0]!.value.arrays : readsOfAll(kernel);
}
const readsOfAll: typeof readsOf = /* @__PURE__ */ remembered((kernel) => {
  const added = kernel.stores.filter((s) => s.mode === 'add').map((s) => s.buffer.name);
  return new Set([...formulasOf(kernel).flatMap((e) => [...e.arrays]), ...added]);
});
export const writesOf: (kernel: Kernel) => ReadonlySet<string> = /* @__PURE__ */ remembered(
  (kernel) => new Set(kernel.stores.map((s) => s.buffer.name)),
);

/** Arrays of a kernel, outputs first, then inputs as first read; each once. */
export function buffersOf(kernel: Kernel): Buffer[] {
  const all = [...kernel.stores.map((s) => s.buffer), ...loadsOf(kernel).map((l) => l.buffer)];
  return [...new Map(all.map((b) => [b.name, b] as const).reverse()).values()].reverse();
}

/** Whether a store fills its array point by point, in order. */
export const fillsInOrder = (store: Store, axes: readonly Axis[]): boolean =>
  store.mode === 'set' && readsPoint(store, axes);

/** The place in memory of an element, when it is known. */
export function linearOf(at: readonly Coordinate[], { shape }: Buffer): Index | undefined {
  return at.every(isKnown) ? sumOf(at, stridesOf(shape)) : undefined;
}

/** Whether a read takes exactly the element that stands at the point of these axes; or a store puts it there. */
export const readsPoint = ({ at, buffer }: Load | Store, axes: readonly Axis[]): boolean =>
  (at.length === axes.length &&
    axes.every((axis, d) => at[d] === axis.index && axis.size === buffer.shape[d])) ||
  (elementsOf(buffer) === pointsOf(axes) && (linearOf(at, buffer)?.equals(positionOf(axes)) ?? false));
