/**
 * Windows: where all elements of an array are read by one kernel, each at one point, as elements of windows whose largest
 * is looked for, they are made there and never stored. So a convolution's last steps, bias, activation and pooling are
 * one kernel. Sums of many products stay where they are: tiles in registers make them faster.
 */
import { hasRewrite } from '../core/rewrites.js';
import { type Axis, Index, pointsOf } from '../loops/axis.js';
import { type Expression, foldsOf, isKnown, isLoad, type Load, walkAll } from '../loops/expression.js';
import { formulasOf, type Kernel, loadsOf, mapFormulas, type Store } from '../loops/kernel.js';
import { rewrite, substitute } from '../loops/rewrite.js';
import { mayMiss } from './boxes.js';
import { type Draft, isRecurrence, readersOf, writersOf } from './draft.js';
import { fewPoints, withoutShortFolds } from './schedule/prepare.js';
import { simplified } from './simplify.js';

/** Registers and a processor's view ahead run out with more. */
const mostParts = 320;

export function windows(draft: Draft): Draft {
  if (!hasRewrite('pooling')) return draft;
  const { externals, results } = draft;
  const fixed = new Set([...externals.map((e) => e.buffer.name), ...results.map((r) => r.value.name)]);
  const readers = readersOf(draft.kernels);
  const [made, gone] = [new Map<Kernel, Kernel>(), new Set<Kernel>()];
  for (const [name, writers] of writersOf(draft.kernels)) {
    const [reader, ...more] = readers.get(name) ?? [];
    if (!reader || more.length > 0 || fixed.has(name) || !writers.every((k) => makesOnly(k, name))) continue;
    const merged = withElements(made.get(reader) ?? reader, name, writers);
    if (!merged) continue;
    made.set(reader, merged);
    for (const writer of writers) gone.add(writer);
  }
  if (gone.size === 0) return draft;
  return { ...draft, kernels: draft.kernels.filter((k) => !gone.has(k)).map((k) => made.get(k) ?? k) };
}

/** Whether a kernel fills one array and could as well be evaluated elsewhere. */
const makesOnly = (kernel: Kernel, name: string): boolean =>
  !kernel.body &&
  !isRecurrence(kernel) &&
  kernel.stores.every((s) => s.buffer.name === name && s.mode === 'set' && s.at.every(isKnown)) &&
  formulasOf(kernel).every((e) =>
    foldsOf(e).every((f) => f.order === 'blocks' && f.by === 'sum' && pointsOf(f.axes) <= fewPoints),
  );

/** The reader with formulas in place of the elements of an array, if it looks at each of them once. */
function withElements(reader: Kernel, name: string, writers: readonly Kernel[]): Kernel | undefined {
  const folds = formulasOf(reader).flatMap(foldsOf);
  const looks = folds.filter((f) => f.body.arrays.has(name));
  if (reader.body || looks.length === 0 || !looks.every((f) => f.by === 'max' || f.by === 'argmax'))
    return undefined;
  const open = withoutShortFolds(reader);
  const reads = loadsOf(open).filter((read) => read.buffer.name === name);
  if (formulasOf(open).some((e) => foldsOf(e).some((f) => f.arrays.has(name)))) return undefined;
  const elements = writers.reduce((n, k) => n + k.stores.length * pointsOf(k.axes), 0);
  if (reads.length * pointsOf(reader.axes) > elements) return undefined;
  const formulas = new Map<Expression, Expression>();
  for (const read of reads) {
    const formula = elementOf(read, writers);
    if (!formula) return undefined;
    formulas.set(read, formula);
  }
  const done = new Map<Expression, Expression>();
  const change = (e: Expression) => (isLoad(e) && formulas.get(e)) || simplified(e);
  const merged = mapFormulas(open, (e) => rewrite(e, change, done));
  return walkAll(formulasOf(merged)).size > mostParts
    ? undefined
    : { ...merged, path: reader.path || writers[0]!.path };
}

/** The formula of an element: of the one store that reaches its place. */
function elementOf(read: Load, writers: readonly Kernel[]): Expression | undefined {
  for (const writer of writers) {
    const open = withoutShortFolds(writer);
    for (const store of open.stores) {
      const by = pointOf(read, store, open.axes);
      if (by) return substitute(store.value, by);
    }
  }
  return undefined;
}

/** The point at which a store reaches the place of a read, if it does at all points of the reader. */
function pointOf(read: Load, store: Store, axes: readonly Axis[]): Map<Axis, Index> | undefined {
  const [wanted, made] = [read, store].map(longAxes) as [LongAxes, LongAxes];
  if (`${wanted.shape}` !== `${made.shape}` || !read.at.every(isKnown) || mayMiss(read)) return undefined;
  const by = new Map(axes.filter(({ size }) => size === 1).map((axis) => [axis, new Index([], 0)]));
  for (const [d, to] of made.at.entries()) {
    const [term, ...more] = to.terms;
    const from = wanted.at[d]!.minus(to.offset);
    if (!term && from.equals(new Index([], 0))) continue;
    const index = term && more.length === 0 && !by.has(term[0]) ? divided(from, term[1]) : undefined;
    if (!index?.isWithin(term![0].size)) return undefined;
    by.set(term![0], index);
  }
  return axes.every((axis) => by.has(axis)) ? by : undefined;
}

/** A shape and a place in it without axes of one element, which may stand anywhere. */
function longAxes({ buffer, at }: Load | Store) {
  const kept = [...buffer.shape.keys()].filter((d) => buffer.shape[d] !== 1);
  return { shape: kept.map((d) => buffer.shape[d]), at: kept.map((d) => at[d] as Index) };
}
type LongAxes = ReturnType<typeof longAxes>;

function divided({ terms, offset }: Index, by: number): Index | undefined {
  if ([...terms.values(), offset].some((n) => n % by !== 0)) return undefined;
  return new Index(
    [...terms].map(([axis, times]) => [axis, times / by] as const),
    offset / by,
  );
}
