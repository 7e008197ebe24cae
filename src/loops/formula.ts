/**
 * What a formula is. Every one is an object with the fields of all kinds: engines compile code for the forms of objects that
 * it has met, and give that up at each new one. With a form for each kind, a program would wait for that again and again.
 */
import type { DType, ScalarType } from '../core/dtype.js';
import type { Shape } from '../core/shape.js';
import type { Axis, Index } from './axis.js';
import type { ScalarName } from './scalars.js';

/** An array in memory, rows last. Equal names are the same array, whatever shape it is seen through. */
export interface Buffer {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: DType;
}

/** Where an element stands along one dimension: a known place, or a number computed from other elements. */
export type Coordinate = Index | Expression;

/**
 * How a fold adds up, fixed before any rewriting, because float addition depends on it:
 * `sequence` in order of the axes; `lanes` element i goes to lane i mod 16, then 16 lanes halve to one;
 * `blocks` a sum of products by fused multiply-add, blocks of 256 each from 0, then the blocks in order.
 */
export type FoldOrder = 'sequence' | 'lanes' | 'blocks';
/** `argmax` gives the place of the first largest value, counted over all its axes, rows last; NaN is the largest. */
export type FoldKind = 'sum' | 'max' | 'min' | 'argmax';

interface Common {
  readonly id: number;
  readonly type: ScalarType;
  /** What it is made of directly. */
  readonly parts: readonly Expression[];
  /** Axes whose value changes this one. */
  readonly free: ReadonlySet<Axis>;
  /** Names of the arrays it reads, so that rewriting can pass by what it does not concern. */
  readonly arrays: ReadonlySet<string>;
  /** Folds of it, itself too, inner ones first. */
  readonly folds: readonly Fold[];
  /** How many parts it has, itself too; a part that stands in two places counts twice. */
  readonly size: number;
}
export type Constant = Common & { readonly kind: 'constant'; readonly value: number };
/** An index as an integer value. */
export type Counter = Common & { readonly kind: 'counter'; readonly index: Index };
/** One element; outside the array it is `fill`. */
export type Load = Common & {
  readonly kind: 'load';
  readonly buffer: Buffer;
  readonly at: readonly Coordinate[];
  readonly fill: number;
};
export type Call = Common & {
  readonly kind: 'call';
  readonly name: ScalarName;
  readonly args: readonly Expression[];
};
export type Fold = Common & {
  readonly kind: 'fold';
  readonly by: FoldKind;
  readonly axes: readonly Axis[];
  readonly body: Expression;
  readonly order: FoldOrder;
};
export type Expression = Constant | Counter | Load | Call | Fold;

let ids = 0;

/** Facts follow from its parts; what only its kind has is filled in by who makes it. */
export class Formula {
  readonly id: number;
  free: ReadonlySet<Axis>;
  arrays: ReadonlySet<string>;
  folds: readonly Fold[];
  readonly size: number;
  value: number | undefined;
  index: Index | undefined;
  buffer: Buffer | undefined;
  at: readonly Coordinate[] | undefined;
  fill: number | undefined;
  name: Call['name'] | undefined;
  args: readonly Expression[] | undefined;
  by: Fold['by'] | undefined;
  axes: readonly Axis[] | undefined;
  body: Expression | undefined;
  order: Fold['order'] | undefined;

  constructor(
    readonly kind: Expression['kind'],
    readonly type: ScalarType,
    readonly parts: readonly Expression[] = none,
  ) {
    let free: ReadonlySet<Axis> = empty;
    let arrays: ReadonlySet<string> = empty;
    let folds: readonly Fold[] = none;
    let size = 1;
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i]!;
      free = union(free, part.free);
      arrays = union(arrays, part.arrays);
      folds = joined(folds, part.folds);
      size += part.size;
    }
    this.id = ids++;
    this.free = free;
    this.arrays = arrays;
    this.folds = folds;
    this.size = size;
  }
}

const none: readonly never[] = [];
const empty: ReadonlySet<never> = new Set();

/** What is in either: one of the two sets where it has everything. */
export function union<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): ReadonlySet<T> {
  if (a === b || b.size === 0) return a;
  if (a.size === 0) return b;
  let all: Set<T> | undefined;
  b.forEach((x) => {
    if (!a.has(x)) all = (all ?? new Set(a)).add(x);
  });
  if (!all) return a;
  return b.size === all.size ? b : all;
}

export function without(free: ReadonlySet<Axis>, axes: readonly Axis[]): ReadonlySet<Axis> {
  if (!axes.some((axis) => free.has(axis))) return free;
  const rest = new Set(free);
  for (const axis of axes) rest.delete(axis);
  return rest;
}

const joined = <T>(a: readonly T[], b: readonly T[]): readonly T[] =>
  a.length === 0 || a === b ? b : b.length === 0 ? a : [...new Set([...a, ...b])];
