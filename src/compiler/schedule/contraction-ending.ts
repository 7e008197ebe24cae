/** What a tile makes of its sums: the formula around the fold, where all it reads lies at constant strides. */
import type { Axis } from '../../loops/axis.js';
import {
  type Call,
  type Expression,
  type Fold,
  isLoad,
  type Load,
  partsOf,
  walk,
} from '../../loops/expression.js';
import type { Store } from '../../loops/kernel.js';
import { type Layout, last, layoutOf, merge } from '../../loops/layout.js';
import {
  apply,
  constant,
  get,
  type Int,
  plus,
  type Statement,
  set,
  store,
  type Value,
} from '../../loops/nest.js';
import type { Product } from './product.js';
import { elementsAt } from './vector.js';

/** An array of the output's rows and columns; strides in bytes. */
export interface Strided {
  readonly layout: Layout;
  readonly row: number;
  readonly column: number;
}

export interface Ending {
  readonly value: Expression;
  readonly fold: Fold;
  readonly reads: ReadonlyMap<Load, Strided>;
  readonly result: Strided;
}

/** More would be written out too often: once for each vector of a tile. */
const mostCalls = 24;

export function endingOf({ kernel, fold, epilogue, rows, columns }: Product): Ending | undefined {
  if (!epilogue) return undefined;
  const { value, buffer, at } = kernel.stores[0]!;
  const parts = [...walk(value, new Set(), partsBesideFolds)];
  if (parts.some((e) => e.kind === 'counter') || parts.filter((e) => e.kind === 'call').length > mostCalls)
    return undefined;
  const strided = (x: Load | Store) => stridedOf(layoutOf(x.at, x.buffer), rows, columns);
  const reads = new Map(parts.filter(isLoad).map((load) => [load, strided(load)] as const));
  const result = stridedOf(layoutOf(at, buffer), rows, columns);
  if (!result || result.column !== result.layout.bytes || [...reads.values()].includes(undefined))
    return undefined;
  return { value, fold, reads: reads as Map<Load, Strided>, result };
}

const partsBesideFolds: typeof partsOf = (e) => (e.kind === 'fold' ? [] : partsOf(e));

function stridedOf(layout: Layout, rows: readonly Axis[], columns: readonly Axis[]): Strided | undefined {
  const [down, across] = [rows, columns].map((axes) => merge(axes, [layout.place]));
  if (layout.checks.length > 0 || down!.length > 1 || across!.length > 1) return undefined;
  const stride = ([group]: typeof down & {}) => (group ? layout.stride(last(group)) : 0);
  return { layout, row: stride(down!), column: stride(across!) };
}

/** The arrays of an ending, by the names of their addresses in a tile. */
export const placesOf = ({ reads, result }: Ending): Readonly<Record<string, Strided>> =>
  Object.fromEntries([...[...reads.values()].map((x, i) => [`read${i}_`, x] as const), ['to', result]]);

/** A vector of a tile. */
interface Cell {
  readonly row: number;
  readonly column: number;
  readonly count: number;
}

/** Makes results of sums and stores them. */
export function finish(ending: Ending, sums: Value, { row, column, count }: Cell): Statement[] {
  const body: Statement[] = [];
  const known = new Map<Expression, Value>();
  const at = (name: string, x: Strided): Int => plus(name, row * x.row, column * x.column);
  const keep = (e: Expression, value: Value): Value => {
    const name = `end${known.size}`;
    body.push(set(name, value));
    known.set(e, get(name));
    return get(name);
  };
  const names = new Map([...ending.reads.keys()].map((load, i) => [load, `read${i}_`]));
  const made = (e: Expression): Value => {
    const before = known.get(e);
    if (before) return before;
    if (e.kind === 'constant') return constant(e.value, e.type);
    if (isLoad(e)) {
      const x = ending.reads.get(e)!;
      return keep(e, elementsAt(at(names.get(e)!, x), x.column, count, e.buffer.dtype));
    }
    return keep(e, apply((e as Call).name, ...partsOf(e).map(made)));
  };
  keep(ending.fold, sums);
  const value = made(ending.value);
  const { result } = ending;
  return [...body, store(at('to', result), value, result.layout.buffer.dtype, count)];
}
