/** The sums of a contraction: copy blocks of both factors, then sweep register tiles over them. */
import type { Index } from '../../loops/axis.js';
import { last } from '../../loops/layout.js';
import { bind, type Int, loop, type Procedure, plus, run, type Statement, times } from '../../loops/nest.js';
import type { Machine } from '../../loops/program.js';
import type { ContractionSchedule } from './contraction.js';
import { isRun, roundUp } from './contraction-choice.js';
import { type Copy, copyRows, copyTransposed } from './contraction-copy.js';
import { tileProcedure } from './contraction-tile.js';
import { blockSize } from './rows.js';
import { addressName } from './scope.js';

/** The sums of a contraction; tiles are procedures of their own. */
export interface SumsNest {
  readonly tiles: readonly Procedure[];
  readonly body: readonly Statement[];
  /** Bytes of scratch memory. */
  readonly scratch: number;
}

/** Some rows of `a`, and some k. */
interface Block {
  readonly i0: Int;
  readonly rows: number;
  readonly k0: Int;
  readonly depth: number;
}

export function sumsNest(s: ContractionSchedule, { lanes }: Machine): SumsNest {
  const tiles = new Map<string, Procedure>();
  const inBatch = [
    ...bases(s),
    ...packing(s, lanes),
    ...inParts('i0', s.m, s.mBlock, (i0, rows) => [
      ...(s.gather === 'along k' ? copyOfA(s, lanes, { i0, rows, k0: 0, depth: s.k }) : []),
      ...inBlocks(s.k, (k0, depth) => [
        ...(s.gather === 'along m' ? copyOfA(s, lanes, { i0, rows, k0, depth }) : []),
        ...sweep(s, lanes, tiles, { i0, rows, k0, depth }),
      ]),
    ]),
  ];
  const body = s.batch.reduceRight<Statement[]>(
    (inner, axis, i) => [loop(batchName(i), [0, axis.size, 1], inner)],
    inBatch,
  );
  return { tiles: [...tiles.values()], body, scratch: packedBytes(s) + copiedBytes(s) };
}

/** Whole parts in a loop, then what is left. */
function inParts(
  name: string,
  total: number,
  size: number,
  body: (from: Int, size: number) => Statement[],
): Statement[] {
  const whole = total > size ? total - (total % size) : 0;
  const rest = whole < total ? body(whole, total - whole) : [];
  return whole > 0 ? [loop(name, [0, whole, size], body(name, size)), ...rest] : rest;
}

/** Blocks of k in order; the first is written apart, because it finds no sums. */
function inBlocks(k: number, body: (k0: Int, depth: number) => Statement[]): Statement[] {
  const more = inParts('k0', k - blockSize, blockSize, (k0, depth) => body(plus(k0, blockSize), depth));
  return [...body(0, Math.min(k, blockSize)), ...more];
}

const batchName = (i: number) => `batch${i}`;

/** An index at the current batch, the rest of its axes at 0. */
const atBatch = ({ batch }: ContractionSchedule, index: Index): Int =>
  plus(index.offset, ...batch.map((axis, i) => times(batchName(i), index.along(axis))));

/** Names where the factors and the sums begin. */
const bases = (s: ContractionSchedule): Statement[] =>
  Object.entries({ a: s.a.layout, b: s.b.layout, out: s.out }).map(([name, { buffer, place }]) =>
    bind(name, plus(addressName(buffer), atBatch(s, place))),
  );

/** Bytes of the copies of `b`, which stand before those of `a`. */
const packedBytes = ({ pack, n, k, tile }: ContractionSchedule): number =>
  pack === 'none' ? 0 : 4 * k * roundUp(n, tile.columns) + 64;

function copiedBytes(s: ContractionSchedule): number {
  const { row, k } = stridesOfA(s);
  const rows = { none: 0, 'along k': s.mBlock, 'along m': Math.min(s.k, blockSize) }[s.gather];
  return rows * Math.max(row, k) + 256;
}

/**
 * Bytes from row to row and from k to k of `a` as the tiles read it. Copied rows are 16 floats longer than their
 * content, so that tile rows do not share a cache set.
 */
