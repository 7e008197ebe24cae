/** The arrays of a scatter: sums and factors in the order of its loops, with room for what reaches beyond an image. */
import { Axis, type Index, type Substitution } from '../loops/axis.js';
import { type Buffer, constant, isKnown, type Load, load } from '../loops/expression.js';
import { type Kernel, linearOf, readsPoint, type Store, storeAtPoint } from '../loops/kernel.js';
import { rewrite } from '../loops/rewrite.js';
import { axesFor } from './lower.js';
import type { SpreadSum } from './spread.js';

/** An array in another form, and the kernels that make it. */
interface Copied {
  readonly read: Load;
  readonly before: readonly Kernel[];
}

/** An array of zeros. */
export function filled(buffer: Buffer, path: string): Kernel {
  const axes = axesFor(buffer.shape);
  return { name: buffer.name, axes, stores: [storeAtPoint(buffer, axes, constant(0, 'float'))], path };
}

/** The read of an array whose neighbours are those of the innermost loop: of itself, or of a copy in the loops' order. */
export function nearer(other: Load, loops: readonly Axis[], inner: Axis, name: string): Copied | undefined {
  if (!other.at.every(isKnown) || other.fill !== 0) return undefined;
  const step = linearOf(other.at, other.buffer)!.along(inner);
  if (step === 1) return { read: other, before: [] };
  const isPlain = other.at.every(
    ({ terms, offset }) => offset === 0 && [...terms.values()].every((n) => n === 1),
  );
  const axes = other.at.flatMap((index) => [...index.terms.keys()]);
  const isWhole = isPlain && axes.length === other.at.filter((_, d) => other.buffer.shape[d] !== 1).length;
  if (step === 0 || !isWhole || new Set(axes).size < axes.length) return undefined;
  const order = axes.toSorted((a, b) => loops.indexOf(a) - loops.indexOf(b));
  const own = new Map(order.map((axis) => [axis, new Axis(axis.name, axis.size)] as const));
  const there: Substitution = new Map([...own].map(([axis, copy]) => [axis, copy.index]));
  const over = [...own.values()];
  const value = load(
    other.buffer,
    other.at.map((index) => index.substitute(there)),
  );
  const store = storeAtPoint({ ...other.buffer, name }, over, value);
  const read = load(
    store.buffer,
    order.map((axis) => axis.index),
  ) as Load;
  return { read, before: [{ name, axes: over, stores: [store], path: '' }] };
}

type RangeOf = (index: Index) => readonly [low: number, high: number];

/** Cells before and after a dimension that an index reaches. */
function roomFor(index: Index, size: number, rangeOf: RangeOf): readonly [before: number, after: number] {
  const [low, high] = rangeOf(index);
  return [Math.max(0, -low), Math.max(0, high - size + 1)];
}

/** The read of a copy with zeros around it where the indices leave the array. */
export function bordered(read: Load, name: string, rangeOf: RangeOf): Copied {
  const { buffer } = read;
  const at = read.at as readonly Index[];
  const room = at.map((index, d) => roomFor(index, buffer.shape[d]!, rangeOf));
  if (room.every(([before, after]) => before + after === 0)) return { read, before: [] };
  const shape = buffer.shape.map((size, d) => size + room[d]![0] + room[d]![1]);
  const copy: Buffer = { ...buffer, name: `${buffer.name} around for ${name}`, shape };
  const moved = (index: Index, d: number) => index.plus(room[d]![0]);
  const axes = axesFor(buffer.shape);
  const from = axes.map((axis) => axis.index);
  const inside: Store = { buffer: copy, at: from.map(moved), value: load(buffer, from), mode: 'set' };
  const kernel: Kernel = { name: copy.name, axes, stores: [inside], path: '' };
  return { read: load(copy, at.map(moved)) as Load, before: [filled(copy, ''), kernel] };
}

/** The sums in the order in which loops reach them, where each stands, and what makes the result of them. */
export function sumsOf({ kernel, sum, name }: SpreadSum, loops: readonly Axis[], by: Substitution) {
  const reached = (axis: Axis) => {
    const parts = [...(by.get(axis)?.terms.keys() ?? [axis])];
    return Math.min(...parts.map((part) => loops.indexOf(part)).filter((n) => n >= 0));
  };
  const axes = kernel.axes.filter((axis) => axis.size > 1).toSorted((a, b) => reached(a) - reached(b));
  const room = axes.map((axis) => roomFor(axis.index, axis.size, (index) => index.substitute(by).range()));
  const at = axes.map((axis, d) => axis.index.plus(room[d]![0]));
  const store = kernel.stores[0]!;
  const shape = [1, ...axes.map((axis, d) => axis.size + room[d]![0] + room[d]![1])];
  const own: Buffer = { ...store.buffer, name: `sums of ${name}`, shape };
  const read = (buffer: Buffer) => load(buffer, [none, ...at]) as Load;
  const inPlace = { ...own, name: store.buffer.name };
  const isResult =
    store.value === sum && readsPoint(store, kernel.axes) && readsPoint(read(inPlace), kernel.axes);
  if (isResult) return { buffer: inPlace, at, after: [] };
  const total = read(own);
  const value = rewrite(store.value, (e) => (e === sum ? total : e));
  return { buffer: own, at, after: [{ ...kernel, stores: [{ ...store, value }] }] };
}

const none = new Axis('none', 1).index;
