/** A kernel: loops over axes, and what is stored at each point. */
import { type Axis, type Index, pointsOf, positionOf } from './axis.js';
import {
  type Buffer,
  type Coordinate,
  type Expression,
  elementsOf,
  isComputed,
  isLoad,
  type Load,
  walkAll,
} from './expression.js';

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
}

/** Stores a value at each point of the axes, in their order. */
export const storeAtPoint = (buffer: Buffer, axes: readonly Axis[], value: Expression): Store => ({
  buffer: { ...buffer, shape: axes.map((a) => a.size) },
  at: axes.map((a) => a.index),
  value,
  mode: 'set',
});

/** All formulas of a kernel, places of stores included. */
export const formulasOf = ({ stores }: Kernel): Expression[] =>
  stores.flatMap((s) => [s.value, ...s.at.filter(isComputed)]);

/** The kernel with every formula changed, places of stores included. */
export const mapFormulas = (
  kernel: Kernel,
  change: (e: Expression) => Expression,
  move = (index: Index): Index => index,
): Kernel => ({
  ...kernel,
  stores: kernel.stores.map((s) => ({
    ...s,
    at: s.at.map((c) => (isComputed(c) ? change(c) : move(c))),
    value: change(s.value),
  })),
});

/** A kernel never changes, so what is found out about it is found out once. */
const remembered = <T>(make: (kernel: Kernel) => T): ((kernel: Kernel) => T) => {
  const known = new WeakMap<Kernel, T>();
  return (kernel) => {
    const before = known.get(kernel);
    if (before !== undefined) return before;
    const made = make(kernel);
    known.set(kernel, made);
    return made;
  };
};

/** All reads of a kernel. */
export const loadsOf: (kernel: Kernel) => readonly Load[] = /* @__PURE__ */ remembered((kernel) =>
  [...walkAll(formulasOf(kernel))].filter(isLoad),
);

/** Names of the arrays a kernel reads; adding to an array reads it. */
export const readsOf: (kernel: Kernel) => ReadonlySet<string> = /* @__PURE__ */ remembered((kernel) => {
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
export function linearOf(at: readonly Coordinate[], { shape }: Buffer) {
  let linear = positionOf([]);
  for (const [d, c] of at.entries()) {
    if (isComputed(c)) return undefined;
    linear = linear.times(shape[d]!).plus(c);
  }
  return linear;
}

/** Whether a read takes exactly the element that stands at the point of these axes; or a store puts it there. */
export const readsPoint = ({ at, buffer }: Load | Store, axes: readonly Axis[]): boolean =>
  elementsOf(buffer) === pointsOf(axes) && (linearOf(at, buffer)?.equals(positionOf(axes)) ?? false);
