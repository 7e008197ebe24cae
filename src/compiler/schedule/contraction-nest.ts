/** The loop nest of a contraction: copy blocks of both factors, then sweep register tiles over them. */
import { last } from '../../loops/layout.js';
import type { Machine } from '../../loops/machine.js';
import {
  bind,
  type Int,
  type KernelNest,
  type Procedure,
  plus,
  run,
  type Statement,
  times,
} from '../../loops/nest.js';
import type { ContractionSchedule } from './contraction.js';
import { isRun } from './contraction-choice.js';
import { type Copy, copyRows, copyTransposed } from './contraction-copy.js';
import { placesOf } from './contraction-ending.js';
import {
  atBatch,
  bases,
  copiesAt,
  panelAt,
  panelInPlace,
  placeOfSums,
  scratchOf,
  strideOfB,
  stridesOfA,
} from './contraction-memory.js';
import { eachBatch, eachBlock, eachDepth, eachPanel, eachTile } from './contraction-ranges.js';
import { tileProcedure } from './contraction-tile.js';
import { mapNest, paramsOf } from './map-nest.js';

export function contractionNest(s: ContractionSchedule, machine: Machine): KernelNest {
  const { kernel, split, then, pack, packsLate } = s;
  const { lanes } = machine;
  const tiles = new Map<string, Procedure>();
  const packing = pack === 'none' || packsLate ? [] : packAll(s, lanes);
  // Threads that share the rows all read all of `b`, so none goes on before it is copied.
  const isApart = packing.length > 0 && split === 'rows';
  const inBatch = [...bases(s), ...(isApart ? [] : packing), ...sumsOf(s, lanes, tiles)];
  const steps = [
    ...(isApart ? [{ name: `${kernel.name}_pack`, body: [...bases(s), ...packing] }] : []),
    { name: kernel.name, body: eachBatch(s, inBatch) },
  ];
  const after = then && mapNest(then, machine);
  const params = paramsOf(kernel);
  const withSums = ({ name, body }: { name: string; body: readonly Statement[] }): Procedure => ({
    name,
    params,
    body: [...placeOfSums(s), ...body],
  });
  const { shared, own } = scratchOf(s);
  return {
    procedures: [...tiles.values(), ...[...steps, ...(after?.procedures ?? [])].map(withSums)],
    phases: [
      ...steps.map(({ name }) => ({ procedure: name, isSplit: split !== undefined })),
      ...(after?.phases ?? []),
    ],
    scratch: { shared, own: Math.max(own, after?.scratch.own ?? 0) },
  };
}

/** Copies all panels of `b`. */
const packAll = (s: ContractionSchedule, lanes: number): Statement[] =>
  eachPanel(s, s.split === 'rows' || s.split === 'columns', (j, columns) =>
    packPanel(s, lanes, { j, columns, k0: 0, depth: s.k }),
  );

interface Block {
  readonly j: Int;
  readonly columns: number;
  readonly k0: Int;
  readonly depth: number;
}

function packPanel(s: ContractionSchedule, lanes: number, { j, columns, k0, depth }: Block): Statement[] {
  const { b } = s;
  const stride = strideOfB(s, columns, lanes);
  const copy: Copy = {
    ...b,
    base: panelInPlace(s, j),
    coordinates: [],
    rows: { groups: b.k, from: k0, size: depth },
    parts: { groups: [], from: 0, size: 1 },
    run: columns,
    step: b.layout.stride(last(b.own[0]!)),
    stride,
  };
  const copyPanel = s.pack === 'transpose' ? copyTransposed : copyRows;
  return [bind('to', panelAt(s, j, k0, stride)), ...copyPanel(copy, lanes)];
}

