/**
 * Fuse: from the last kernel to the first, each value either keeps a kernel of its own or is written into the formulas of
 * its readers. Which one follows from the formulas and from one price list. Fusing never changes an order of addition.
 */

import type { Shape } from '../core/shape.js';
import { type Index, movingAxes, pointsOf } from '../loops/axis.js';
import {
  call,
  constant,
  counter,
  type Expression,
  isKnown,
  isLoad,
  type Load,
  walk,
  walkAll,
} from '../loops/expression.js';
import {
  fillsInOrder,
  formulasOf,
  type Kernel,
  linearOf,
  loadsOf,
  mapFormulas,
  readsOf,
  readsPoint,
  writesOf,
} from '../loops/kernel.js';
import { layoutOf, merge } from '../loops/layout.js';
import { rewrite, substitute } from '../loops/rewrite.js';
import { Scalar } from '../loops/scalar.js';
import { type Draft, isRecurrence, readersOf, renameBuffers } from './draft.js';
import { factorsOf } from './fold-order.js';
import { contractionOf, cost, evaluations, foldsIn, hasFold, prices, type Site, sitesOf } from './price.js';
import { simplified } from './simplify.js';
import { refine, straddling, throughShape } from './views.js';

export function fuse(draft: Draft): Draft {
  const kept = new Set([
    ...endingsOf(draft),
    ...draft.results.map((r) => r.value.name),
    ...writtenTwice(draft),
  ]);
  let kernels: Kernel[] = [];
  for (const kernel of [...draft.kernels].reverse()) {
    const mayVanish = !kept.has(kernel.stores[0]!.buffer.name) && isValue(kernel);
    kernels = (mayVanish && (rename(kernel, kernels) ?? absorb(kernel, kernels))) || [kernel, ...kernels];
  }
  return { ...draft, kernels };
}

/** Whether a kernel is nothing but one value for each point, in order. */
const isValue = (kernel: Kernel): boolean =>
  kernel.stores.length === 1 && fillsInOrder(kernel.stores[0]!, kernel.axes) && !isRecurrence(kernel);

function writtenTwice({ kernels }: Draft): string[] {
  const names = kernels.flatMap((k) => [...writesOf(k)]);
  return names.filter((name, i) => names.indexOf(name) !== i);
}

/** The kernels after a value that is another array under another shape, which they read instead. */
function rename({ axes, stores }: Kernel, later: readonly Kernel[]): Kernel[] | undefined {
  const { buffer, value } = stores[0]!;
  if (!isLoad(value) || value.buffer.dtype !== buffer.dtype || !readsPoint(value, axes)) return undefined;
  const { name } = value.buffer;
  return later.map((k) =>
    readsOf(k).has(buffer.name) ? renameBuffers(k, (b) => (b.name === buffer.name ? { ...b, name } : b)) : k,
  );
}

/** The kernels after `value` with it written into its readers, or nothing if it is better, or necessary, to keep it. */
function absorb(value: Kernel, later: readonly Kernel[]): Kernel[] | undefined {
  const { buffer, value: formula } = value.stores[0]!;
  const refined = new Map<Kernel, Kernel>();
  for (const kernel of later) {
    if (!readsOf(kernel).has(buffer.name)) continue;
    const split = isLong(kernel) ? undefined : refineFor(kernel, value);
    if (!split) return undefined;
    refined.set(kernel, split);
  }
  const sites = [...refined.values()].flatMap((kernel) => sitesOf(kernel, buffer.name));
  const own = pointsOf(value.axes);
  const repeated = sites.reduce((n, site) => n + evaluations(site, formula), 0) - own;
  if (cost(formula) * repeated > prices.kernel + prices.element * own) return undefined;
  if (!sites.every((site) => mayEnter(value, site, sites.length))) return undefined;
  const entered = new Map([...refined].map(([kernel, split]) => [kernel, enter(value, split)]));
  if (![...entered.values()].every(endsWell)) return undefined;
  return later.map((kernel) => entered.get(kernel) ?? kernel);
}

/**
 * A kernel of so many parts or arrays takes no more: registers run out, and each step would build it anew, where chains
 * of a thousand steps are common.
 */