function stridesOfA({ a, k, mBlock, gather }: ContractionSchedule): { row: number; k: number } {
  if (gather === 'along k') return { row: 4 * (k + 16), k: 4 };
  if (gather === 'along m') return { row: 4, k: 4 * (mBlock + 16) };
  return { row: a.layout.stride(last(a.own[0]!)), k: a.layout.stride(last(a.k[0]!)) };
}

const strideOfB = ({ pack, b }: ContractionSchedule, columns: number, lanes: number): number =>
  pack === 'none' ? b.layout.stride(last(b.k[0]!)) : 4 * roundUp(columns, lanes);

const panelInPlace = ({ b }: ContractionSchedule, j: Int): Int =>
  plus('b', times(j, b.layout.stride(last(b.own[0]!))));
const packedPanel = ({ k }: ContractionSchedule, j: Int): Int => plus('scratch', times(j, 4 * k));

function packing(s: ContractionSchedule, lanes: number): Statement[] {
  const { pack, b, k } = s;
  if (pack === 'none') return [];
  const copyPanel = pack === 'transpose' ? copyTransposed : copyRows;
  return inParts('j', s.n, s.tile.columns, (j, run) => {
    const copy: Copy = {
      ...b,
      base: panelInPlace(s, j),
      coordinates: [],
      rows: { groups: b.k, from: 0, size: k },
      parts: { groups: [], from: 0, size: 1 },
      run,
      step: b.layout.stride(last(b.own[0]!)),
      stride: strideOfB(s, run, lanes),
    };
    return [bind('to', packedPanel(s, j)), ...copyPanel(copy, lanes)];
  });
}

/** Copies a block of `a`: all of k for some rows, a row after another, or a row for each of some k. */
function copyOfA(s: ContractionSchedule, lanes: number, { i0, rows, k0, depth }: Block): Statement[] {
  const { layout, own, k, fill } = s.a;
  const strides = stridesOfA(s);
  const inner = k.at(-1);
  const [groups, run] = isRun(layout, inner) ? [k.slice(0, -1), inner.size] : [k, 1];
  const [someRows, someK] = [
    { groups: own, from: i0, size: rows },
    { groups: k, from: k0, size: depth },
  ];
  const alongK = { rows: someRows, parts: { groups, from: 0, size: s.k / run }, run };
  const alongM = { rows: someK, parts: { ...someRows, size: 1 }, run: rows };
  const copy: Copy = {
    ...(s.gather === 'along k' ? alongK : alongM),
    layout,
    fill,
    base: 'a',
    coordinates: layout.checks.map(({ index }) => atBatch(s, index)),
    step: 4,
    stride: Math.max(strides.row, strides.k),
  };
  return [bind('to', plus('scratch', packedBytes(s))), ...copyRows(copy, lanes)];
}

/** All tiles of a block of rows, for a block of k. */
function sweep(
  s: ContractionSchedule,
  lanes: number,
  tiles: Map<string, Procedure>,
  { i0, rows, k0, depth }: Block,
): Statement[] {
  const a = stridesOfA(s);
  const copies = plus('scratch', packedBytes(s), s.gather === 'along k' ? times(k0, a.k) : 0);
  const fromA = s.gather === 'none' ? plus('a', times(i0, a.row), times(k0, a.k)) : copies;
  return inParts('j', s.n, s.tile.columns, (j, columns) => {
    const b = strideOfB(s, columns, lanes);
    const panel = plus(s.pack === 'none' ? panelInPlace(s, j) : packedPanel(s, j), times(k0, b));
    const out = plus('out', times(i0, s.out.row), times(j, 4));
    return inParts('i', rows, s.tile.rows, (i, height) => {
      const adds = k0 !== 0;
      const name = `${s.kernel.name}_${adds ? 'add' : 'set'}_${height}x${columns}x${depth}`;
      const tile = { name, rows: height, columns, depth, a, b, out: s.out.row, adds };
      if (!tiles.has(name)) tiles.set(name, tileProcedure(tile, lanes));
      return [run(name, [plus(fromA, times(i, a.row)), panel, plus(out, times(i, s.out.row))])];
    });
  });
}
