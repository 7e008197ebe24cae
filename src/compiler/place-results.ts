/**
 * Place results: values before their readers, every reader of a variable before the kernel that replaces it; then new
 * values are computed right in their variable's or output's place, so that nothing is copied.
 */
import { bug } from '../core/errors.js';
import { type Buffer, isKnown, type Load } from '../loops/expression.js';
import { type Kernel, loadsOf, readsOf, writesOf } from '../loops/kernel.js';
import { type Draft, type Result, renameBuffers } from './draft.js';
import { copyKernel } from './lower.js';

export function placeResults(draft: Draft): Draft {
  const moved = new Map(draft.results.map((r) => [r.value.name, r] as const));
  const delayed = draft.results.filter((r) => isReadLate(r, draft.kernels));
  for (const { value } of delayed) moved.delete(value.name);
  let sorted = inOrder(draft.kernels, moved);
  while ('target' in sorted) {
    delayed.push(sorted);
    moved.delete(sorted.value.name);
    sorted = inOrder(draft.kernels, moved);
  }
  const place = (b: Buffer): Buffer => ({ ...b, name: moved.get(b.name)?.target.name ?? b.name });
  const kernels = [
    ...sorted.map((k) => renameBuffers(k, place)),
    ...delayed.map((r) => copyKernel(r.target, r.value)),
  ];
  return { ...draft, kernels, results: draft.results.map(({ target }) => ({ target, value: target })) };
}

/**
 * Whether some kernel needs both the new value and the old one at other points: then the new value waits beside the old
 * one and is copied at the end.
 */
function isReadLate({ target, value }: Result, kernels: readonly Kernel[]): boolean {
  const needsNew = dependents(value.name, kernels);
  const readsOld = kernels.filter((k) => readsOf(k).has(target.name));
  const readsElsewhere = (k: Kernel) =>
    loadsOf(k).some((l) => l.buffer.name === target.name && !isAtOwnPoint(k, value, l));
  return readsOld.some((k) => (writesOf(k).has(value.name) ? readsElsewhere(k) : needsNew.includes(k)));
}

/** Whether a kernel reads an array exactly where it stores the value. */
function isAtOwnPoint(kernel: Kernel, value: Buffer, { at }: Load): boolean {
  const store = kernel.stores.find((s) => s.buffer.name === value.name)!;
  if (store.mode === 'add' || store.at.length !== at.length) return false;
  return store.at.every((c, d) => isKnown(c) && isKnown(at[d]!) && c.equals(at[d]));
}

/** Kernels that need an array, directly or through others, which stand before them. */
function dependents(name: string, kernels: readonly Kernel[]): Kernel[] {
  const names = new Set([name]);
  return kernels.filter((k) => {
    const isNeeded = [...readsOf(k)].some((read) => names.has(read));
    if (isNeeded) for (const written of writesOf(k)) names.add(written);
    return isNeeded;
  });
}

/**
 * Kernels sorted so that all readers of an old value precede the kernel that replaces it; or, where variables wait for
 * each other in a circle, a result that has to wait beside its old value.
 */
function inOrder(kernels: readonly Kernel[], moved: ReadonlyMap<string, Result>): Kernel[] | Result {
  const before = new Map(
    kernels.map((k) => [k, kernels.filter((other) => other !== k && mustFollow(k, other, moved, kernels))]),
  );
  const sorted = new Set<Kernel>();
  while (sorted.size < kernels.length) {
    const waiting = kernels.filter((k) => !sorted.has(k));
    const next = waiting.find((k) => before.get(k)!.every((b) => sorted.has(b)));
    if (!next) return resultInCircle(waiting, moved);
    sorted.add(next);
  }
  return [...sorted];
}

function resultInCircle(stuck: readonly Kernel[], moved: ReadonlyMap<string, Result>): Result {
  const names = stuck.flatMap((k) => [...writesOf(k)]).filter((name) => moved.has(name));
  if (names.length === 0) throw bug('an order of kernels', 'kernels that need each other');
  return moved.get(names[0]!)!;
}

function mustFollow(
  kernel: Kernel,
  other: Kernel,
  moved: ReadonlyMap<string, Result>,
  all: readonly Kernel[],
): boolean {
  const [reads, writes, written] = [readsOf(kernel), writesOf(kernel), writesOf(other)];
  if ([...written].some((name) => reads.has(name))) return true;
  // Two kernels that fill one array keep their order.
  if ([...written].some((name) => writes.has(name))) return all.indexOf(other) < all.indexOf(kernel);
  return [...writes].some((name) => moved.has(name) && readsOf(other).has(moved.get(name)!.target.name));
}
