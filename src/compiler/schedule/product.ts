/**
 * Contractions: `out[…, m, n] = epilogue(Σₖ a[…, m, k] · b[…, k, n])`, recognised by the axes of the factors.
 * Dense layers, products with batch axes, convolution and both its gradients are all of this form.
 */
import { type Axis, type Index, movingAxes, pointsOf, positionOf } from '../../loops/axis.js';
import { type Buffer, type Expression, type Fold, isLoad, type Load, load } from '../../loops/expression.js';
import { formulasOf, type Kernel, readsOf, type Store } from '../../loops/kernel.js';
import { type Group, indicesOf, type Layout, last, layoutOf, merge } from '../../loops/layout.js';
import { rewrite } from '../../loops/rewrite.js';
import { dependenceOf } from './dependence.js';
import { foldsIn, isFloatSum } from './rows.js';

/** A factor: its own output axes and the reduction axes, as few groups as its memory allows. */
export interface Factor {
  readonly layout: Layout;
  readonly fill: number;
  readonly own: readonly Group[];
  readonly k: readonly Group[];
}

/** What the contraction is, before it is decided how to run it. */
export interface Product {
  readonly kernel: Kernel;
  readonly fold: Fold;
  readonly batch: readonly Axis[];
  /** The axes that make up m, and n. */
  readonly rows: readonly Axis[];
  readonly columns: readonly Axis[];
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly a: Factor;
  readonly b: Factor;
  /** Where the sums go, columns side by side; `row` is the step from row to row in bytes. */
  readonly out: { readonly buffer: Buffer; readonly place: Index; readonly row: number };
  /** The kernel that makes the result of the sums, if they are not the result. */
  readonly epilogue: Kernel | undefined;
}

/** The kernel as a contraction, if it is one. */
export function productIn(kernel: Kernel): Product | undefined {
  const [fold, ...more] = foldsIn(formulasOf(kernel));
  const store = kernel.stores[0];
  if (!fold || more.length > 0 || kernel.stores.length !== 1 || store?.mode !== 'set') return undefined;
  const factors = factorsOf(fold);
  if (!factors || dependenceOf(kernel).pinned.size > 0) return undefined;
  if (pointsOf([...kernel.axes, ...fold.axes]) === 0) return undefined;
  return productOf(kernel, store, fold, factors);
}

function factorsOf(fold: Fold): readonly [Load, Load] | undefined {
  const { body, order } = fold;
  if (!isFloatSum(fold) || order !== 'blocks' || body.kind !== 'call' || body.name !== 'multiply')
    return undefined;
  const [x, y] = body.args;
  return x && y && isFactor(x) && isFactor(y) ? [x, y] : undefined;
}

const isFactor = (e: Expression): e is Load =>
  isLoad(e) && e.buffer.dtype === 'float32' && layoutOf(e.at, e.buffer).checks.every((c) => !c.computed);

function productOf(
  kernel: Kernel,
  store: Store,
  fold: Fold,
  factors: readonly [Load, Load],
): Product | undefined {
  const axes = movingAxes(kernel.axes);
  if (axes.some((a) => !factors.some((f) => f.free.has(a)))) return undefined;
  const pairs = [factors, [factors[1], factors[0]] as const].flatMap(([left, right]) => {
    const rows = axes.filter((a) => !right.free.has(a));
    const columns = axes.filter((a) => !left.free.has(a));
    const [a, b] = [factorOf(left, rows, fold), factorOf(right, columns, fold)];
    // One row is a product too, where each factor has axes of its own or none.
    const isOneRow = rows.length === 0 && columns.length === axes.length;
    const isFine = (rows.length > 0 || isOneRow) && b.own.length === 1 && b.layout.checks.length === 0;
    return isFine ? [{ a, b, rows, columns }] : [];
  });
  const batch = axes.filter((axis) => factors.every((f) => f.free.has(axis)));
  for (const sumsOf of [sumsInPlace, sumsApart]) {
    for (const { a, b, rows, columns } of pairs) {
      const sums = sumsOf(kernel, store, batch, rows, columns);
      if (!sums) continue;
      const { at, ...out } = sums;
      const sizes = { m: pointsOf(rows), n: pointsOf(columns), k: pointsOf(fold.axes) };
      return {
        kernel,
        fold,
        batch,
        rows,
        columns,
        ...sizes,
        a,
        b,
        out,
        epilogue: epilogueOf(kernel, store, fold, out.buffer, at),
      };
    }
  }
  return undefined;
}

type Sums = Product['out'] & { readonly at: Store['at'] };
type Axes = readonly Axis[];

/** The sums where the result goes, or beside it in the same order, when its rows and columns have one stride each. */
function sumsInPlace(kernel: Kernel, store: Store, _: Axes, rows: Axes, columns: Axes): Sums | undefined {
  const buffer = totalsOf(kernel, store);
  const { place, checks, bytes } = layoutOf(store.at, buffer);
  const [down, ...moreRows] = merge(rows, [place]);
  const [across, ...moreColumns] = merge(columns, [place]);
  if (!across || moreRows.length + moreColumns.length + checks.length > 0) return undefined;
  if (place.along(last(across)) !== bytes) return undefined;
  return { buffer, place, row: down ? place.along(last(down)) : 0, at: store.at };
}

/** The sums in an array of their own, row by row, for results that stand elsewhere. */
function sumsApart(_: Kernel, { buffer }: Store, batch: Axes, rows: Axes, columns: Axes): Sums {
  const over = [...batch, ...rows, ...columns];
  const own = { ...sumsBeside(buffer), shape: over.map((axis) => axis.size) };
  const row = 4 * pointsOf(columns);
  return { buffer: own, place: positionOf(over).times(4), row, at: over.map((axis) => axis.index) };
}

function factorOf({ at, buffer, fill }: Load, own: readonly Axis[], fold: Fold): Factor {
  const layout = layoutOf(at, buffer);
  const indices = indicesOf(layout);
  return { layout, fill, own: merge(own, indices), k: merge(fold.axes, indices) };
}

/** The sums stand in the output itself, unless it holds another type or something that is still read. */
const totalsOf = (kernel: Kernel, { buffer }: Store): Buffer =>
  buffer.dtype === 'float32' && !readsOf(kernel).has(buffer.name) ? buffer : sumsBeside(buffer);

const sumsBeside = (buffer: Buffer): Buffer => ({
  ...buffer,
  name: `sums of ${buffer.name}`,
  dtype: 'float32',
});

function epilogueOf(
  kernel: Kernel,
  store: Store,
  fold: Fold,
  totals: Buffer,
  at: Store['at'],
): Kernel | undefined {
  if (store.value === fold && store.buffer === totals) return undefined;
  const sum = load(totals, at);
  const value = rewrite(store.value, (e) => (e === fold ? sum : e));
  return { ...kernel, name: `${kernel.name}_end`, stores: [{ ...store, value }] };
}
