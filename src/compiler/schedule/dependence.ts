/** Which loops must run in order: those along which a kernel reads what it wrote at another point. */
import { isSameShape } from '../../core/shape.js';
import type { Axis } from '../../loops/axis.js';
import { type Expression, isComputed, type Load, partsOf, walkAll } from '../../loops/expression.js';
import { formulasOf, type Kernel, linearOf, loadsOf, type Store } from '../../loops/kernel.js';

export interface Dependence {
  /** Axes whose loops run in order, one element at a time. */
  readonly sequential: ReadonlySet<Axis>;
  /** Formulas that see earlier stores, so that each point computes them anew. */
  readonly pinned: ReadonlySet<Expression>;
}

export function dependenceOf(kernel: Kernel): Dependence {
  const sequential = new Set<Axis>();
  const reads = new Set<Expression>();
  for (const load of loadsOf(kernel)) {
    for (const store of kernel.stores) {
      if (store.buffer.name !== load.buffer.name) continue;
      const axes = axesBetween(load, store, kernel.axes);
      for (const axis of axes ?? []) sequential.add(axis);
      if (axes) reads.add(load);
    }
  }
  if (addsTwice(kernel)) for (const axis of kernel.axes) sequential.add(axis);
  return { sequential, pinned: dependents(formulasOf(kernel), reads) };
}

/** The axes that lead from a read to the store of the same element; nothing if both are at the same point. */
function axesBetween(load: Load, store: Store, all: readonly Axis[]): readonly Axis[] | undefined {
  if (isSamePlace(load, store)) return store.mode === 'add' || misses(store, all) ? all : undefined;
  if (!isSameShape(load.buffer.shape, store.buffer.shape)) return all;
  const between = new Set<Axis>();
  for (const [d, to] of store.at.entries()) {
    const from = load.at[d]!;
    if (isComputed(from) || isComputed(to) || from.minus(to).terms.size > 0) return all;
    if (from.offset !== to.offset) for (const axis of to.terms.keys()) between.add(axis);
  }
  return between.size > 0 ? [...between] : undefined;
}

/** Whether both name the same element at every point, be it through different shapes, as far as it is inside both. */
function isSamePlace(load: Load, store: Store): boolean {
  const [from, to] = [linearOf(load.at, load.buffer), linearOf(store.at, store.buffer)];
  return from !== undefined && to !== undefined && from.equals(to);
}

/** Whether points that differ in some axis store to the same place. */
const misses = ({ at }: Store, all: readonly Axis[]): boolean =>
  all.some((axis) => axis.size > 1 && !at.some((c) => !isComputed(c) && c.along(axis) !== 0));

/** Whether two stores add to one array: their order at a point matters. */
function addsTwice({ stores }: Kernel): boolean {
  const added = stores.filter((s) => s.mode === 'add').map((s) => s.buffer.name);
  return added.some((name) => stores.filter((s) => s.buffer.name === name).length > 1);
}

function dependents(formulas: readonly Expression[], reads: ReadonlySet<Expression>): Set<Expression> {
  const found = new Set<Expression>(reads);
  // Parts come first, so one pass is enough.
  for (const e of walkAll(formulas)) if (partsOf(e).some((part) => found.has(part))) found.add(e);
  return found;
}
