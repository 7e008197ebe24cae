/**
 * The loop language: what one output element is, as a formula over input elements. No loops, no order of memory.
 * Equal formulas are one object, so a part is shared, rewritten and computed once wherever it stands.
 */
import { type DType, elementTypes, type ScalarType } from '../core/dtype.js';
import { type Shape, sizeOf } from '../core/shape.js';
import type { Axis, Index } from './axis.js';
import { rowOf, type ScalarName } from './scalars.js';

/** An array in memory, rows last. Equal names are the same array, whatever shape it is seen through. */
export interface Buffer {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: DType;
}

export const elementsOf = (buffer: Buffer): number => sizeOf(buffer.shape);
export const bytesOf = (buffer: Buffer): number => elementsOf(buffer) * elementTypes[buffer.dtype].bytes;

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
  /** Axes whose value changes this one. */
  readonly free: ReadonlySet<Axis>;
  /** Names of the arrays it reads, so that rewriting can pass by what it does not concern. */
  readonly arrays: ReadonlySet<string>;
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
const known = new Map<string, Expression>();

/** Forgets all formulas, so that what is no longer used can be collected. Called after each compilation. */
export const forgetFormulas = (): void => known.clear();

type Fresh<E> = E extends Expression ? Omit<E, 'id' | 'free' | 'arrays'> : never;
type Parts = Fresh<Expression>;
/** What the own axes of a fold are called when it is compared with other folds. */
type Names = ReadonlyMap<Axis, string>;

/** The one object for a formula of these parts. Folds that differ only in their own axes are one object too. */
function intern(parts: Parts): Expression {
  const own = parts.kind === 'fold' ? new Map(parts.axes.map((axis, i) => [axis, `k${i}`])) : noNames;
  const key = spell(parts, own, new Map());
  const found = known.get(key);
  if (found) return found;
  const made = { id: ids++, free: freeIn(parts), arrays: arraysIn(parts), ...parts } as Expression;
  known.set(key, made);
  return made;
}

const none: ReadonlySet<never> = new Set();
const noNames: Names = new Map();

/** What is in any of the sets: one of them where it has everything. */
const union = <T>(sets: readonly ReadonlySet<T>[]): ReadonlySet<T> => {
  const [first = none, ...more] = new Set(sets.filter((s) => s.size > 0));
  return more.length === 0 ? first : new Set([first, ...more].flatMap((s) => [...s]));
};

function freeIn(e: Parts): ReadonlySet<Axis> {
  const places = e.kind === 'counter' ? [e.index] : e.kind === 'load' ? e.at : [];
  const known = places.flatMap((c) => (isComputed(c) ? [] : [new Set(c.terms.keys())]));
  const free = union([...known, ...partsOf(e).map((part) => part.free)]);
  return e.kind === 'fold' ? new Set([...free].filter((axis) => !e.axes.includes(axis))) : free;
}

const arraysIn = (e: Parts): ReadonlySet<string> =>
  union([...(e.kind === 'load' ? [new Set([e.buffer.name])] : []), ...partsOf(e).map((part) => part.arrays)]);

/** Equal for equal formulas, given that their parts are one object each. */
function spell(e: Parts, own: Names, done: Map<Expression, string>): string {
  const inner = (part: Expression) => spellPart(part, own, done);
  const place = (at: Coordinate) => (isComputed(at) ? inner(at) : at.keyWith(own));
  switch (e.kind) {
    case 'constant':
      return `${e.type} ${showNumber(e.value)}`;
    case 'counter':
      return `counter ${place(e.index)}`;
    case 'load':
      return `load ${e.buffer.name}:${e.buffer.dtype}:${e.buffer.shape}[${e.at.map(place)}]${showNumber(e.fill)}`;
    case 'call':
      return `${e.name}(${e.args.map(inner)})`;
    case 'fold':
      return `${e.by} ${e.order} ${e.axes.map((a) => `${own.get(a) ?? a.id}<${a.size}`)} ${inner(e.body)}`;
  }
}

/** The number of a part; what depends on the named axes is spelt out, once. */
function spellPart(e: Expression, own: Names, done: Map<Expression, string>): string {
  if (![...own.keys()].some((axis) => e.free.has(axis))) return `${e.id}`;
  const before = done.get(e);
  if (before !== undefined) return before;
  const numbered = `#${done.size}`;
  done.set(e, numbered); // before its parts, so that no part takes the same number
  return `${numbered}=${spell(e, own, done)}`;
}

export const isComputed = (at: Coordinate): at is Expression => 'kind' in at;
export const isKnown = (at: Coordinate): at is Index => !isComputed(at);
const showNumber = (value: number) => (Object.is(value, -0) ? '-0' : String(value));

export const constant = (value: number, type: ScalarType): Expression =>
  intern({ kind: 'constant', type, value });

export const counter = (index: Index): Expression =>
  index.terms.size === 0 ? constant(index.offset, 'int') : intern({ kind: 'counter', type: 'int', index });

export const load = (buffer: Buffer, at: readonly Coordinate[], fill = 0): Expression =>
  intern({ kind: 'load', type: elementTypes[buffer.dtype].scalar, buffer, at, fill });

export const call = (name: ScalarName, args: readonly Expression[]): Expression =>
  intern({ kind: 'call', type: rowOf(name).gives, name, args });

export const fold = (
  by: FoldKind,
  axes: readonly Axis[],
  body: Expression,
  order: FoldOrder = 'sequence',
): Expression => intern({ kind: 'fold', type: by === 'argmax' ? 'int' : body.type, by, axes, body, order });

/** What a formula is made of directly. */
export function partsOf(e: Parts): readonly Expression[] {
  if (e.kind === 'call') return e.args;
  if (e.kind === 'fold') return [e.body];
  return e.kind === 'load' ? e.at.filter(isComputed) : [];
}

/** Every part of `e` and `e` itself, parts first, shared parts once; no further than `inner` leads. */
export function walk(e: Expression, seen = new Set<Expression>(), inner = partsOf): Set<Expression> {
  if (seen.has(e)) return seen;
  for (const part of inner(e)) walk(part, seen, inner);
  return seen.add(e);
}

/** As `walk`, of several formulas. */
export function walkAll(formulas: readonly Expression[]): Set<Expression> {
  const seen = new Set<Expression>();
  for (const e of formulas) walk(e, seen);
  return seen;
}

export const isLoad = (e: Expression): e is Load => e.kind === 'load';
export const isFold = (e: Expression): e is Fold => e.kind === 'fold';
export const isConstant = (e: Expression, value?: number): e is Constant =>
  e.kind === 'constant' && (value === undefined || e.value === value);
