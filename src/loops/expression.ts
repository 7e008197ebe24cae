/**
 * The loop language: what one output element is, as a formula over input elements. No loops, no order of memory.
 * Equal formulas are one object, so a part is shared, rewritten and computed once wherever it stands.
 */
import { type DType, elementTypes, type ScalarType } from '../core/dtype.js';
import type { Pieces } from '../core/pieces.js';
import { entryOf } from '../core/record.js';
import { isSameShape, type Shape, sizeOf } from '../core/shape.js';
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
  /** Folds inside of it, not itself, inner ones first. */
  readonly inner: readonly Fold[];
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
/** Formulas by a text of their parts; folds in lists, by a text that leaves their own axes out. */
let known = new Map<string, Expression | Fold[]>();

/** Forgets all formulas, so that what is no longer used can be collected. Called after each compilation. */
export const forgetFormulas = (): void => known.clear();

/** Work whose formulas stay one object each whatever others make, or forget, between its pieces. */
export function* withOwnFormulas<T>(work: Pieces<T>): Pieces<T> {
  const own: typeof known = new Map();
  for (;;) {
    const others = known;
    known = own;
    try {
      const { done, value } = work.next();
      if (done) return value;
    } finally {
      known = others;
    }
    yield;
  }
}

type Fresh<E> = E extends Expression ? Omit<E, Exclude<keyof Common, 'type'>> : never;
type Parts = Fresh<Expression>;

/** The one object for a formula of these parts. Folds that differ only in their own axes are one object too. */
function intern(parts: Parts): Expression {
  if (parts.kind === 'fold') return internFold(parts);
  const key = keyOf(parts);
  return entryOf(known, key, () => withFacts(parts)) as Expression;
}

function internFold(parts: Fresh<Fold>): Expression {
  const { by, order, axes, body } = parts;
  const key = `${by} ${order} ${axes.map((a) => a.size)} of ${body.size} from ${[...body.arrays]}`;
  const alike = entryOf(known, key, (): Fold[] => []) as Fold[];
  const found = alike.find((e) => isSameFold(parts, e));
  if (!found) alike.push(withFacts(parts) as Fold);
  return found ?? alike.at(-1)!;
}

/** Equal for equal formulas, given that their parts are one object each. */
function keyOf(e: Exclude<Parts, { kind: 'fold' }>): string {
  switch (e.kind) {
    case 'constant':
      return `${e.type} ${showNumber(e.value)}`;
    case 'counter':
      return `counter ${e.index.key}`;
    case 'load': {
      const { name, dtype, shape } = e.buffer;
      return `${row(row(`${name}:${dtype}`, shape, String), e.at, placeKey)} ${showNumber(e.fill)}`;
    }
    case 'call':
      return row(e.name, e.args, (part) => `${part.id}`);
  }
}
/** By hand: joining lists takes most of the time of a compilation that has just begun. */
function row<T>(head: string, list: readonly T[], textOf: (x: T) => string): string {
  let text = head;
  for (let i = 0; i < list.length; i++) text += ` ${textOf(list[i]!)}`;
  return text;
}
const placeKey = (at: Coordinate) => (isComputed(at) ? `#${at.id}` : at.key);

function withFacts(parts: Parts): Expression {
  let [free, arrays, inner, size]: [ReadonlySet<Axis>, ReadonlySet<string>, readonly Fold[], number] = [
    none,
    none,
    [],
    1,
  ];
  for (const part of partsOf(parts)) {
    free = union(free, part.free);
    arrays = union(arrays, part.arrays);
    inner = joined(inner, foldsOf(part));
    size += part.size;
  }
  if (parts.kind === 'counter') free = union(free, parts.index.axes);
  if (parts.kind === 'fold') free = without(free, parts.axes);
  if (parts.kind === 'load') {
    for (const at of parts.at) if (isKnown(at)) free = union(free, at.axes);
    if (!arrays.has(parts.buffer.name)) arrays = new Set(arrays).add(parts.buffer.name);
  }
  return { id: ids++, free, arrays, inner, size, ...parts } as Expression;
}

const none: ReadonlySet<never> = new Set();

/** What is in either: one of the two sets where it has everything. */
function union<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): ReadonlySet<T> {
  if (a === b || b.size === 0) return a;
  if (a.size === 0) return b;
  let all: Set<T> | undefined;
  b.forEach((x) => {
    if (!a.has(x)) all = (all ?? new Set(a)).add(x);
  });
  if (!all) return a;
  return b.size === all.size ? b : all;
}

const without = (free: ReadonlySet<Axis>, axes: readonly Axis[]): ReadonlySet<Axis> =>
  axes.some((axis) => free.has(axis)) ? new Set([...free].filter((axis) => !axes.includes(axis))) : free;

