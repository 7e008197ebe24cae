/**
 * Scatter: a sum of products with a spread, as additions from each element that is not 0 to all sums that it is part of.
 * Of a window of four, three products are spared, and where the one element is 0 as well, all of them.
 */
import { type Axis, type Index, pointsOf, positionOf } from '../loops/axis.js';
import {
  type Buffer,
  type Coordinate,
  call,
  constant,
  counter,
  type Expression,
  isKnown,
  load,
} from '../loops/expression.js';
import type { Kernel, Store } from '../loops/kernel.js';
import { mayMiss, movingAt } from './boxes.js';
import { bordered, filled, nearer, sumsOf } from './scatter-arrays.js';
import type { Spread, SpreadSum } from './spread.js';
import { viewOf } from './support.js';

/** Windows of fewer elements, and fewer neighbours to add to, gain nothing. */
const least = { window: 4, neighbours: 8 } as const;

/** The axes of a sum that a spread's own axes lead to. */
export interface Solved {
  /** Each as an index of the spread's axes and of those that are left. */
  readonly by: ReadonlyMap<Axis, Index>;
  /** Loops over the windows: those that stand still inside of them first, which keep what is added to near. */
  readonly cells: readonly Axis[];
}

/** The kernels instead of it, where `cells` holds the one element of each window. */
export function scattered(given: SpreadSum, cells: Buffer): Kernel[] | undefined {
  const { kernel, other, spread, name } = given;
  if (!other.at.every(isKnown)) return undefined;
  const solved = solve(given);
  const loops = solved && loopsOf(given, solved);
  const inner = loops?.at(-1);
  const nearby = inner && nearer(other, loops!, inner, `${other.buffer.name} for ${name}`);
  if (!nearby) return undefined;
  const placed = placedIn(solved!, spread);
  const around = bordered(nearby.read, name, (index) => index.substitute(solved!.by).range());
  const sums = sumsOf(given, loops!, solved!.by);
  const cellAt = cellAxes(spread).map((axis) => axis.index);
  const value = load(cells, cellAt);
  const factor = load(
    around.read.buffer,
    around.read.at.map((c) => placed(c as Index)),
  );
  const added: Store = {
    buffer: sums.buffer,
    at: [noneWhere(value), ...sums.at.map(placed)],
    value: call('multiply', [value, factor]),
    mode: 'add',
  };
  const { path } = kernel;
  return [
    ...nearby.before,
    ...around.before,
    filled(sums.buffer, path),
    { name: sums.buffer.name, axes: loops!, stores: [added], path },
    ...sums.after,
  ];
}

/** Loops over the windows, over what each adds to, and over neighbours; nothing where these are too few. */
function loopsOf(given: SpreadSum, { by, cells }: Solved): readonly Axis[] | undefined {
  const { kernel, sum, other, spread } = given;
  const rest = [...sum.axes, ...kernel.axes].filter((axis) => axis.size > 1 && !by.has(axis));
  const [inner] = rest.filter((axis) => kernel.axes.includes(axis)).sort((a, b) => b.size - a.size);
  if (!inner || inner.size < least.neighbours || pointsOf(spread.window) < least.window) return undefined;
  const neighbours = [...rest.filter((axis) => axis !== inner), inner];
  // Of the sums and the factors, windows walk over one: the image. What it does not have turns as far outside as it can.
  const walks = (indices: readonly Index[]) =>
    indices.some(({ terms }) => spread.window.some((w) => terms.has(w)));
  const image = [kernel.axes.map((axis) => axis.index), other.at as readonly Index[]]
    .map((at) => at.map((index) => index.substitute(by)))
    .find(walks);
  if (!image) return undefined;
  const steps = cells.filter((axis) => image.some(({ terms }) => terms.has(axis)));
  const turns = cells.filter((axis) => !steps.includes(axis));
  const inside = (from: number) => new Set([...steps.slice(from), ...neighbours, ...spread.window]);
  const places = steps.map((_, at) => at);
  const first = places.find((from) => elementsWithin(image, inside(from)) <= near) ?? steps.length - 1;
  return [...steps.slice(0, first), ...turns, ...steps.slice(first), ...neighbours];
}

