/**
 * Join: two kernels over the same points become one with several stores, when one reads what the other writes at the same
 * point, or both read the same array, or have a single point. Maps join maps, folds join folds.
 */

import type { Pieces } from '../core/pieces.js';
import { entryOf } from '../core/record.js';
import { pointsOf, type Substitution } from '../loops/axis.js';
import { type Expression, elementsOf, isComputed, isLoad, walkAll } from '../loops/expression.js';
import { costOf } from '../loops/formulas.js';
import {
  fillsInOrder,
  formulasOf,
  type Kernel,
  loadsOf,
  readsOf,
  readsPoint,
  remembered,
  rewriteKernel,
  writesOf,
} from '../loops/kernel.js';
import { type Draft, isRecurrence } from './draft.js';
import { contractionOf, hasFold } from './price.js';
import { scheduleMap } from './schedule/map.js';
import { simplified } from './simplify.js';
import { substituteKernel } from './views.js';

/** More stores in one loop crowd the registers out. */
const mostStores = 16;
/** Each pass goes as deep as formulas are nested, and values that are read where they were stored nest them. */
const mostCalls = 640;

export function* join(draft: Draft): Pieces<Draft> {
  const line = new Line(draft.kernels);
  let place = 0;
  while (place < draft.kernels.length) {
    place = line.joinInto(place) ?? place + 1;
    yield;
  }
  return { ...draft, kernels: line.kernels() };
}

/**
 * Kernels in order, with gaps where one was joined with another. The first pair that fits is joined, again and again; each
 * is tried once, as what two kernels become depends on them alone.
 */
class Line {
  readonly #kernels: (Kernel | undefined)[];
  readonly #places = new Map<Kernel, number>();
  /** Kernels over the same points that may take another one in, of those that were tried. */
  readonly #groups = new Map<string, Set<Kernel>>();
  readonly #readers = new Map<string, Set<Kernel>>();
  readonly #writers = new Map<string, Set<Kernel>>();
  /** Of a kernel that was tried, those before it that wait for kernels between to go, or that came later. */
  readonly #open = new Map<Kernel, Set<Kernel>>();
  /** Kernels that wait. */
  readonly #waiting = new Set<Kernel>();

  constructor(kernels: readonly Kernel[]) {
    this.#kernels = [...kernels];
    for (const [place, kernel] of kernels.entries()) this.#add(place, kernel);
  }

  kernels(): Kernel[] {
    return this.#kernels.filter((kernel) => kernel !== undefined);
  }

  #groupOf(kernel: Kernel): Set<Kernel> | undefined {
    const key = groupKeyOf(kernel);
    return key === '' ? undefined : entryOf(this.#groups, key, () => new Set());
  }
  #add(place: number, kernel: Kernel): void {
    this.#kernels[place] = kernel;
    this.#places.set(kernel, place);
    for (const name of readsOf(kernel)) entryOf(this.#readers, name, none).add(kernel);
    for (const name of writesOf(kernel)) entryOf(this.#writers, name, none).add(kernel);
  }
  #remove(kernel: Kernel): void {
    this.#kernels[this.#places.get(kernel)!] = undefined;
    this.#places.delete(kernel);
    this.#groupOf(kernel)?.delete(kernel);
    this.#open.delete(kernel);
    this.#waiting.delete(kernel);
    for (const name of readsOf(kernel)) this.#readers.get(name)!.delete(kernel);
    for (const name of writesOf(kernel)) this.#writers.get(name)!.delete(kernel);
  }

