/**
 * Support: where a formula may be other than 0, as a range of each axis. What lies in padding, or what no window reads
 * any more, is 0 by its place alone.
 */
import type { Axis, Index } from '../loops/axis.js';
import {
  type Buffer,
  type Call,
  type Expression,
  type Fold,
  isComputed,
  type Load,
} from '../loops/expression.js';
import { rowOf } from '../loops/scalars.js';

/** The smallest and the largest place along an axis. */
export type Range = readonly [low: number, high: number];
/** Outside of these ranges a formula is 0; axes that are not named do not matter. */
export type Support = ReadonlyMap<Axis, Range> | 'nowhere';

export const common = (a: Range, b: Range): Range => [Math.max(a[0], b[0]), Math.min(a[1], b[1])];
export const hull = (a: Range, b: Range): Range => [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
export const wholeOf = (size: number): Range => [0, size - 1];
export const isWhole = ([low, high]: Range, size: number): boolean => low <= 0 && high >= size - 1;
export const isEmpty = ([low, high]: Range): boolean => high < low;

export const everywhere: Support = new Map();

/** Where both are not 0. */
export function both(a: Support, b: Support): Support {
  if (a === 'nowhere' || b === 'nowhere') return 'nowhere';
  const ranges = new Map(a);
  for (const [axis, range] of b) ranges.set(axis, common(range, a.get(axis) ?? range));
  return [...ranges.values()].some(isEmpty) ? 'nowhere' : ranges;
}

/** Where one of them is not 0. */
export function either(a: Support, b: Support): Support {
  if (a === 'nowhere') return b;
  if (b === 'nowhere') return a;
  return new Map([...a].flatMap(([axis, range]) => (b.has(axis) ? [[axis, hull(range, b.get(axis)!)]] : [])));
}

/** The values of an index while axes stay in these ranges. */
export function rangeWithin(index: Index, ranges: ReadonlyMap<Axis, Range>): Range {
  let [low, high] = [index.offset, index.offset];
  for (const [axis, times] of index.terms) {
    const [first, last] = ranges.get(axis) ?? wholeOf(axis.size);
    low += times * (times > 0 ? first : last);
    high += times * (times > 0 ? last : first);
  }
  return [low, high];
}

/** The part of each axis from which an index can reach a range. */
export function reaching(index: Index, range: Range): Support {
  if (isEmpty(common(range, index.range()))) return 'nowhere';
  const ranges = new Map<Axis, Range>();
  for (const [axis, times] of index.terms) {
    const [least, most] = index.minus(axis.index.times(times)).range();
    const ends = [(range[0] - most) / times, (range[1] - least) / times];
    const [from, to] = times > 0 ? ends : ends.reverse();
    const part = common([Math.ceil(from!), Math.floor(to!)], wholeOf(axis.size));
    if (!isWhole(part, axis.size)) ranges.set(axis, part);
  }
  return [...ranges.values()].some(isEmpty) ? 'nowhere' : ranges;
}

/** Dimensions of an array that its shapes under other views have as well. */
export const viewOf = ({ name, shape }: Buffer): string => `${name} ${shape.filter((n) => n !== 1)}`;

/** Finds supports, given those of arrays: a range for each dimension that is not 1, by view. */
export class Supports {
  readonly arrays = new Map<string, readonly Range[]>();
  private readonly done = new Map<Expression, Support>();

  of(e: Expression): Support {
    const known = this.done.get(e);
    if (known) return known;
    const support = this.find(e);
    this.done.set(e, support);
    return support;
  }

  /** The parts of a sum's own axes beyond which it adds up zeros. */
  within(e: Fold): ReadonlyMap<Axis, Range> {
    const body = e.by === 'sum' ? this.bodyOf(e) : everywhere;
    return new Map([...(body === 'nowhere' ? [] : body)].filter(([axis]) => e.axes.includes(axis)));
  }

  private find(e: Expression): Support {
    switch (e.kind) {
      case 'constant':
        return e.value === 0 ? 'nowhere' : everywhere;
      case 'counter':
        return everywhere;
      case 'load':
        return this.ofLoad(e);
      case 'call':
        return this.ofCall(e);
      case 'fold': {
        const body = e.by === 'argmax' ? everywhere : this.bodyOf(e);
        return body === 'nowhere' ? body : new Map([...body].filter(([axis]) => !e.axes.includes(axis)));
      }
    }
  }

  /** A sum of products leaves out those with an element of padding, were the other infinite. */
  private bodyOf({ body, order }: Fold): Support {
    if (order !== 'blocks' || body.kind !== 'call' || body.name !== 'multiply') return this.of(body);
    return body.args.map((factor) => this.of(factor)).reduce(both);
  }

  private ofLoad({ at, buffer, fill }: Load): Support {
    const mayLeave = at.some((index, d) => isComputed(index) || !index.isWithin(buffer.shape[d]!));
    if (fill !== 0 && mayLeave) return everywhere;
    const known = this.arrays.get(viewOf(buffer));
    let moving = 0;
    let support: Support = everywhere;
    for (const [d, index] of at.entries()) {
      const size = buffer.shape[d]!;
      const range = size === 1 ? wholeOf(1) : (known?.[moving++] ?? wholeOf(size));
      if (!isComputed(index)) support = both(support, reaching(index, range));
    }
    return support;
  }

  private ofCall({ name, args, type }: Call): Support {
    const [a, b, c] = args as [Expression, Expression, Expression];
    if (name.startsWith('select')) return either(both(whereTrue(a), this.of(b)), this.of(c));
    if (type !== 'float' || args.some((x) => x.type !== 'float')) return everywhere;
    const supports = args.map((x) => this.of(x));
    if (name === 'multiply') {
      // 0 times infinity is no 0.
      const parts = supports.filter((_, i) => isBounded(args[1 - i]!));
      return parts.reduce(both, everywhere);
    }
    return rowOf(name).js(...args.map(() => 0)) === 0 ? supports.reduce(either) : everywhere;
  }
}

/** Where a condition can hold. */
function whereTrue(e: Expression): Support {
  if (e.kind !== 'call') return everywhere;
  const [a, b] = e.args as [Expression, Expression];
  if (e.name === 'and') return both(whereTrue(a), whereTrue(b));
  const isInside = e.name === 'lessUnsigned' && a.kind === 'counter' && b.kind === 'constant';
  return isInside ? reaching(a.index, wholeOf(b.value)) : everywhere;
}

/** Whether a number can be neither infinite nor NaN. */
function isBounded(e: Expression): boolean {
  if (e.kind === 'constant') return Number.isFinite(e.value);
  return (
    e.kind === 'call' && (e.name === 'toFloat' || (e.name === 'select' && e.args.slice(1).every(isBounded)))
  );
}
