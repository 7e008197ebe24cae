/**
 * Join: two kernels over the same points become one with several stores, when one reads what the other writes at the same
 * point, or both read the same array, or have a single point. Maps join maps, folds join folds.
 */

import { entryOf } from '../core/record.js';
import { pointsOf, type Substitution } from '../loops/axis.js';
import { type Buffer, type Expression, elementsOf, isComputed, isLoad } from '../loops/expression.js';
import {
  fillsInOrder,
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

export function join(draft: Draft): Draft {
  const line = new Line(draft.kernels);
  let place = 0;
  while (place < draft.kernels.length) place = line.joinInto(place) ?? place + 1;
  return { ...draft, kernels: line.kernels() };
}

/**
 * Kernels in order, with gaps where one was joined with another. The first pair that fits is joined, again and again; each
 * is tried once, as what two kernels become depends on them alone.
 */
class Line {
  readonly #kernels: (Kernel | undefined)[];
  readonly #places = new Map<Kernel, number>();
  /** Kernels over the same points that may take another one in. */
  readonly #groups = new Map<string, Set<Kernel>>();
  readonly #readers = new Map<string, Set<Kernel>>();
  readonly #writers = new Map<string, Set<Kernel>>();
  /** Of a kernel, those that do not fit. */
  readonly #refused = new Map<Kernel, Set<Kernel>>();
  /** Of a kernel, those that fit but for kernels between. */
  readonly #waiting = new Map<Kernel, Set<Kernel>>();

  constructor(kernels: readonly Kernel[]) {
    this.#kernels = [...kernels];
    for (const [place, kernel] of kernels.entries()) this.#put(place, kernel);
  }

  kernels(): Kernel[] {
    return this.#kernels.filter((kernel) => kernel !== undefined);
  }

  #groupOf(kernel: Kernel): Set<Kernel> | undefined {
    if (!isPlain(kernel) || kernel.stores.length >= mostStores) return undefined;
    const key = `${kernel.axes.map((axis) => axis.size)} ${hasFold(kernel)}`;
    return entryOf(this.#groups, key, () => new Set());
  }
  /** All sets of kernels by array that a kernel belongs to. */
  #indicesOf(kernel: Kernel): Set<Kernel>[] {
    const [reads, writes] = [[...readsOf(kernel)], [...writesOf(kernel)]];
    return [
      ...reads.map((name) => entryOf(this.#readers, name, () => new Set())),
      ...writes.map((name) => entryOf(this.#writers, name, () => new Set())),
    ];
  }
  #put(place: number, kernel: Kernel): void {
    this.#kernels[place] = kernel;
    this.#places.set(kernel, place);
    this.#groupOf(kernel)?.add(kernel);
    for (const index of this.#indicesOf(kernel)) index.add(kernel);
  }
  #remove(kernel: Kernel): void {
    this.#kernels[this.#places.get(kernel)!] = undefined;
    this.#places.delete(kernel);
    this.#groupOf(kernel)?.delete(kernel);
    this.#waiting.delete(kernel);
    for (const index of this.#indicesOf(kernel)) index.delete(kernel);
  }

  /** Joins a kernel with the first before it that fits, and says from where on there may be another pair. */
  joinInto(second: number): number | undefined {
    const b = this.#kernels[second];
    const group = b && this.#groupOf(b);
    if (!group) return undefined;
    for (const a of this.#before(b, group)) {
      const place = mayJoin(a, b) ? this.#placeFor(a, b) : undefined;
      const joined = place === undefined ? undefined : joinTwo(a, b);
      if (joined) return this.#replace(a, b, joined, place!);
      const known = mayJoin(a, b) && place === undefined ? this.#waiting : this.#refused;
      entryOf(known, b, () => new Set()).add(a);
    }
    return undefined;
  }

  /** Kernels before another one that it was not tried with, or that wait, in order. */
  #before(b: Kernel, group: Set<Kernel>): Kernel[] {
    const [place, refused] = [this.#places.get(b)!, this.#refused.get(b)];
    const near = isRelatedToAll(b) ? group : this.#sharing(b);
    const open = [...near].filter((a) => group.has(a) && !refused?.has(a) && this.#places.get(a)! < place);
    return open.sort((x, y) => this.#places.get(x)! - this.#places.get(y)!);
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
    const isBetween = (place: number) => place > first && place < second;
    if (!this.#obstacles(a).some(isBetween)) return second;
    return this.#obstacles(b).some(isBetween) ? undefined : first;
  }

  /** Places of kernels that may not change places with this one. */
  #obstacles(kernel: Kernel): number[] {
    const of = (index: ReadonlyMap<string, Set<Kernel>>, names: ReadonlySet<string>) =>
      [...names].flatMap((name) => [...(index.get(name) ?? [])]);
    const [reads, writes] = [readsOf(kernel), writesOf(kernel)];
    const others = [...of(this.#readers, writes), ...of(this.#writers, writes), ...of(this.#writers, reads)];
    return others.map((other) => this.#places.get(other)!);
  }

  #replace(a: Kernel, b: Kernel, joined: Kernel, place: number): number {
    this.#remove(a);
    this.#remove(b);
    this.#put(place, joined);
    return Math.min(place, ...[...this.#waiting.keys()].map((kernel) => this.#places.get(kernel)!));
  }
}

/** Two kernels over as many points along each axis as one, if it runs as they do. */
function joinTwo(a: Kernel, b: Kernel): Kernel | undefined {
  const by: Substitution = new Map(b.axes.map((x, i) => [x, a.axes[i]!.index]));
  const joined = withForwarding(a, substituteKernel(b, by));
  return isPointwise(joined) || [a, b].every((k) => isVector(k) === isVector(joined)) ? joined : undefined;
}

/** Whether two plain kernels over the same points may become one, and it is of use. */
const mayJoin = (a: Kernel, b: Kernel): boolean =>
  a.stores.length + b.stores.length <= mostStores && areRelated(a, b) && readAtPoints(a, b);

/** Whether nothing but the axes decides how the kernel runs. */
const isPointwise = (kernel: Kernel): boolean =>
  !hasFold(kernel) && kernel.stores.every((s) => fillsInOrder(s, kernel.axes));

/** Whether it has a single point, or reads what it writes: then it is of use to join it with any other. */
const isRelatedToAll = (kernel: Kernel): boolean =>
  pointsOf(kernel.axes) === 1 || [...readsOf(kernel)].some((name) => writesOf(kernel).has(name));

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
function readAtPoints(a: Kernel, b: Kernel): boolean {
  const isWritten = ({ name }: Buffer) => writesOf(a).has(name) || writesOf(b).has(name);
  return [a, b].every((k) => loadsOf(k).every((l) => !isWritten(l.buffer) || readsPoint(l, k.axes)));
}

/** All stores of both; what the second reads of the first is the formula itself. */
function withForwarding(a: Kernel, b: Kernel): Kernel {
  const values = new Map(a.stores.map((s) => [s.buffer.name, s.value]));
  const forward = (e: Expression) => (isLoad(e) && values.get(e.buffer.name)) || simplified(e);
  const { stores } = rewriteKernel(b, forward);
  return {
    name: `${a.name}+${b.name}`,
    axes: a.axes,
    stores: [...a.stores, ...stores],
    path: joinPaths(a.path, b.path),
  };
}

const joinPaths = (a: string, b: string) =>
  [...new Set([...a.split(', '), ...b.split(', ')])].filter(Boolean).join(', ');
