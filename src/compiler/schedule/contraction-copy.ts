/** Copies of the factors of a contraction, so that tiles read both at constant strides. */
import { type Group, type Layout, last } from '../../loops/layout.js';
import {
  bind,
  type Condition,
  constant,
  type Int,
  loop,
  plus,
  quotient,
  remainder,
  type Statement,
  splat,
  store,
  times,
  type Value,
  when,
} from '../../loops/nest.js';
import { elementsAt } from './vector.js';

/** The index of each group at a linear position. */
function split(groups: readonly Group[], linear: Int): Int[] {
  let inner = groups.reduce((n, g) => n * g.size, 1);
  return groups.map((g, i) => {
    inner /= g.size;
    const index = quotient(linear, inner);
    return i === 0 ? index : remainder(index, g.size);
  });
}

/** Bytes and checked coordinates reached by moving to a linear position of the groups. */
function position(l: Layout, groups: readonly Group[], linear: Int): { address: Int; coordinates: Int[] } {
  const at = split(groups, linear);
  const move = (by: (group: Group) => number) => plus(...groups.map((g, i) => times(at[i]!, by(g))));
  return {
    address: move((g) => l.stride(last(g))),
    coordinates: l.checks.map(({ index }) => move((g) => index.along(last(g)))),
  };
}

/** Linear positions of some groups. */
export interface Range {
  readonly groups: readonly Group[];
  readonly from: Int;
  readonly size: Int;
}

/** What is copied: a row for each position of `rows`; in it, a run of elements for each position of `parts`. */
export interface Copy {
  readonly layout: Layout;
  readonly fill: number;
  /** Where the first element stands, and what its checked coordinates are there. */
  readonly base: Int;
  readonly coordinates: readonly Int[];
  readonly rows: Range;
  readonly parts: Range & { readonly size: number };
  /** Elements of a run, and bytes between them. */
  readonly run: Int;
  readonly step: number;
  /** Bytes from row to row of the copy. */
  readonly stride: number;
}

/** Copies to the address in `to`. */
export function copyRows(copy: Copy, lanes: number): Statement[] {
  const { layout: l, base, rows, parts, run, stride } = copy;
  const row = position(l, rows.groups, 'row');
  const body = [
    bind('source', plus(base, row.address)),
    ...copy.coordinates.map((c, d) => bind(`row${d}`, plus(c, row.coordinates[d]!))),
    ...copyParts(copy, lanes),
  ];
  const gap = parts.size === 1 ? stride : stride - 4 * (run as number) * parts.size;
  return [loop('row', [rows.from, plus(rows.from, rows.size), 1], body, [['to', gap]])];
}

function copyParts(copy: Copy, lanes: number): readonly Statement[] {
  const { layout: l, parts, run } = copy;
  const copied = (at: Int) => {
    const { address, coordinates } = position(l, parts.groups, at);
    const inside = l.checks.map((c, d) => ({ value: plus(`row${d}`, coordinates[d]!), below: c.below }));
    return [bind('from', plus('source', address)), ...copyRun(copy, inside, lanes)];
  };
  if (parts.size === 1) return copied(parts.from);
  return [loop('piece', [0, parts.size, 1], copied('piece'), [['to', 4 * (run as number)]])];
}

/** Copies a run, or the fill where it is outside the array. Whole vectors: the next copy, or nothing, is behind. */
function copyRun({ run, step, fill }: Copy, inside: readonly Condition[], lanes: number) {
  const read = (x: Int, count: number) => elementsAt(plus('from', times(x, step)), step, count, 'float32');
  const otherwise = inside.length === 0 ? [] : eachVector(run, lanes, () => constant(fill, 'float'));
  return when(inside, eachVector(run, lanes, read), otherwise);
}

function eachVector(size: Int, lanes: number, value: (x: Int, count: number) => Value): Statement[] {
  const put = (x: Int, count: number) => store(plus('to', times(x, 4)), value(x, count), 'float32', lanes);
  if (typeof size !== 'number' || size > 8 * lanes) return [loop('x', [0, size, lanes], [put('x', lanes)])];
  return Array.from({ length: Math.ceil(size / lanes) }, (_, i) =>
    put(i * lanes, Math.min(lanes, size - i * lanes)),
  );
}

/** Copies `run` rows of k elements as columns of `to`, `stride` bytes a row. */
export function copyTransposed({ layout: l, base, rows, step, run, stride }: Copy): Statement[] {
  const [columns, size] = [run as number, rows.size as number];
  const begin = bind('from', plus(base, position(l, rows.groups, 'row').address));
  const single = (row: number, c: number) =>
    store(plus('to', row * stride + 4 * c), splat(plus('from', 4 * row, c * step), 'float32'), 'float32', 1);
  const singles = (count: number, first: number) =>
    Array.from({ length: count * (columns - first) }, (_, i) =>
      single(i % count, first + Math.floor(i / count)),
    );
  const four = Math.floor(columns / 4);
  const blocks = Array.from(
    { length: four },
    (_, i): Statement => ({
      kind: 'transpose',
      from: plus('from', 4 * i * step),
      fromStride: step,
      to: plus('to', 16 * i),
      toStride: stride,
    }),
  );
  const rest = size % 4;
  const end = plus(rows.from, size - rest);
  return [
    loop('row', [rows.from, end, 4], [begin, ...blocks, ...singles(4, 4 * four)], [['to', 4 * stride]]),
    ...(rest === 0 ? [] : [begin, ...singles(rest, 0)]),
  ];
}
