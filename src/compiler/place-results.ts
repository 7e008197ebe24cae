/**
 * Place results: values before their readers, every reader of a variable before the kernel that replaces it; then new
 * values are computed right in their variable's or output's place, so that nothing is copied.
 */
import { bug } from '../core/errors.js';
import { entryOf } from '../core/record.js';
import { type Buffer, isKnown, type Load } from '../loops/expression.js';
import { type Kernel, loadsOf, readsOf, writesOf } from '../loops/kernel.js';
import { type Draft, type Result, readersOf, renameBuffers, writersOf } from './draft.js';
import { copyKernel } from './lower.js';

export function placeResults(draft: Draft): Draft {
  const { kernels, results } = draft;
  const moved = new Map(results.map((r) => [r.value.name, r] as const));
  const line = lineOf(kernels);
  const delayed = results.filter((r) => isReadLate(r, line));
  for (const { value } of delayed) moved.delete(value.name);
  let sorted = inOrder(line, moved);
  while ('target' in sorted) {
    delayed.push(sorted);
    moved.delete(sorted.value.name);
    sorted = inOrder(line, moved);
  }
  const names = new Map([...moved].map(([name, { target }]) => [name, target.name] as const));
  const placed = sorted.map((k) =>
    [...readsOf(k), ...writesOf(k)].some((name) => moved.has(name)) ? renameBuffers(k, names) : k,
  );
  const copies = delayed.map((r) => copyKernel(r.target, r.value));
  return {
    ...draft,
    kernels: [...placed, ...copies],
    results: results.map(({ target }) => ({ target, value: target })),
  };
}

/** Kernels as they stand, and which of them read and write an array. */
interface Line {
  readonly places: ReadonlyMap<Kernel, number>;
  readonly readers: ReadonlyMap<string, readonly Kernel[]>;
  readonly writers: ReadonlyMap<string, readonly Kernel[]>;
}

const lineOf = (kernels: readonly Kernel[]): Line => ({
  places: new Map(kernels.map((kernel, i) => [kernel, i])),
  readers: readersOf(kernels),
  writers: writersOf(kernels),
});

/**
 * Whether some kernel needs both the new value and the old one at other points: then the new value waits beside the old
 * one and is copied at the end.
 */
function isReadLate({ target, value }: Result, line: Line): boolean {
  const { places, readers, writers } = line;
  const start = Math.min(...(writers.get(value.name) ?? []).map((k) => places.get(k)!));
  // What needs the new value stands behind the kernel that makes it.
  const readsOld = (readers.get(target.name) ?? []).filter((k) => places.get(k)! >= start);
  const readsElsewhere = (k: Kernel) =>
    loadsOf(k).some((l) => l.buffer.name === target.name && !isAtOwnPoint(k, value, l));
  if (readsOld.every((k) => writesOf(k).has(value.name))) return readsOld.some(readsElsewhere);
  const needsNew = dependents(value.name, start, line);
  return readsOld.some((k) => (writesOf(k).has(value.name) ? readsElsewhere(k) : needsNew.has(k)));
}

/** Whether a kernel reads an array exactly where it stores the value. */
function isAtOwnPoint(kernel: Kernel, value: Buffer, { at }: Load): boolean {
  const store = kernel.stores.find((s) => s.buffer.name === value.name)!;
  if (store.mode === 'add' || store.at.length !== at.length) return false;
  return store.at.every((c, d) => isKnown(c) && isKnown(at[d]!) && c.equals(at[d]));
}

/** Kernels that need an array, directly or through others, which stand before them; from some place on. */
function dependents(name: string, from: number, { places, readers }: Line): ReadonlySet<Kernel> {
  const found = new Set<Kernel>();
  const follow = (read: string, start: number) => {
    for (const kernel of readers.get(read) ?? []) if (places.get(kernel)! >= start) found.add(kernel);
  };
  follow(name, from);
  // A set that grows is walked to its end.
  for (const kernel of found)
    for (const written of writesOf(kernel)) follow(written, places.get(kernel)! + 1);
  return found;
}

/**
 * Kernels sorted so that all readers of an old value precede the kernel that replaces it; or, where variables wait for
 * each other in a circle, a result that has to wait beside its old value.
 */
function inOrder(line: Line, moved: ReadonlyMap<string, Result>): Kernel[] | Result {
  const kernels = [...line.places.keys()];
  const [missing, followers] = [new Map<Kernel, number>(), new Map<Kernel, Kernel[]>()];
  for (const kernel of kernels) {
    const before = predecessors(kernel, line, moved);
    missing.set(kernel, before.length);
    for (const other of before) entryOf(followers, other, () => []).push(kernel);
  }
  const sorted: Kernel[] = [];
  const ready = kernels.filter((k) => missing.get(k) === 0).map((k) => line.places.get(k)!);
  while (ready.length > 0) {
    const kernel = kernels[ready.shift()!]!;
    sorted.push(kernel);
    for (const next of followers.get(kernel) ?? []) {
      missing.set(next, missing.get(next)! - 1);
      if (missing.get(next) === 0) insert(ready, line.places.get(next)!);
    }
  }
  if (sorted.length === kernels.length) return sorted;
  return resultInCircle(
    kernels.filter((k) => missing.get(k)! > 0),
    moved,
  );
}

/** Puts a number into a list that is in order. */
function insert(list: number[], n: number): void {
  const at = list.findIndex((other) => other > n);
  list.splice(at < 0 ? list.length : at, 0, n);
}

function resultInCircle(stuck: readonly Kernel[], moved: ReadonlyMap<string, Result>): Result {
  const names = stuck.flatMap((k) => [...writesOf(k)]).filter((name) => moved.has(name));
  if (names.length === 0) throw bug('an order of kernels', 'kernels that need each other');
  return moved.get(names[0]!)!;
}

/** Kernels that must run before another one. */
function predecessors(
  kernel: Kernel,
  { places, readers, writers }: Line,
  moved: ReadonlyMap<string, Result>,
): Kernel[] {
  const [reads, writes] = [readsOf(kernel), writesOf(kernel)];
  const found = new Set([...reads].flatMap((name) => writers.get(name) ?? []));
  for (const name of writes) {
    // Two kernels that fill one array keep their order.
    for (const other of writers.get(name)!) if (places.get(other)! < places.get(kernel)!) found.add(other);
    const replaced = moved.get(name)?.target.name;
    for (const other of readers.get(replaced ?? '') ?? []) {
      if (![...writesOf(other)].some((written) => writes.has(written))) found.add(other);
    }
  }
  found.delete(kernel);
  return [...found];
}
