/**
 * Fuse: from the last kernel to the first, each value either keeps a kernel of its own or is written into the formulas of
 * its readers. Which one follows from the formulas and from one price list. Fusing never changes an order of addition.
 */

import type { Pieces } from '../core/pieces.js';
import type { Shape } from '../core/shape.js';
import { type Index, movingAxes, pointsOf } from '../loops/axis.js';
import {
  call,
  constant,
  counter,
  type Expression,
  foldsOf,
  isKnown,
  isLoad,
  type Load,
  walk,
  walkAll,
} from '../loops/expression.js';
import {
  formulasOf,
  type Kernel,
  linearOf,
  loadsOf,
  readsOf,
  readsPoint,
  rewriteKernel,
} from '../loops/kernel.js';
import { layoutOf, merge } from '../loops/layout.js';
import { substitute } from '../loops/rewrite.js';
import { Scalar } from '../loops/scalar.js';
import { type Draft, isValue, readersOf, renameBuffers, writtenTwice } from './draft.js';
import { factorsOf } from './fold-order.js';
import { contractionOf, cost, evaluations, hasFold, prices, type Site, sitesOf } from './price.js';
import { simplified } from './simplify.js';
import { refine, straddling, throughShape } from './views.js';

export function* fuse(draft: Draft): Pieces<Draft> {
  const kept = new Set([
    ...endingsOf(draft),
    ...draft.results.map((r) => r.value.name),
    ...writtenTwice(draft.kernels),
  ]);
  const later = new Later();
  for (const kernel of draft.kernels.toReversed()) {
    const { name } = kernel.stores[0]!.buffer;
    const mayVanish = !kept.has(name) && !draft.ready?.has(name) && isValue(kernel);
    if (!mayVanish || !(rename(kernel, later) || absorb(kernel, later))) later.add(kernel);
    yield;
  }
  return { ...draft, kernels: later.kernels() };
}

/** Kernels that stand behind those still to be looked at; each changes in its place. */
class Later {
  readonly #kernels: Kernel[] = [];
  /** Places of kernels that read an array, or did so once. */
  readonly #readers = new Map<string, Set<number>>();

