/** One loop of a nest while its body is written: keeps values, addresses and counters of an iteration. */
import { type Axis, constantIndex, type Index } from '../../loops/axis.js';
import type { Buffer, Expression, Fold } from '../../loops/expression.js';
import { type Group, isIn, last } from '../../loops/layout.js';
import {
  bind,
  type Condition,
  get,
  type Int,
  loop,
  type Move,
  plus,
  type Statement,
  set,
  shareOf,
  times,
  type Value,
  when,
} from '../../loops/nest.js';

/** What all loops of a nest share. */
export class Nest {
  #names = 0;
  /** Bytes of scratch memory taken so far. */
  scratch = 0;
  /** Computed coordinates that a loop around has found to be below a number. */
  readonly guards = new Map<Expression | undefined, number>();

  constructor(
    readonly lanes: number,
    readonly uses: ReadonlyMap<Expression, number>,
    readonly pinned: ReadonlySet<Expression>,
    readonly folds: readonly Fold[],
  ) {}

  /** A name that is given once: axis `p1` and pointer `p` would both come to `p10` without the point. */
  name(prefix: string): string {
    return `${prefix}${/\d$/.test(prefix) ? '.' : ''}${this.#names++}`;
  }

  reserve(bytes: number): Int {
    const at = plus('scratch', this.scratch);
    this.scratch += bytes;
    return at;
  }
}

/** Neighbouring elements of the vector axis that one vector holds, counted from the loop's counter. */
export interface Part {
  readonly offset: number;
  readonly count: number;
}
/** The one part where each point stands for itself. */
export const onePoint: readonly Part[] = [{ offset: 0, count: 1 }];

export interface Vector {
  readonly group: Group;
  readonly parts: readonly Part[];
}

export const addressName = ({ name }: Buffer): string => `at_${name}`;

export class Scope {
  readonly body: Statement[] = [];
  readonly counter: string;
  /** Values that are known in this loop, one for each part of the vector they depend on, or one for all. */
  readonly values = new Map<Expression, readonly Value[]>();
  readonly #integers = new Map<string, Int>();
  readonly #moves: Move[] = [];
  readonly #parts: readonly Part[] | undefined;
  readonly #range: readonly [from: Int, to: Int];
  #guard: { readonly from: number; readonly inside: readonly Condition[] } | undefined;

  /**
   * `parts` makes a scope the body of a vector loop; the loop itself is its parent. `range` is where the loop begins and
   * ends, when it is not the whole group.
   */
  constructor(
    readonly nest: Nest,
    readonly parent?: Scope,
    readonly group?: Group,
    { parts, range = [0, group?.size ?? 0] }: { parts?: readonly Part[]; range?: readonly [Int, Int] } = {},
  ) {
    this.#parts = parts;
    this.#range = range;
    this.counter = parts ? parent!.counter : group ? nest.name(last(group).name) : '';
  }

  /** The vector that values in this loop are made of, if they are not the same in all lanes. */
  get vector(): Vector | undefined {
    return this.#parts ? { group: this.group!, parts: this.#parts } : this.parent?.vector;
  }

  /** The parts of a value that depends on these axes: those of the vector, or none. */
  partsFor(free: ReadonlySet<Axis>): readonly Part[] | undefined {
    const vector = this.vector;
    return vector && isIn(vector.group, free) ? vector.parts : undefined;
  }

  /** The innermost of loops that handle one element a turn. Threads have their shares of the loop over `split`. */
  within(groups: readonly Group[], split?: Group): Scope {
    return groups.reduce<Scope>((scope, group) => {
      if (group !== split) return new Scope(this.nest, scope, group);
      const [from, to] = shareOf(group.size).map((n) => scope.named('share', n));
      return new Scope(this.nest, scope, group, { range: [from!, to!] });
    }, this);
  }

