/**
 * The loop language: what one output element is, as a formula over input elements. No loops, no order of memory.
 * Equal formulas are one object, so a part is shared, rewritten and computed once wherever it stands.
 */
import { elementTypes, type ScalarType } from '../core/dtype.js';
import type { Pieces } from '../core/pieces.js';
import { entryOf } from '../core/record.js';
import { isSameShape, sizeOf } from '../core/shape.js';
import type { Axis, Index } from './axis.js';
import {
  type Buffer,
  type Constant,
  type Coordinate,
  type Expression,
  type Fold,
  type FoldKind,
  type FoldOrder,
  Formula,
  type Load,
  union,
  without,
} from './formula.js';

import { rowOf, type ScalarName } from './scalars.js';

export type {
  Buffer,
  Call,
  Constant,
  Coordinate,
  Counter,
  Expression,
  Fold,
  FoldKind,
  FoldOrder,
  Load,
} from './formula.js';

export const elementsOf = (buffer: Buffer): number => sizeOf(buffer.shape);
export const bytesOf = (buffer: Buffer): number => elementsOf(buffer) * elementTypes[buffer.dtype].bytes;

/** Formulas by a text of their parts; folds in lists, by a text that leaves their own axes out. */
let known = new Map<string, Expression | Fold[]>();

/** Forgets all formulas, so that what is no longer used can be collected. Called after each compilation. */
export const forgetFormulas = (): void => known.clear();
/** What equal formulas are one object in: another one for each compilation. */
export const formulaScope = (): object => known;

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

/** The one object for a formula of this text, made when it is new. */
function keep(key: string, made: Formula): Expression {
  known.set(key, made as Expression);
  return made as Expression;
}

/** By hand: joining lists takes most of the time of a compilation that has just begun. */
function row<T>(head: string, list: readonly T[], textOf: (x: T) => string): string {
  let text = head;
  for (let i = 0; i < list.length; i++) text += ` ${textOf(list[i]!)}`;
  return text;
}
const placeKey = (at: Coordinate) => (isComputed(at) ? `#${at.id}` : at.key);
const idOf = (e: Expression) => `${e.id}`;

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

export function constant(value: number, type: ScalarType): Expression {
  const key = `${type} ${showNumber(value)}`;
  const found = known.get(key);
  if (found) return found as Expression;
  const made = new Formula('constant', type);
  made.value = value;
  return keep(key, made);
}

export function counter(index: Index): Expression {
  if (index.terms.size === 0) return constant(index.offset, 'int');
  const key = `counter ${index.key}`;
  const found = known.get(key);
  if (found) return found as Expression;
  const made = new Formula('counter', 'int');
  made.index = index;
  made.free = index.axes;
  return keep(key, made);
}

export function load(buffer: Buffer, at: readonly Coordinate[], fill = 0): Expression {
  const { name, dtype, shape } = buffer;
  const key = `${row(row(`${name}:${dtype}`, shape, String), at, placeKey)} ${showNumber(fill)}`;
  const found = known.get(key);
  if (found) return found as Expression;
  const made = new Formula(
    'load',
    elementTypes[dtype].scalar,
    at.every(isKnown) ? [] : at.filter(isComputed),
  );
  made.buffer = buffer;
  made.at = at;
  made.fill = fill;
  for (let d = 0; d < at.length; d++) {
    const c = at[d]!;
    if (isKnown(c)) made.free = union(made.free, c.axes);
  }
  if (!made.arrays.has(name)) made.arrays = new Set(made.arrays).add(name);
  return keep(key, made);
}

export function call(name: ScalarName, args: readonly Expression[]): Expression {
  const key = row(name, args, idOf);
  const found = known.get(key);
  if (found) return found as Expression;
  const made = new Formula('call', rowOf(name).gives, args);
  made.name = name;
  made.args = args;
  return keep(key, made);
}

/** Folds that differ only in their own axes are one object. */
export function fold(
  by: FoldKind,
  axes: readonly Axis[],
  body: Expression,
  order: FoldOrder = 'sequence',
): Expression {
  const key = `${by} ${order} ${axes.map((a) => a.size)} of ${body.size} from ${[...body.arrays]}`;
  const alike = entryOf(known, key, (): Fold[] => []) as Fold[];
  const found = alike.find((e) => isSameFold({ by, axes, body, order }, e));
  if (found) return found;
  const made = new Formula('fold', by === 'argmax' ? 'int' : body.type, [body]);
  made.by = by;
  made.axes = axes;
  made.body = body;
  made.order = order;
  made.free = without(body.free, axes);
  made.folds = [...body.folds, made as Fold];
  alike.push(made as Fold);
  return made as Fold;
}

/** What a formula is made of directly. */
export const partsOf = (e: Expression): readonly Expression[] => e.parts;

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

export const foldsOf = (e: Expression): readonly Fold[] => e.folds;
export const isLoad = (e: Expression): e is Load => e.kind === 'load';
export const isFold = (e: Expression): e is Fold => e.kind === 'fold';
export const isConstant = (e: Expression, value?: number): e is Constant =>
  e.kind === 'constant' && (value === undefined || e.value === value);
