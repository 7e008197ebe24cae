/** Where the elements of a read or a store lie in memory, and which neighbouring axes walk it as one. */
import { elementTypes } from '../core/dtype.js';
import { stridesOf } from '../core/shape.js';
import { type Axis, constantIndex, type Index, sumOf } from './axis.js';
import { type Buffer, type Coordinate, type Expression, isComputed } from './expression.js';

/** A coordinate that may leave the array, or that is computed. */
export interface Check {
  readonly index: Index;
  /** The computed coordinate; `index` is 0 then. */
  readonly computed?: Expression;
  readonly below: number;
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
  const strides = stridesOf(buffer.shape).map((n) => n * bytes);
  const checks = at.flatMap((c, d): Check[] => {
    const [below, stride] = [buffer.shape[d]!, strides[d]!];
    if (isComputed(c)) return [{ index: constantIndex(0), computed: c, below, stride }];
    return c.isWithin(below) ? [] : [{ index: c, below, stride }];
  });
  const place = sumOf(at.flatMap((c, d) => (isComputed(c) ? [] : [[c, strides[d]!] as const])));
  return { buffer, bytes, place, checks, stride: (axis) => place.along(axis) };
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