  /** Ends the loops up to an outer scope. */
  closeUpTo(outer: Scope): void {
    if (this === outer) return;
    this.parent!.body.push(loop(this.counter, [...this.#range, 1], this.#guarded(), this.#moves));
    this.parent!.closeUpTo(outer);
  }

  /** What follows in this loop is done only where these conditions hold. */
  guard(inside: readonly Condition[]): void {
    this.#guard = { from: this.body.length, inside };
  }

  #guarded(): readonly Statement[] {
    if (!this.#guard) return this.body;
    const { from, inside } = this.#guard;
    return [...this.body.slice(0, from), ...when(inside, this.body.slice(from))];
  }

  /** What a turn of `step` elements adds to the addresses of this loop. */
  movesBy(step: number): Move[] {
    return this.#moves.map(([name, by]) => [name, by * step]);
  }

  /** The outermost loop in which all these axes are known. */
  home(free: ReadonlySet<Axis>): Scope {
    return this.parent && !(this.group && isIn(this.group, free)) ? this.parent.home(free) : this;
  }

  homeOf(e: Expression): Scope {
    return this.nest.pinned.has(e) ? this : this.home(e.free);
  }

  /** The integer that `make` gives in this loop, computed once under that key. */
  integer(key: string, make: () => Int): Int {
    const known = this.#integers.get(key);
    if (known !== undefined) return known;
    let value = make();
    if (typeof value === 'object') value = this.named('n', value);
    this.#integers.set(key, value);
    return value;
  }

  /** An index, at the first element of a vector. */
  int(index: Index): Int {
    const home = this.home(index.axes);
    return home.integer(index.key, () => home.#sum(index));
  }

  #sum(index: Index): Int {
    return this.parent ? plus(this.parent.#sum(index), times(this.counter, this.#step(index))) : index.offset;
  }

  /** What one turn of this loop adds to an index. */
  #step(index: Index): number {
    return this.group && !this.#parts ? index.along(last(this.group)) : 0;
  }

  /** Where an element stands, at the first element of a vector. */
  address(place: Index, buffer: Buffer): Int {
    // An instruction's own offset must not be added to a pointer below 0, which backward steps may need.
    const goesBack = [...place.terms.values()].some((step) => step < 0);
    const offset = goesBack ? 0 : place.offset;
    return plus(this.#pointer(place.minus(offset), buffer), offset);
  }

  #pointer(place: Index, buffer: Buffer): Int {
    if (!this.parent) return plus(addressName(buffer), place.offset);
    const step = this.#step(place);
    if (step === 0) return this.parent.#pointer(place, buffer);
    return this.integer(`${buffer.name} ${place.key}`, () => {
      const name = this.nest.name('p');
      const start = place.substitute(new Map(this.group!.axes.map((axis) => [axis, constantIndex(0)])));
      const before = times(this.#range[0], step);
      this.parent!.body.push(bind(name, plus(this.parent!.#pointer(start, buffer), before)));
      this.#moves.push([name, step]);
      return name;
    });
  }

  /** One set of statements where all conditions hold, else another; neighbours ask once. */
  choose(inside: readonly Condition[], then: readonly Statement[], otherwise: readonly Statement[]): void {
    const before = this.body.at(-1);
    if (before?.kind === 'if' && JSON.stringify(before.inside) === JSON.stringify(inside)) {
      this.body.pop();
      this.body.push(...when(inside, [...before.then, ...then], [...before.otherwise, ...otherwise]));
    } else this.body.push(...when(inside, then, otherwise));
  }

  /** Computes an integer now and gives back its name. */
  named(prefix: string, value: Int): Int {
    const name = this.nest.name(prefix);
    this.body.push(bind(name, value));
    return name;
  }

  /** Computes a value now and gives back its name. */
  keep(value: Value, prefix = 't'): string {
    if (value.kind === 'get') return value.name;
    const name = this.nest.name(prefix);
    this.body.push(set(name, value));
    return name;
  }

  keepAll(values: readonly Value[]): Value[] {
    return values.map((v) => (v.kind === 'constant' ? v : get(this.keep(v))));
  }
}