const most = { parts: 160, arrays: 24 } as const;
const isLong = (kernel: Kernel): boolean =>
  readsOf(kernel).size > most.arrays || walkAll(formulasOf(kernel)).size > most.parts;

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
function endingsOf({ kernels }: Draft): Set<string> {
  const readers = readersOf(kernels);
  const count = (name: string) => readers.get(name)?.length ?? 0;
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
function refineFor(reader: Kernel, value: Kernel): Kernel | undefined {
  let kernel: Kernel | undefined = reader;
  while (kernel) {
    const stuck = sitesOf(kernel, value.stores[0]!.buffer.name).find(({ load }) => !indexInto(value, load));
    if (!stuck) return kernel;
    const place = linearOf(stuck.load.at, stuck.load.buffer);
    const cut = place && straddling(place, shapeOf(value));
    kernel = cut && refine(kernel, ...cut);
  }
  return undefined;
}

const shapeOf = (value: Kernel): Shape => value.axes.map((a) => a.size);

/** Where a read stands among the value's axes. */
function indexInto(value: Kernel, { buffer, at }: Load): readonly Index[] | undefined {
  const shape = shapeOf(value);
  return at.every(isKnown) ? throughShape(at, buffer.shape, shape) : undefined;
}

/** Whether a formula may stand at a site, by the folds on both sides. */
function mayEnter(value: Kernel, { kernel, load, folds }: Site, sites: number): boolean {
  const formula = value.stores[0]!.value;
  const isFactor = folds.some((f) => f.order === 'blocks' && factorsOf(f, kernel.axes)?.includes(load));
  if (isFactor) return isView(formula) && checksOf(value, load).length === 0;
  if (foldsIn(formula).length === 0) return true;
  if (contractionOf(kernel) || folds.some((f) => f.axes.some((a) => load.free.has(a)))) return false;
  const isWhole = readsWhole(value, kernel, load);
  const isEpilogue = sites === 1 && !hasFold(kernel) && isWhole;
  if (contractionOf(value)) return isEpilogue;
  const inRow = movingAxes(kernel.axes).at(-1);
  const isOnceARow = inRow !== undefined && kernel.axes.length > 1 && !load.free.has(inRow);
  return isEpilogue || isOnceARow || (hasFold(kernel) && isWhole);
}

/** Whether a formula is nothing but a read at known places. */
const isView = (formula: Expression): boolean => isLoad(formula) && formula.at.every(isKnown);

/** Whether the reader's points are the value's points, one for one and in order. */
function readsWhole(value: Kernel, reader: Kernel, load: Load): boolean {
  const at = indexInto(value, load)!.filter((_, d) => value.axes[d]!.size > 1);
  const axes = movingAxes(reader.axes);
  return axes.length === at.length && axes.every((a, i) => a.index.equals(at[i]!));
}

/** The reader with the value's formula in place of its reads. */
function enter(value: Kernel, reader: Kernel): Kernel {
  const { buffer } = value.stores[0]!;
  const done = new Map<Expression, Expression>();
  const isRead = (e: Expression): e is Load => isLoad(e) && e.buffer.name === buffer.name;
  const inline = (e: Expression): Expression => (isRead(e) ? formulaAt(value, e) : simplified(e));
  const isLeft = (e: Expression) => !e.arrays.has(buffer.name);
  const entered = mapFormulas(reader, (e) => rewrite(e, inline, done, isLeft));
  return { ...entered, path: reader.path || value.path };
}

/** The value's formula at the place of a read; the read's fill where that place is outside. */
function formulaAt(value: Kernel, load: Load): Expression {
  const at = indexInto(value, load)!;
  const formula = substitute(value.stores[0]!.value, new Map(value.axes.map((axis, d) => [axis, at[d]!])));
  const checks = checksOf(value, load);
  if (checks.length === 0) return formula;
  const inside = new Scalar(checks.reduce((a, b) => call('and', [a, b])));
  return inside.select(new Scalar(formula), load.fill).expression;
}

/** What holds where a read stands inside the value's shape, for each axis that it may leave. */
const checksOf = (value: Kernel, load: Load): Expression[] =>
  indexInto(value, load)!.flatMap((index, d) => {
    const { size } = value.axes[d]!;
    return index.isWithin(size) ? [] : [isInside(index, size)];
  });

/** A negative place is beyond all others as an unsigned number. */
const isInside = (index: Index, size: number): Expression =>
  call('lessUnsigned', [counter(index), constant(size, 'int')]);
