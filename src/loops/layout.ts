/** Where the elements of a read or a store lie in memory, and which neighbouring axes walk it as one. */
import { elementTypes } from '../core/dtype.js';
import { stridesOf } from '../core/shape.js';
import { type Axis, constantIndex, type Index, sumOf } from './axis.js';
import { type Buffer, type Coordinate, call, type Expression, isComputed } from './expression.js';

/** A coordinate that may leave the array, or that is computed. */
export interface Check {
  readonly index: Index;
  /** The computed coordinate; `index` is 0 then. */
  readonly computed?: Expression;
  readonly below: number;
  /** Whether the formula shows that it is inside. */
  readonly isSure?: true;
  /** Bytes between neighbours. */
  readonly stride: number;
}

/** Offset and strides are in bytes. */
export interface Layout {
  readonly buffer: Buffer;
  readonly bytes: 1 | 4;
  /** Where the element stands: the sum over all coordinates that are known. */
  readonly place: Index;
  readonly checks: readonly Check[];
  stride(axis: Axis): number;
}

export function layoutOf(at: readonly Coordinate[], buffer: Buffer): Layout {
  const { bytes } = elementTypes[buffer.dtype];
  const strides = stridesOf(buffer.shape);
  const known: Index[] = [];
  const steps: number[] = [];
  const checks: Check[] = [];
  for (let d = 0; d < at.length; d++) {
    const c = at[d]!;
    const below = buffer.shape[d]!;
    const stride = strides[d]! * bytes;
    const moved = isComputed(c) ? insideMoved(c, below) : undefined;
    const index = isComputed(c) ? moved?.index : c;
    if (index) known.push(index);
    if (index) steps.push(stride);
    if (isComputed(c)) checks.push({ index: constantIndex(0), stride, below, computed: c, ...moved?.steps });
    else if (!c.isWithin(below)) checks.push({ index: c, below, stride });
  }
  const place = sumOf(known, steps);
  return { buffer, bytes, place, checks, stride: (axis) => place.along(axis) };
}

/** A coordinate that is an index and a few steps on, when both together stay inside: the index, and the steps. */
function insideMoved(e: Expression, below: number) {
  const { index, rest } = apart(e);
  const [by, ...more] = rest;
  if (!by || index.terms.size === 0) return undefined;
  const steps = more.reduce((a, b) => call('addInt', [a, b]), by);
  const [[first, last], reach] = [index.range(), reachOf(steps)];
  const isInside = reach && reach[0] >= 0 && first >= 0 && last + reach[1] < below;
  return isInside
    ? { index, steps: { computed: steps, below: reach[1] + 1, isSure: true as const } }
    : undefined;
}

/** A sum of integers as what is known of it and the rest. */
function apart(e: Expression): { index: Index; rest: Expression[] } {
  if (e.kind === 'counter') return { index: e.index, rest: [] };
  if (e.kind === 'constant') return { index: constantIndex(e.value), rest: [] };
  if (e.kind !== 'call' || e.name !== 'addInt') return { index: constantIndex(0), rest: [e] };
  const [a, b] = e.args.map(apart) as [ReturnType<typeof apart>, ReturnType<typeof apart>];
  return { index: a.index.plus(b.index), rest: [...a.rest, ...b.rest] };
}

/** The least and the largest value of an integer that is a choice among constants. */
function reachOf(e: Expression): readonly [number, number] | undefined {
  if (e.kind === 'constant') return [e.value, e.value];
  if (e.kind !== 'call') return undefined;
  const [a, b] = (e.name === 'selectInt' ? e.args.slice(1) : e.args).map(reachOf);
  if (!a || !b) return undefined;
  if (e.name === 'selectInt') return [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
  if (e.name === 'addInt') return [a[0] + b[0], a[1] + b[1]];
  const isScaled = e.name === 'multiplyInt' && b[0] === b[1] && b[0] >= 0;
  return isScaled ? [a[0] * b[0], a[1] * b[0]] : undefined;
}

/** Neighbouring axes that are walked as one. The last axis carries the strides. */
export interface Group {
  readonly axes: readonly Axis[];
  readonly size: number;
}
export const last = (group: Group): Axis => group.axes[group.axes.length - 1]!;
export const isIn = (group: Group, axes: ReadonlySet<Axis>): boolean =>
  group.axes.some((axis) => axes.has(axis));

/** Joins axes where every index moves by the same step from one row to the next; those in `apart` stay alone. */
export function merge(
  axes: readonly Axis[],
  indices: readonly Index[],
  apart: ReadonlySet<Axis> = new Set(),
): Group[] {
  const groups: Group[] = [];
  for (const axis of axes.filter((a) => a.size !== 1)) {
    const outer = groups[groups.length - 1];
    const joins = outer && !apart.has(axis) && !apart.has(last(outer));
    if (joins && indices.every((index) => index.along(last(outer)) === index.along(axis) * axis.size)) {
      groups[groups.length - 1] = { axes: [...outer.axes, axis], size: outer.size * axis.size };
    } else groups.push({ axes: [axis], size: axis.size });
  }
  return groups;
}

/** The indices of a read or store that must agree before axes are joined. */
export const indicesOf = (l: Layout): Index[] => [l.place, ...l.checks.map((c) => c.index)];
