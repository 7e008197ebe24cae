/**
 * Spreads: arrays with one element other than 0 in each of some windows, at a place that another array holds. Such is the
 * gradient of a largest element, seen in its formula: `select(place of this element = argmax[window], value, 0)`.
 */
import { type Axis, type Index, pointsOf, positionOf } from '../loops/axis.js';
import {
  type Buffer,
  type Call,
  call,
  type Expression,
  type Fold,
  fold,
  isConstant,
  isKnown,
  isLoad,
  type Load,
  load,
} from '../loops/expression.js';
import { type Kernel, storeAtPoint } from '../loops/kernel.js';
import { rewrite, substitute } from '../loops/rewrite.js';
import { isValue } from './draft.js';
import { throughShape } from './views.js';

export interface Spread {
  /** `at` of its store is known, and the window's axes and those of the windows are axes of it. */
  readonly kernel: Kernel;
  readonly place: Load;
  /** Axes inside of a window, whose `positionOf` is what `place` counts. */
  readonly window: readonly Axis[];
  /** What stands at the place; no axis of the window moves it. */
  readonly value: Expression;
}

/** A kernel whose one fold is a sum of products with elements of a spread. */
export interface SpreadSum {
  readonly kernel: Kernel;
  readonly sum: Fold;
  /** The factors. */
  readonly read: Load;
  readonly other: Load;
  readonly spread: Spread;
  /** For the arrays that it needs. */
  readonly name: string;
}

/** Kernels by the array they write, if no other kernel writes to it. */
export type Writers = ReadonlyMap<string, Kernel>;

/** The kernel as a spread, and the kernels that must stand before it. */
export function spreadOf(kernel: Kernel, writers: Writers): { spread: Spread; before: Kernel[] } | undefined {
  const [store, ...more] = kernel.stores;
  if (!store || more.length > 0 || store.mode !== 'set' || !store.at.every(isKnown)) return undefined;
  const chosen = chosenIn(store.value);
  if (!chosen) return undefined;
  const { counted, place } = chosen;
  const window = kernel.axes.filter((axis) => counted.along(axis) !== 0);
  if (!counted.equals(positionOf(window)) || place.type !== 'int') return undefined;
  if (window.some((axis) => place.free.has(axis))) return undefined;
  const writer = writers.get(place.buffer.name);
  const found = writer && isValue(writer) ? writer.stores[0]!.value : undefined;
  // Then the place is always one of the window.
  if (found?.kind !== 'fold' || found.by !== 'argmax' || pointsOf(found.axes) !== pointsOf(window))
    return undefined;
  const { value, before } = atLargest(chosen, window, writer!, found, writers);
  if (window.some((axis) => value.free.has(axis))) return undefined;
  return { spread: { kernel, place, window, value }, before };
}

/** A value that is 0 unless an index is equal to an element. */
interface Chosen {
  readonly counted: Index;
  readonly place: Load;
  readonly value: Expression;
}

function chosenIn(e: Expression): Chosen | undefined {
  if (e.kind !== 'call') return undefined;
  const [a, b, c] = e.args as [Expression, Expression, Expression];
  if (e.name === 'select' && isConstant(c, 0)) {
    const inner = chosenIn(b);
    if (inner) return { ...inner, value: call('select', [a, inner.value, c]) };
    const test =
      a.kind === 'call' && a.name === 'equalInt' ? (a.args as [Expression, Expression]) : undefined;
    const [x, y] = test ?? [];
    if (x?.kind === 'counter' && y && isLoad(y)) return { counted: x.index, place: y, value: b };
    if (y?.kind === 'counter' && x && isLoad(x)) return { counted: y.index, place: x, value: b };
  }
  return e.name === 'multiply' ? (times(e, a, b) ?? times(e, b, a)) : undefined;
}

/** Times what may be infinite the zeros are 0 as well: what is broken shows where the one element is. */
function times(e: Call, a: Expression, factor: Expression): Chosen | undefined {
  const inner = chosenIn(a);
  return inner && { ...inner, value: call(e.name, [inner.value, factor]) };
}

/** The value with the largest element itself in place of the element at its place. */
function atLargest(
  { value, place }: Chosen,
  window: readonly Axis[],
  kernel: Kernel,
  found: Fold,
  writers: Writers,
) {
  const none = { value, before: [] };
  if (!window.some((axis) => value.free.has(axis))) return none;
  const at = indicesInto(kernel, place);
  const inner = at && elementAt(found, kernel, at, window);
  if (!inner) return none;
  const known = [...writers.values()].find((k) => isLargest(k, kernel, found));
  const largest = known ?? largestOf(kernel, found);
  const read = load(shapedAs(largest), at);
  const changed = rewrite(value, (e) => (e === inner ? read : e));
  return { value: changed, before: known || changed === value ? [] : [largest] };
}

const shapedAs = ({ stores, axes }: Kernel): Buffer => ({
  ...stores[0]!.buffer,
  shape: axes.map((axis) => axis.size),
});

/** Where a read stands among the axes of the kernel that fills the array. */
function indicesInto({ axes }: Kernel, { at, buffer }: Load): Index[] | undefined {
  return at.every(isKnown)
    ? throughShape(
        at,
        buffer.shape,
        axes.map((axis) => axis.size),
      )
    : undefined;
}

/** What the fold sees at a point of its kernel and of the window. */
function elementAt(
  found: Fold,
  { axes }: Kernel,
  at: readonly Index[],
  window: readonly Axis[],
): Expression | undefined {
  const own = found.axes.filter((axis) => axis.size > 1);
  if (own.length !== window.length || own.some((axis, i) => axis.size !== window[i]!.size)) return undefined;
  const inside = own.map((axis, i) => [axis, window[i]!.index] as const);
  return substitute(found.body, new Map([...axes.map((axis, d) => [axis, at[d]!] as const), ...inside]));
}

/** Whether a kernel stores the largest of the elements whose place another one stores. */
function isLargest(kernel: Kernel, other: Kernel, found: Fold): boolean {
  const value = kernel.stores[0]?.value;
  if (value?.kind !== 'fold' || value.by !== 'max' || !isValue(kernel)) return false;
  if (kernel.axes.length !== other.axes.length) return false;
  if (kernel.axes.some((axis, d) => axis.size !== other.axes[d]!.size)) return false;
  const there = new Map(other.axes.map((axis, d) => [axis, kernel.axes[d]!.index]));
  return value === fold('max', found.axes, substitute(found.body, there));
}

function largestOf({ axes, path, name }: Kernel, found: Fold): Kernel {
  const buffer: Buffer = { name: `${name}_largest`, shape: [], dtype: 'float32' };
  const value = fold('max', found.axes, found.body);
  return { name: buffer.name, axes, stores: [storeAtPoint(buffer, axes, value)], path };
}
