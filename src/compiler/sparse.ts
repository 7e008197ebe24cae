/**
 * Sparse: sums that read a spread (an array with one element other than 0 in each window, such as the gradient of pooling)
 * read the one element instead. Both gradients of a convolution before pooling are such sums, and that of its bias.
 */
import type { Pieces } from '../core/pieces.js';
import { hasRewrite } from '../core/rewrites.js';
import type { Axis, Index } from '../loops/axis.js';
import {
  type Buffer,
  type Expression,
  type Fold,
  fold,
  foldsOf,
  isKnown,
  isLoad,
  type Load,
  load,
} from '../loops/expression.js';
import { formulasOf, type Kernel, storeAtPoint } from '../loops/kernel.js';
import { rewrite, substitute } from '../loops/rewrite.js';
import { mayMiss, movingAt } from './boxes.js';
import { dropUnread } from './dead-code.js';
import { type Draft, writersOf } from './draft.js';
import { cellAxes, scattered } from './scatter.js';
import { type Spread, spreadOf } from './spread.js';
import { throughSpreads, whole } from './spread-readers.js';
import { viewOf } from './support.js';
import { windowSums } from './window-sums.js';

export function* sparse(draft: Draft): Pieces<Draft> {
  if (!hasRewrite('sparsity') || !draft.kernels.some(hasPlaces)) return draft;
  const state = new Sparse(draft);
  for (const kernel of draft.kernels) {
    state.add(kernel);
    yield;
  }
  return state.isChanged ? dropUnread({ ...draft, kernels: state.kernels }) : draft;
}

const hasPlaces = (kernel: Kernel): boolean =>
  formulasOf(kernel).some((e) => foldsOf(e).some((f) => f.by === 'argmax'));

/** Kernels so far. */
class Sparse {
  readonly kernels: Kernel[] = [];
  isChanged = false;
  readonly #writers: Map<string, Kernel>;
  readonly #spreads = new Map<string, Spread>();
  /** Arrays that hold the one element of each window of a spread. */
  readonly #cells = new Map<Spread, Buffer>();

  /** How many sums of an array were looked at. */
  readonly #parts = new Map<string, number>();

  constructor({ kernels }: Draft) {
    const alone = [...writersOf(kernels)].filter(([, writers]) => writers.length === 1);
    this.#writers = new Map(alone.map(([name, [kernel]]) => [name, kernel!]));
  }