/** Floats that stay in the cache closest to the processor. */
const near = 6144;

/** How many elements these indices reach while only some axes move. */
const elementsWithin = (at: readonly Index[], moving: ReadonlySet<Axis>): number =>
  at.reduce((n, { terms }) => {
    const reach = [...terms].map(([axis, times]) =>
      moving.has(axis) ? Math.abs(times) * (axis.size - 1) : 0,
    );
    return n * reach.reduce((a, b) => a + b, 1);
  }, 1);

/** The coordinate along an axis of size 1 that is outside where there is nothing to add. */
const noneWhere = (value: Expression): Expression =>
  call('selectInt', [call('equal', [value, constant(0, 'float')]), constant(-1, 'int'), constant(0, 'int')]);

/** The axes of a spread's windows. */
export const cellAxes = ({ kernel, window }: Spread): readonly Axis[] =>
  kernel.axes.filter((axis) => axis.size > 1 && !window.includes(axis));

/** Each coordinate of the read takes one axis of the sum away. */
export function solve({ kernel, sum, read, spread }: SpreadSum): Solved | undefined {
  const store = spread.kernel.stores[0]!;
  if (viewOf(read.buffer) !== viewOf(store.buffer) || read.fill !== 0 || !read.at.every(isKnown))
    return undefined;
  if (mayMiss(read)) return undefined;
  const by = new Map<Axis, Index>();
  const [from, to] = [movingAt(read) as Index[], movingAt(store) as Index[]];
  for (const [d, index] of from.entries()) {
    const free = [...index.terms].filter(
      ([axis, times]) => times === 1 && from.every((another, e) => e === d || another.along(axis) === 0),
    );
    const mine = free.find(([axis]) => kernel.axes.includes(axis)) ?? free[0];
    if (!mine) return undefined;
    const [axis] = mine;
    const value = to[d]!.minus(index.minus(axis.index));
    if (sum.axes.includes(axis) && !value.isWithin(axis.size)) return undefined;
    by.set(axis, value);
  }
  const steps = to.filter((index) => spread.window.some((axis) => index.along(axis) !== 0));
  const walks = (axis: Axis) => steps.some((index) => index.along(axis) !== 0);
  const all = cellAxes(spread);
  return { by, cells: [...all.filter((axis) => !walks(axis)), ...all.filter(walks)] };
}

/** Where an index of the sum's axes leads from a window, with the place of its element in it. */
function placedIn({ by }: Solved, { window, place }: Spread): (index: Index) => Coordinate {
  const digits = digitsOf(place, window);
  return (index) => {
    const moved = index.substitute(by);
    const inside = window.filter((axis) => moved.along(axis) !== 0);
    if (inside.length === 0) return moved;
    const known = inside.reduce((rest, axis) => rest.minus(axis.index.times(moved.along(axis))), moved);
    return inside
      .map((axis) => times(digits.get(axis)!, moved.along(axis)))
      .reduce((total, part) => call('addInt', [total, part]), counter(known));
  };
}

const times = (e: Expression, by: number): Expression =>
  by === 1 ? e : call('multiplyInt', [e, constant(by, 'int')]);

/** A place counted over some axes as a number along each of them, as choices, so that its range can be seen. */
function digitsOf(place: Expression, axes: readonly Axis[]): ReadonlyMap<Axis, Expression> {
  const counted = positionOf(axes);
  const digits = new Map<Axis, Expression>();
  let rest = place;
  for (const axis of axes) {
    const step = counted.along(axis);
    const choose = (by: number) =>
      Array.from({ length: axis.size - 1 }, (_, i) => axis.size - 2 - i).reduce<Expression>(
        (larger, i) =>
          call('selectInt', [
            call('lessInt', [rest, constant((i + 1) * step, 'int')]),
            constant(i * by, 'int'),
            larger,
          ]),
        constant((axis.size - 1) * by, 'int'),
      );
    digits.set(axis, choose(1));
    if (axis !== axes.at(-1)) rest = call('subtractInt', [rest, choose(step)]);
  }
  return digits;
}