  /** Joins a kernel with the first before it that fits, and says from where on there may be another pair. */
  joinInto(second: number): number | undefined {
    const b = this.#kernels[second];
    const known = b && this.#open.get(b);
    if (!b || known?.size === 0) return undefined;
    const group = this.#groupOf(b);
    const open = known ?? this.#before(b, group);
    group?.add(b);
    const waiting = new Set<Kernel>();
    this.#open.set(b, waiting);
    for (const a of this.#inOrder(open)) {
      const fits = mayJoin(a, b);
      const place = fits ? this.#placeFor(a, b) : undefined;
      const joined = place === undefined ? undefined : joinTwo(a, b);
      if (joined) return this.#replace(a, b, joined, place!);
      if (fits && place === undefined) waiting.add(a);
    }
    if (waiting.size > 0) this.#waiting.add(b);
    else this.#waiting.delete(b);
    return undefined;
  }

  /** All kernels before another one that it may be tried with. */
  #before(b: Kernel, group: ReadonlySet<Kernel> | undefined): Iterable<Kernel> {
    if (!group || group.size === 0) return [];
    const place = this.#places.get(b)!;
    const near = isRelatedToAll(b) ? group : this.#sharing(b);
    return [...near].filter((a) => group.has(a) && this.#places.get(a)! < place);
  }