  add(given: Kernel): void {
    const kernel = throughSpreads(given, this.#spreads);
    const reading = this.#reader(kernel);
    if (reading) {
      this.isChanged = true;
      this.kernels.push(...reading);
      return;
    }
    const { name } = kernel.stores[0]!.buffer;
    const found = this.#writers.get(name) === given ? spreadOf(kernel, this.#writers) : undefined;
    if (!found) {
      this.kernels.push(given);
      return;
    }
    this.#addSpread(found.spread, found.before);
  }

  #addSpread(spread: Spread, before: readonly Kernel[]): void {
    const { kernel, place } = spread;
    const [store] = kernel.stores;
    for (const largest of before) {
      this.#writers.set(largest.stores[0]!.buffer.name, largest);
      const at = this.kernels.indexOf(this.#writers.get(place.buffer.name)!);
      this.kernels.splice(at + 1, 0, largest);
    }
    this.#spreads.set(store!.buffer.name, spread);
    this.kernels.push({ ...kernel, stores: [{ ...store!, value: whole(spread) }] });
  }

  /** Kernels instead of one whose sum reads a spread. */
  #reader(kernel: Kernel): Kernel[] | undefined {
    const [store, ...more] = kernel.stores;
    const folds = formulasOf(kernel).flatMap(foldsOf);
    const [sum] = folds;
    if (!store || more.length > 0 || store.mode !== 'set' || folds.length !== 1 || sum!.by !== 'sum')
      return undefined;
    if (!store.at.every(isKnown)) return undefined;
    const { body, order } = sum!;
    const spread = isLoad(body) && this.#spreads.get(body.buffer.name);
    if (spread) return this.#summed(kernel, sum!, body, spread);
    if (order !== 'blocks' || body.kind !== 'call' || body.name !== 'multiply') return undefined;
    const [x, y] = body.args as [Expression, Expression];
    return isLoad(x) && isLoad(y)
      ? (this.#product(kernel, sum!, x, y) ?? this.#product(kernel, sum!, y, x))
      : undefined;
  }

  #product(kernel: Kernel, sum: Fold, read: Load, other: Load): Kernel[] | undefined {
    const spread = this.#spreads.get(read.buffer.name);
    if (!spread || this.#spreads.has(other.buffer.name)) return undefined;
    const given = { kernel, sum, read, other, spread, name: this.#nameFor(kernel) };
    const cells = this.#cells.get(spread) ?? cellsOf(spread).stores[0]!.buffer;
    const kernels = scattered(given, cells);
    return kernels ? [...this.#storeCells(spread), ...kernels] : windowSums(given, this.#element(spread));
  }

  /** The one element of a window: read where it is stored, else computed. */
  #element(spread: Spread): Expression {
    const cells = this.#cells.get(spread);
    return cells
      ? load(
          cells,
          cellAxes(spread).map((axis) => axis.index),
        )
      : spread.value;
  }

  /** Several kernels may fill parts of one array. */
  #nameFor({ stores }: Kernel): string {
    const { name } = stores[0]!.buffer;
    const count = this.#parts.get(name) ?? 0;
    this.#parts.set(name, count + 1);
    return count === 0 ? name : `${name} ${count}`;
  }

  #storeCells(spread: Spread): Kernel[] {
    if (this.#cells.has(spread)) return [];
    const kernel = cellsOf(spread);
    this.#cells.set(spread, kernel.stores[0]!.buffer);
    return [kernel];
  }

  #summed(kernel: Kernel, sum: Fold, read: Load, spread: Spread): Kernel[] | undefined {
    const changed = sumOfCells(sum, read, spread, this.#element(spread));
    if (!changed) return undefined;
    const [store] = kernel.stores;
    const result = rewrite(store!.value, (e) => (e === sum ? changed : e));
    return [{ ...kernel, stores: [{ ...store!, value: result }] }];
  }
}

function cellsOf(spread: Spread): Kernel {
  const { kernel, value } = spread;
  const axes = cellAxes(spread);
  const { buffer } = kernel.stores[0]!;
  const store = storeAtPoint({ ...buffer, name: `${buffer.name}_cells` }, axes, value);
  return { name: store.buffer.name, axes, stores: [store], path: kernel.path };
}

/** The sum over windows instead of elements, where it is over all elements. */
function sumOfCells(sum: Fold, read: Load, spread: Spread, value: Expression): Fold | undefined {
  const store = spread.kernel.stores[0]!;
  if (viewOf(read.buffer) !== viewOf(store.buffer) || !read.at.every(isKnown) || mayMiss(read))
    return undefined;
  const by = new Map<Axis, Index>();
  const inner = new Map<Axis, Axis[]>();
  const to = movingAt(store) as Index[];
  for (const [d, index] of (movingAt(read) as Index[]).entries()) {
    const cells = [...to[d]!.terms.keys()].filter((axis) => !spread.window.includes(axis));
    const [axis] = index.terms.keys();
    const isWhole = axis && index.equals(axis.index) && to[d]!.isWithin(axis.size);
    if (!axis || !isWhole) return undefined;
    if (sum.axes.includes(axis)) inner.set(axis, cells);
    else if (cells.length === 1 && to[d]!.equals(cells[0]!.index)) by.set(cells[0]!, index);
    else return undefined;
  }
  const axes = sum.axes.filter((axis) => axis.size > 1);
  if (!axes.every((axis) => inner.has(axis))) return undefined;
  return fold(
    'sum',
    axes.flatMap((axis) => inner.get(axis)!),
    substitute(value, by),
    sum.order,
  ) as Fold;
}