function sumsOf(s: ContractionSchedule, lanes: number, tiles: Map<string, Procedure>): Statement[] {
  return eachBlock(s, (i0, rows) => [
    ...(s.gather === 'along k' ? copyOfA(s, lanes, { i0, rows, k0: 0, depth: s.k }) : []),
    ...eachDepth(s, (k0, depth, isLast) => [
      ...(s.gather === 'along m' ? copyOfA(s, lanes, { i0, rows, k0, depth }) : []),
      ...eachPanel(s, s.split === 'columns', (j, columns) => [
        ...(s.packsLate ? packPanel(s, lanes, { j, columns, k0, depth }) : []),
        ...sweep(s, lanes, tiles, { i0, rows, j, columns, k0, depth, isLast }),
      ]),
    ]),
  ]);
}

/** Some rows of `a`, and some k. */
interface Rows {
  readonly i0: Int;
  readonly rows: Int;
  readonly k0: Int;
  readonly depth: number;
}

/** Copies a block of `a`: all of k for some rows, a row after another, or a row for each of some k. */
function copyOfA(s: ContractionSchedule, lanes: number, { i0, rows, k0, depth }: Rows): Statement[] {
  const { layout, own, k, fill } = s.a;
  const strides = stridesOfA(s);
  const inner = k.at(-1);
  const [groups, run] = isRun(layout, inner) ? [k.slice(0, -1), inner.size] : [k, 1];
  const [someRows, someK] = [
    { groups: own, from: i0, size: rows },
    { groups: k, from: k0, size: depth },
  ];
  const alongK = { rows: someRows, parts: { groups, from: 0, size: s.k / run }, run };
  const outer = own.slice(0, -1);
  const runs = { groups: outer, from: 0, size: s.m / (own.at(-1)?.size ?? 1) };
  const alongM =
    outer.length > 0 && s.mBlock === s.m
      ? { rows: someK, parts: runs, run: own.at(-1)!.size }
      : { rows: someK, parts: { groups: own, from: i0, size: 1 }, run: rows };
  const copy: Copy = {
    ...(s.gather === 'along k' ? alongK : alongM),
    layout,
    fill,
    base: 'a0',
    coordinates: layout.checks.map(({ index }) => atBatch(s, index)),
    step: 4,
    stride: Math.max(strides.row, strides.k),
  };
  return [bind('to', copiesAt(s)), ...copyRows(copy, lanes)];
}

/** The tiles of a panel, for a block of rows and a block of k. */
function sweep(
  s: ContractionSchedule,
  lanes: number,
  tiles: Map<string, Procedure>,
  { i0, rows, j, columns, k0, depth, isLast }: Rows & Block & { readonly isLast: boolean },
): Statement[] {
  const a = stridesOfA(s);
  const b = strideOfB(s, columns, lanes);
  const ending = isLast ? s.ending : undefined;
  const adds = k0 !== 0;
  const fromA =
    s.gather === 'none'
      ? plus('a0', times(i0, a.row), times(k0, a.k))
      : plus(copiesAt(s), s.gather === 'along k' ? times(k0, a.k) : 0);
  const at = (name: string, row: number, column: number) =>
    plus(`${name}0`, times(i0, row), times(j, column));
  const outs = [
    ...(adds || !ending ? [['out', s.out.row, 4] as const] : []),
    ...Object.entries(ending ? placesOf(ending) : {}).map(
      ([name, { row, column }]) => [name, row, column] as const,
    ),
  ];
  const begin = [
    bind('a', fromA),
    bind('b', panelAt(s, j, k0, b)),
    ...outs.map(([name, row, column]) => bind(name, at(name, row, column))),
  ];
  const moves = [['a', a.row] as const, ...outs.map(([name, row]) => [name, row] as const)];
  const params = ['a', 'b', ...outs.map(([name]) => name)];
  const tile = (height: number): Statement => {
    const name = `${s.kernel.name}_${adds ? 'add' : 'set'}${ending ? '_end' : ''}_${height}x${columns}x${depth}`;
    const shape = { name, params, rows: height, columns, depth, a, b, out: s.out.row, adds, ending };
    if (!tiles.has(name)) tiles.set(name, tileProcedure({ ...shape, ahead: s.ahead }, lanes));
    return run(name, params);
  };
  return [...begin, ...eachTile(s, rows, moves, tile)];
}