  /** Those that are still there, in order. */
  #inOrder(kernels: Iterable<Kernel>): Kernel[] {
    const there = [...kernels].filter((kernel) => this.#places.has(kernel));
    return there.sort((x, y) => this.#places.get(x)! - this.#places.get(y)!);
  }

  /** Kernels that touch an array that another one reads. */
  #sharing(kernel: Kernel): Set<Kernel> {
    const names = [...readsOf(kernel)];
    return new Set(
      names.flatMap((name) => [this.#readers, this.#writers].flatMap((by) => [...(by.get(name) ?? [])])),
    );
  }

  /** Where two kernels may stand as one: in the place of either, where nothing between them is in the way. */
  #placeFor(a: Kernel, b: Kernel): number | undefined {
    const [first, second] = [this.#places.get(a)!, this.#places.get(b)!];
    if (!this.#isHeld(a, first, second)) return second;
    return this.#isHeld(b, first, second) ? undefined : first;
  }

  /** Whether some kernel between two places may not change places with this one. */
  #isHeld(kernel: Kernel, first: number, second: number): boolean {
    const isBetween = (others: Iterable<Kernel> = []) => {
      for (const other of others) {
        const place = this.#places.get(other)!;
        if (place > first && place < second) return true;
      }
      return false;
    };
    for (const name of writesOf(kernel))
      if (isBetween(this.#readers.get(name)) || isBetween(this.#writers.get(name))) return true;
    for (const name of readsOf(kernel)) if (isBetween(this.#writers.get(name))) return true;
    return false;
  }

  #replace(a: Kernel, b: Kernel, joined: Kernel, place: number): number {
    this.#remove(a);
    this.#remove(b);
    this.#add(place, joined);
    const group = this.#groupOf(joined)?.add(joined) ?? [];
    for (const later of group)
      if (this.#places.get(later)! > place && isNear(joined, later)) this.#open.get(later)?.add(joined);
    return Math.min(place, ...[...this.#waiting].map((kernel) => this.#places.get(kernel)!));
  }
}

const none = (): Set<Kernel> => new Set();

/** Two kernels over as many points along each axis as one, if it runs as they do. */
function joinTwo(a: Kernel, b: Kernel): Kernel | undefined {
  const by: Substitution = new Map(b.axes.map((x, i) => [x, a.axes[i]!.index]));
  const isSame = b.axes.every((axis, i) => axis === a.axes[i]);
  const joined = withForwarding(a, isSame ? b : substituteKernel(b, by));
  return isPointwise(joined) || [a, b].every((k) => isVector(k) === isVector(joined)) ? joined : undefined;
}

/** Whether two plain kernels over the same points may become one, and it is of use. */
const mayJoin = (a: Kernel, b: Kernel): boolean =>
  a.stores.length + b.stores.length <= mostStores &&
  callsOf(a) + callsOf(b) <= mostCalls &&
  areRelated(a, b) &&
  readAtPoints(a, b);

/** Scalar rows that one point takes. */
const callsOf: (kernel: Kernel) => number = /* @__PURE__ */ remembered((kernel) => {
  let calls = 0;
  for (const e of walkAll(formulasOf(kernel))) if (e.kind === 'call') calls += costOf(e.name);
  return calls;
});

/** Whether nothing but the axes decides how the kernel runs. */
const isPointwise = (kernel: Kernel): boolean =>
  !hasFold(kernel) && kernel.stores.every((s) => fillsInOrder(s, kernel.axes));

/** With more points a kernel takes longer than its start, and many arrays side by side are slower than one after another. */
const fewPoints = 1024;

/** Whether it is of use to join a kernel with any other: it has a single point, or few, and reads what it writes. */
const isRelatedToAll: (kernel: Kernel) => boolean = /* @__PURE__ */ remembered((kernel) => {
  const points = pointsOf(kernel.axes);
  return (
    points === 1 || (points <= fewPoints && [...readsOf(kernel)].some((name) => writesOf(kernel).has(name)))
  );
});

/** Whether a kernel touches an array that a later one reads, or need not. */
const isNear = (kernel: Kernel, later: Kernel): boolean =>
  isRelatedToAll(later) ||
  [...readsOf(later)].some((name) => readsOf(kernel).has(name) || writesOf(kernel).has(name));

/** Equal for kernels over the same points that may take another one in; empty for one that may not. */
const groupKeyOf: (kernel: Kernel) => string = /* @__PURE__ */ remembered((kernel) =>
  isPlain(kernel) && kernel.stores.length < mostStores
    ? `${kernel.axes.map((axis) => axis.size)} ${hasFold(kernel)}`
    : '',
);

const isVector: (kernel: Kernel) => boolean = /* @__PURE__ */ remembered(
  (kernel) => scheduleMap(kernel).vector !== undefined,
);

const isPlain: (kernel: Kernel) => boolean = /* @__PURE__ */ remembered(
  (kernel) =>
    !contractionOf(kernel) &&
    !isRecurrence(kernel) &&
    kernel.stores.every((s) => s.mode === 'set' && !s.at.some(isComputed)),
);

function areRelated(a: Kernel, b: Kernel): boolean {
  if (isRelatedToAll(b)) return true;
  const isLarge = (name: string) =>
    loadsOf(b).some(
      ({ buffer }) => buffer.name === name && elementsOf(buffer) >= a.axes[0]!.size && elementsOf(buffer) > 1,
    );
  return [...readsOf(b)].some((name) => writesOf(a).has(name) || (readsOf(a).has(name) && isLarge(name)));
}

/** Whether what either writes is read by both at the point it is written, and nowhere else. */
const readAtPoints = (a: Kernel, b: Kernel): boolean =>
  [a, b].every((k) => !readsElsewhere(k).some((name) => writesOf(a).has(name) || writesOf(b).has(name)));

/** Names of arrays that a kernel reads at other points than its own. */
const readsElsewhere: (kernel: Kernel) => readonly string[] = /* @__PURE__ */ remembered((kernel) =>
  loadsOf(kernel)
    .filter((l) => !readsPoint(l, kernel.axes))
    .map(({ buffer }) => buffer.name),
);

/** All stores of both; what the second reads of the first is the formula itself. */
function withForwarding(a: Kernel, b: Kernel): Kernel {
  const values = new Map(a.stores.map((s) => [s.buffer.name, s.value]));
  const forward = (e: Expression) => (isLoad(e) && values.get(e.buffer.name)) || simplified(e);
  const isRead = [...readsOf(b)].some((name) => values.has(name));
  const { stores } = isRead ? rewriteKernel(b, forward) : b;
  return {
    name: `${a.name}+${b.name}`,
    axes: a.axes,
    stores: [...a.stores, ...stores],
    path: joinPaths(a.path, b.path),
  };
}

const joinPaths = (a: string, b: string) =>
  [...new Set([...a.split(', '), ...b.split(', ')])].filter(Boolean).join(', ');
