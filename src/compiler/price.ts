/** What formulas cost, in scalar rows: the one price list by which passes choose between computing again and storing. */
import { type Axis, movingAxes, pointsOf } from '../loops/axis.js';
import {
  type Expression,
  type Fold,
  foldsOf,
  isFold,
  type Load,
  partsOf,
  walk,
} from '../loops/expression.js';
import { costOf } from '../loops/formulas.js';
import { formulasOf, type Kernel } from '../loops/kernel.js';
import { factorsOf } from './fold-order.js';

/** Starting a kernel, and writing an element and reading it back. */
export const prices = { kernel: 16384, element: 4 } as const;

export const hasFold = (kernel: Kernel): boolean => formulasOf(kernel).some((e) => foldsOf(e).length > 0);

/** Rows needed for one value: those of a fold once for each of its elements. */
export function cost(e: Expression): number {
  let rows = 0;
  for (const part of walk(e, new Set(), partsOutsideFolds)) {
    if (part.kind === 'call') rows += costOf(part.name);
    if (part.kind === 'fold') rows += pointsOf(part.axes) * (1 + cost(part.body));
  }
  return rows;
}

const partsOutsideFolds: typeof partsOf = (e) => (e.kind === 'fold' ? [] : partsOf(e));

/** A place where a kernel reads an array, and the folds around it. */
export interface Site {
  readonly kernel: Kernel;
  readonly load: Load;
  readonly folds: readonly Fold[];
}

export function sitesOf(kernel: Kernel, name: string): Site[] {
  const sites: Site[] = [];
  // `seen` holds what was visited inside of the same folds.
  const visit = (e: Expression, folds: readonly Fold[], seen: Set<Expression>): void => {
    if (!e.arrays.has(name) || seen.has(e)) return;
    seen.add(e);
    if (e.kind === 'load' && e.buffer.name === name) sites.push({ kernel, load: e, folds });
    if (isFold(e)) visit(e.body, [...folds, e], new Set());
    else for (let i = 0; i < e.parts.length; i++) visit(e.parts[i]!, folds, seen);
  };
  const seen = new Set<Expression>();
  for (const e of formulasOf(kernel)) visit(e, [], seen);
  return sites;
}

/** How often a site is evaluated. A fold that does not change along the row, or inside another fold, is evaluated once. */
export function evaluations({ kernel, load, folds }: Site, value: Expression): number {
  const inRow = movingAxes(kernel.axes).at(-1);
  const changesAlongRow = (axes: ReadonlySet<Axis>) => inRow !== undefined && axes.has(inRow);
  const rows = inRow ? pointsOf(kernel.axes) / inRow.size : 1;
  const times = (axes: ReadonlySet<Axis>) => (changesAlongRow(axes) ? pointsOf(kernel.axes) : rows);
  if (foldsOf(value).length > 0) return times(load.free);
  const inner = folds.at(-1);
  return inner ? times(inner.free) * pointsOf(inner.axes) : pointsOf(kernel.axes);
}

/** The one fold of a kernel that runs as a matrix product. */
export function contractionOf({ axes, stores }: Kernel): Fold | undefined {
  if (stores.length !== 1) return undefined;
  const [fold, ...more] = foldsOf(stores[0]!.value);
  return fold && more.length === 0 && fold.order === 'blocks' && factorsOf(fold, axes) ? fold : undefined;
}