const joined = <T>(a: readonly T[], b: readonly T[]): readonly T[] =>
  a.length === 0 || a === b ? b : b.length === 0 ? a : [...new Set([...a, ...b])];

type Head = Pick<Fold, 'by' | 'axes' | 'body' | 'order'>;

/** Whether two folds differ in nothing but their own axes. */
const isSameFold = (a: Head, b: Head): boolean =>
  a.by === b.by &&
  a.order === b.order &&
  a.axes.length === b.axes.length &&
  a.axes.every((axis, i) => axis.size === b.axes[i]!.size) &&
  isRenamed(a.body, b.body, new Renaming(a.axes, b.axes));

/** Some axes as others: those that really change. */
class Renaming {
  readonly #pairs: readonly (readonly [Axis, Axis])[];
  readonly seen = new Map<Expression, Expression>();

  constructor(from: readonly Axis[], to: readonly Axis[]) {
    this.#pairs = from.map((axis, i) => [axis, to[i]!] as const).filter(([x, y]) => x !== y);
  }

  /** Nothing for an axis whose name is taken. */
  #axis(axis: Axis): Axis | undefined {
    const pair = this.#pairs.find(([from]) => from === axis);
    if (pair) return pair[1];
    return this.#pairs.some(([, to]) => to === axis) ? undefined : axis;
  }
  leaves(e: Expression): boolean {
    return !this.#pairs.some(([from, to]) => e.free.has(from) || e.free.has(to));
  }
  isSame(x: Index, y: Index): boolean {
    if (x.offset !== y.offset || x.terms.size !== y.terms.size) return false;
    for (const [axis, times] of x.terms) {
      const other = this.#axis(axis);
      if (!other || y.terms.get(other) !== times) return false;
    }
    return true;
  }
}

/** Whether one formula is the other after the renaming. */
function isRenamed(x: Expression, y: Expression, by: Renaming): boolean {
  if (x === y) return by.leaves(x);
  if (by.seen.get(x) === y) return true;
  const isPlaceSame = (a: Coordinate, b: Coordinate): boolean =>
    isComputed(a) ? isComputed(b) && isRenamed(a, b, by) : isKnown(b) && by.isSame(a, b);
  const isAlike =
    (x.kind === 'call' &&
      y.kind === 'call' &&
      x.name === y.name &&
      x.args.every((a, i) => isRenamed(a, y.args[i]!, by))) ||
    (x.kind === 'load' &&
      y.kind === 'load' &&
      isSameBuffer(x.buffer, y.buffer) &&
      Object.is(x.fill, y.fill) &&
      x.at.every((a, i) => isPlaceSame(a, y.at[i]!))) ||
    (x.kind === 'fold' &&
      y.kind === 'fold' &&
      x.by === y.by &&
      x.order === y.order &&
      x.axes.length === y.axes.length &&
      x.axes.every((a, i) => a === y.axes[i]) &&
      isRenamed(x.body, y.body, by)) ||
    (x.kind === 'counter' && y.kind === 'counter' && by.isSame(x.index, y.index));
  if (isAlike) by.seen.set(x, y);
  return isAlike;
}

const isSameBuffer = (a: Buffer, b: Buffer): boolean =>
  a.name === b.name && a.dtype === b.dtype && isSameShape(a.shape, b.shape);

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
  return e.kind === 'load' && e.at.some(isComputed) ? e.at.filter(isComputed) : noParts;
}
const noParts: readonly never[] = [];

/** Every part of `e` and `e` itself, parts first, shared parts once; no further than `inner` leads. */
export function walk(e: Expression, seen = new Set<Expression>(), inner = partsOf): Set<Expression> {
  if (seen.has(e)) return seen;
  const parts = inner(e);
  for (let i = 0; i < parts.length; i++) walk(parts[i]!, seen, inner);
  return seen.add(e);
}

/** As `walk`, of several formulas. */
export function walkAll(formulas: readonly Expression[]): Set<Expression> {
  const seen = new Set<Expression>();
  for (const e of formulas) walk(e, seen);
  return seen;
}

/** Folds of a formula, itself too, inner ones first. */
export const foldsOf = (e: Expression): readonly Fold[] => (isFold(e) ? [...e.inner, e] : e.inner);

export const isLoad = (e: Expression): e is Load => e.kind === 'load';
export const isFold = (e: Expression): e is Fold => e.kind === 'fold';
export const isConstant = (e: Expression, value?: number): e is Constant =>
  e.kind === 'constant' && (value === undefined || e.value === value);