  add(kernel: Kernel): void {
    this.set(this.#kernels.length, kernel);
  }
  set(place: number, kernel: Kernel): void {
    this.#kernels[place] = kernel;
    for (const name of readsOf(kernel)) {
      const places = this.#readers.get(name);
      if (places) places.add(place);
      else this.#readers.set(name, new Set([place]));
    }
  }
  readersOf(name: string): (readonly [place: number, kernel: Kernel])[] {
    const places = [...(this.#readers.get(name) ?? [])];
    return places.map((at) => [at, this.#kernels[at]!] as const).filter(([, k]) => readsOf(k).has(name));
  }
  kernels(): Kernel[] {
    return this.#kernels.toReversed();
  }
}

/** A value that is another array under another shape: its readers read that instead. */
function rename({ axes, stores }: Kernel, later: Later): boolean {
  const { buffer, value } = stores[0]!;
  if (!isLoad(value) || value.buffer.dtype !== buffer.dtype || !readsPoint(value, axes)) return false;
  const { name } = value.buffer;
  const renamed = new Map([[buffer.name, name]]);
  for (const [place, kernel] of later.readersOf(buffer.name))
    later.set(place, renameBuffers(kernel, renamed));
  return true;
}

/** Writes a value into its readers, unless it is better, or necessary, to keep it. */
function absorb(value: Kernel, later: Later): boolean {
  const { buffer, value: formula } = value.stores[0]!;
  const refined: (readonly [place: number, kernel: Kernel])[] = [];
  const sites: PlacedSite[] = [];
  for (const [place, kernel] of later.readersOf(buffer.name)) {
    const split = isLong(kernel) ? undefined : refineFor(kernel, value);
    if (!split) return false;
    refined.push([place, split.kernel]);
    sites.push(...split.sites);
  }
  const own = pointsOf(value.axes);
  const repeated = sites.reduce((n, site) => n + evaluations(site, formula), 0) - own;
  if (repeated > 0 && cost(formula) * repeated > prices.kernel + prices.element * own) return false;
  if (!sites.every((site) => mayEnter(value, site, sites.length))) return false;
  const formulas = new Map(sites.map((site) => [site.load, formulaAt(value, site)] as const));
  const entered = refined.map(([place, kernel]) => [place, enter(value, kernel, formulas)] as const);
  if (!entered.every(([, kernel]) => endsWell(kernel))) return false;
  for (const [place, kernel] of entered) later.set(place, kernel);
  return true;
}

/**
 * A kernel of so many parts or arrays takes no more: registers run out, and each step would build it anew, where chains
 * of a thousand steps are common.
 */
const most = { parts: 160, arrays: 24 } as const;
const isLong = (kernel: Kernel): boolean =>
  readsOf(kernel).size > most.arrays || countParts(formulasOf(kernel)) > most.parts;

/** No more than the parts of each formula by itself, which are known. */
const countParts = (formulas: readonly Expression[]): number => {
  const bound = formulas.reduce((n, e) => n + e.size, 0);
  return bound > most.parts ? walkAll(formulas).size : bound;
};

/** What follows a contraction may only read inside its arrays, with one stride along the rows and one along the columns. */
function endsWell(kernel: Kernel): boolean {
  const fold = contractionOf(kernel);
  if (!fold) return true;
  const inside = walk(fold.body);
  const [left, right] = factorsOf(fold, kernel.axes)!;
  const inner = movingAxes(kernel.axes).at(-1);
  const columnFactor = inner && left.free.has(inner) ? left : right;
  const columns = kernel.axes.filter((a) => columnFactor.free.has(a));
  const rows = kernel.axes.filter((a) => !columns.includes(a));
  return loadsOf(kernel)
    .filter((l) => !inside.has(l))
    .map((l) => layoutOf(l.at, l.buffer))
    .every(
      (l) => l.checks.length === 0 && [rows, columns].every((axes) => merge(axes, [l.place]).length <= 1),
    );
}

/**
 * Values that several kernels read and that end a contraction nobody else reads: the contraction has to be stored in any
 * case, and its last formula costs no more memory than the bare sums.
 */
function endingsOf({ kernels, ready }: Draft): Set<string> {
  const readers = readersOf(kernels);
  // What a kernel that came fused reads would have several readers otherwise.
  const count = (name: string) =>
    (readers.get(name) ?? []).reduce((n, k) => n + (ready?.has(k.stores[0]!.buffer.name) ? 2 : 1), 0);
  const ends = new Set<string>();
  for (const k of kernels) {
    const endsOne = loadsOf(k).some(
      (l) => ends.has(l.buffer.name) && count(l.buffer.name) === 1 && readsPoint(l, k.axes),
    );
    if (contractionOf(k) || (endsOne && !hasFold(k) && isValue(k))) ends.add(k.stores[0]!.buffer.name);
  }
  return new Set([...ends].filter((name) => count(name) > 1));
}

/** Splits axes of a reader until every read through another shape can be cut at the value's shape. */
function refineFor(reader: Kernel, value: Kernel): { kernel: Kernel; sites: PlacedSite[] } | undefined {
  let kernel: Kernel | undefined = reader;
  while (kernel) {
    const found: Site[] = sitesOf(kernel, value.stores[0]!.buffer.name);
    const sites = found.map((site) => ({ ...site, at: indexInto(value, site.load) }));
    const stuck = sites.find(({ at }) => !at);
    if (!stuck) return { kernel, sites: sites as PlacedSite[] };
    const place = linearOf(stuck.load.at, stuck.load.buffer);
    const cut = place && straddling(place, shapeOf(value));
    kernel = cut && refine(kernel, ...cut);
  }
  return undefined;
}

/** A read, and where it stands among the value's axes. */
interface PlacedSite extends Site {
  readonly at: readonly Index[];
}

const shapeOf = (value: Kernel): Shape => value.axes.map((a) => a.size);

/** Where a read stands among the value's axes. */
function indexInto(value: Kernel, { buffer, at }: Load): readonly Index[] | undefined {
  const shape = shapeOf(value);
  return at.every(isKnown) ? throughShape(at, buffer.shape, shape) : undefined;
}

/** Whether a formula may stand at a site, by the folds on both sides. */
function mayEnter(value: Kernel, site: PlacedSite, sites: number): boolean {
  const { kernel, load, folds } = site;
  const formula = value.stores[0]!.value;
  const isFactor = folds.some((f) => f.order === 'blocks' && factorsOf(f, kernel.axes)?.includes(load));
  if (isFactor) return isView(formula) && checksOf(value, site).length === 0;
  if (foldsOf(formula).length === 0) return true;
  if (contractionOf(kernel) || folds.some((f) => f.axes.some((a) => load.free.has(a)))) return false;
  const isWhole = readsWhole(value, site);
  const isEpilogue = sites === 1 && kernel.stores.length === 1 && !hasFold(kernel) && isWhole;
  if (contractionOf(value)) return isEpilogue;
  const inRow = movingAxes(kernel.axes).at(-1);
  const isOnceARow = inRow !== undefined && kernel.axes.length > 1 && !load.free.has(inRow);
  return isEpilogue || isOnceARow || (hasFold(kernel) && isWhole);
}

/** Whether a formula is nothing but a read at known places. */
const isView = (formula: Expression): boolean => isLoad(formula) && formula.at.every(isKnown);

/** Whether the reader's points are the value's points, one for one and in order. */
function readsWhole(value: Kernel, { kernel, at }: PlacedSite): boolean {
  const moving = at.filter((_, d) => value.axes[d]!.size > 1);
  const axes = movingAxes(kernel.axes);
  return axes.length === moving.length && axes.every((a, i) => a.index.equals(moving[i]!));
}

/** The reader with the value's formula in place of its reads. */
function enter(value: Kernel, reader: Kernel, formulas: ReadonlyMap<Expression, Expression>): Kernel {
  const { name } = value.stores[0]!.buffer;
  const inline = (e: Expression): Expression => formulas.get(e) ?? simplified(e);
  const isLeft = (e: Expression) => !e.arrays.has(name);
  const entered = rewriteKernel(reader, inline, isLeft);
  return { ...entered, path: reader.path || value.path };
}

/** The value's formula at the place of a read; the read's fill where that place is outside. */
function formulaAt(value: Kernel, site: PlacedSite): Expression {
  const { at, load } = site;
  const formula = substitute(value.stores[0]!.value, new Map(value.axes.map((axis, d) => [axis, at[d]!])));
  const checks = checksOf(value, site);
  if (checks.length === 0) return formula;
  const inside = new Scalar(checks.reduce((a, b) => call('and', [a, b])));
  return inside.select(new Scalar(formula), load.fill).expression;
}

/** What holds where a read stands inside the value's shape, for each axis that it may leave. */
const checksOf = (value: Kernel, { at }: PlacedSite): Expression[] =>
  at.flatMap((index, d) => {
    const { size } = value.axes[d]!;
    return index.isWithin(size) ? [] : [isInside(index, size)];
  });

/** A negative place is beyond all others as an unsigned number. */
const isInside = (index: Index, size: number): Expression =>
  call('lessUnsigned', [counter(index), constant(size, 'int')]);
