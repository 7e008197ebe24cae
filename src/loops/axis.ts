/** Loop variables, and indices that are whole multiples of them plus a constant. */
import { stridesOf } from '../core/shape.js';

let axes = 0;

/** An affine index. Axes of size 1 are always 0 and never appear. */
export class Index {
  readonly terms: ReadonlyMap<Axis, number>;
  readonly offset: number;
  #key: string | undefined;
  #axes: ReadonlySet<Axis> | undefined;

  constructor(terms: Iterable<readonly [Axis, number]>, offset: number) {
    const kept = new Map<Axis, number>();
    const keep = (times: number, axis: Axis) => {
      if (times !== 0 && axis.size !== 1) kept.set(axis, times);
    };
    if (terms instanceof Map) terms.forEach(keep);
    else for (const [axis, times] of terms) keep(times, axis);
    this.terms = kept;
    this.offset = offset;
  }

  /** The axes that move it. */
  get axes(): ReadonlySet<Axis> {
    this.#axes ??= new Set(this.terms.keys());
    return this.#axes;
  }

  plus(other: Index | number): Index {
    if (typeof other === 'number') return other === 0 ? this : new Index(this.terms, this.offset + other);
    if (other.terms.size === 0) return this.plus(other.offset);
    return sumOf([
      [this, 1],
      [other, 1],
    ]);
  }

  minus(other: Index | number): Index {
    return this.plus(typeof other === 'number' ? -other : other.times(-1));
  }

  times(n: number): Index {
    if (n === 1) return this;
    return new Index(
      [...this.terms].map(([axis, times]) => [axis, times * n] as const),
      this.offset * n,
    );
  }

  /** How far the index moves when the axis moves by one. */
  along(axis: Axis): number {
    return this.terms.get(axis) ?? 0;
  }

  /** Smallest and largest value over the whole range of its axes. */
  range(): [number, number] {
    let [low, high] = [this.offset, this.offset];
    this.terms.forEach((times, axis) => {
      const reach = times * (axis.size - 1);
      if (reach < 0) low += reach;
      else high += reach;
    });
    return [low, high];
  }

  /** Whether every value lies in an array axis of this size. */
  isWithin(size: number): boolean {
    const [low, high] = this.range();
    return low >= 0 && high < size;
  }

  equals(other: Index): boolean {
    if (this.offset !== other.offset || this.terms.size !== other.terms.size) return false;
    for (const [axis, times] of this.terms) if (other.terms.get(axis) !== times) return false;
    return true;
  }

  substitute(by: Substitution): Index {
    const [alone] = this.terms.size === 1 && this.offset === 0 ? this.terms : [];
    if (alone?.[1] === 1) return by.get(alone[0]) ?? this;
    const parts = [...this.terms].map(([axis, times]) => [by.get(axis) ?? axis.index, times] as const);
    return sumOf(parts, this.offset);
  }

  /** Equal for equal indices. */
  get key(): string {
    this.#key ??= [...[...this.terms].map(([axis, times]) => `${times}*${axis.id}`).sort(), this.offset].join(
      '+',
    );
    return this.#key;
  }

  toString(): string {
    const terms = [...this.terms].map(([axis, times]) => (times === 1 ? axis.name : `${times} ${axis.name}`));
    if (this.offset !== 0 || terms.length === 0) terms.push(`${this.offset}`);
    return terms.join(' + ').replaceAll('+ -', '- ');
  }
}

/** A loop variable running from 0 to `size - 1`. Two axes are the same only if they are the same object. */
export class Axis {
  readonly id = axes++;
  readonly index: Index;

  constructor(
    readonly name: string,
    readonly size: number,
  ) {
    this.index = new Index([[this, 1]], 0);
  }
}

export type Substitution = ReadonlyMap<Axis, Index>;

export const constantIndex = (value: number): Index => new Index([], value);
export const pointsOf = (over: readonly Axis[]): number => over.reduce((n, axis) => n * axis.size, 1);
/** The axes that move at all. */
export const movingAxes = (axes: readonly Axis[]): readonly Axis[] => axes.filter((axis) => axis.size > 1);

/** Some indices, each so many times, and a constant. */
export function sumOf(parts: Iterable<readonly [Index, number]>, offset = 0): Index {
  const terms = new Map<Axis, number>();
  let total = offset;
  for (const [index, times] of parts) {
    index.terms.forEach((n, axis) => {
      terms.set(axis, (terms.get(axis) ?? 0) + n * times);
    });
    total += index.offset * times;
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
