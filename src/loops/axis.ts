/** Loop variables, and indices that are whole multiples of them plus a constant. */
import { stridesOf } from '../core/shape.js';

let axes = 0;

type Terms = ReadonlyMap<Axis, number>;

/** Without axes that do not move. */
function moving(terms: Terms): Terms {
  let kept: Map<Axis, number> | undefined;
  terms.forEach((times, axis) => {
    if (times === 0 || axis.size === 1) kept ??= new Map(terms);
    if (times === 0 || axis.size === 1) kept!.delete(axis);
  });
  return kept ?? terms;
}

/** An affine index. Axes of size 1 are always 0 and never appear. */
export class Index {
  readonly terms: Terms;
  readonly offset: number;
  private text: string | undefined;
  private moved: ReadonlySet<Axis> | undefined;
  private ends: readonly [number, number] | undefined;

  constructor(terms: Iterable<readonly [Axis, number]>, offset: number) {
    this.terms = moving(terms instanceof Map ? terms : new Map(terms));
    this.offset = offset;
    this.text = undefined;
    this.moved = undefined;
    this.ends = undefined;
  }

  /** The axes that move it. */
  get axes(): ReadonlySet<Axis> {
    this.moved ??= new Set(this.terms.keys());
    return this.moved;
  }

  plus(other: Index | number): Index {
    if (typeof other === 'number') return other === 0 ? this : new Index(this.terms, this.offset + other);
    if (other.terms.size === 0) return this.plus(other.offset);
    return sumOf([this, other], [1, 1]);
  }

  minus(other: Index | number): Index {
    return this.plus(typeof other === 'number' ? -other : other.times(-1));
  }

  times(n: number): Index {
    if (n === 1) return this;
    return sumOf([this], [n]);
  }

  /** How far the index moves when the axis moves by one. */
  along(axis: Axis): number {
    return this.terms.get(axis) ?? 0;
  }

  /** Smallest and largest value over the whole range of its axes. */
  range(): readonly [number, number] {
    this.ends ??= this.reach();
    return this.ends;
  }

  private reach(): [number, number] {
    let low = this.offset;
    let high = low;
    this.terms.forEach((times, axis) => {
      const reach = times * (axis.size - 1);
      if (reach < 0) low += reach;
      else high += reach;
    });
    return [low, high];
  }

  /** Whether every value lies in an array axis of this size. */
  isWithin(size: number): boolean {
    const range = this.range();
    return range[0] >= 0 && range[1] < size;
  }

  equals(other: Index): boolean {
    if (this.offset !== other.offset || this.terms.size !== other.terms.size) return false;
    for (const [axis, times] of this.terms) if (other.terms.get(axis) !== times) return false;
    return true;
  }

  substitute(by: Substitution): Index {
    let changes = false;
    this.terms.forEach((_, axis) => {
      changes ||= by.has(axis);
    });
    if (!changes) return this;
    const indices: Index[] = [];
    const times: number[] = [];
    this.terms.forEach((n, axis) => {
      indices.push(by.get(axis) ?? axis.index);
      times.push(n);
    });
    const isOne = times.length === 1 && times[0] === 1 && this.offset === 0;
    return isOne ? indices[0]! : sumOf(indices, times, this.offset);
  }

  /** Equal for equal indices. */
  get key(): string {
    this.text ??= this.spelled();
    return this.text;
  }

  private spelled(): string {
    const words: string[] = [];
    this.terms.forEach((times, axis) => {
      words.push(`${times}*${axis.id}+`);
    });
    if (words.length > 1) words.sort();
    let text = '';
    for (let i = 0; i < words.length; i++) text += words[i]!;
    return text + this.offset;
  }

  toString(): string {
    const terms = [...this.terms].map(([axis, times]) => (times === 1 ? axis.name : `${times} ${axis.name}`));
    if (this.offset !== 0 || terms.length === 0) terms.push(`${this.offset}`);
    return terms.join(' + ').replaceAll('+ -', '- ');
  }
}

/** A loop variable running from 0 to `size - 1`. Two axes are the same only if they are the same object. */
export class Axis {
  readonly id: number;
  readonly index: Index;

  constructor(
    readonly name: string,
    readonly size: number,
  ) {
    this.id = axes++;
    this.index = new Index(new Map<Axis, number>().set(this, 1), 0);
  }
}

export type Substitution = ReadonlyMap<Axis, Index>;

export const constantIndex = (value: number): Index => new Index([], value);
export const pointsOf = (over: readonly Axis[]): number => over.reduce((n, axis) => n * axis.size, 1);
/** The axes that move at all. */
export const movingAxes = (axes: readonly Axis[]): readonly Axis[] => axes.filter((axis) => axis.size > 1);

/** Some indices, each so many times, and a constant. */
export function sumOf(indices: readonly Index[], times: readonly number[], offset = 0): Index {
  const terms = new Map<Axis, number>();
  let total = offset;
  for (let i = 0; i < indices.length; i++) {
    const by = times[i]!;
    indices[i]!.terms.forEach((n, axis) => {
      terms.set(axis, (terms.get(axis) ?? 0) + n * by);
    });
    total += indices[i]!.offset * by;
  }
  return new Index(terms, total);
}

/** The place of a point of these axes in memory, rows last. */
export function positionOf(over: readonly Axis[]): Index {
  const strides = stridesOf(over.map((axis) => axis.size));
  return new Index(
    over.map((axis, i) => [axis, strides[i]!] as const),
    0,
  );
}
