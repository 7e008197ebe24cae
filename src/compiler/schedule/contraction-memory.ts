/** Where the factors of a contraction, their copies and its sums lie, and at which strides tiles read them. */
import type { Index } from '../../loops/axis.js';
import { bytesOf } from '../../loops/expression.js';
import { buffersOf } from '../../loops/kernel.js';
import { last } from '../../loops/layout.js';
import { bind, type Int, plus, type Statement, times } from '../../loops/nest.js';
import type { ContractionSchedule } from './contraction.js';
import { roundUp } from './contraction-choice.js';
import { placesOf } from './contraction-ending.js';
import { blockSize } from './rows.js';
import { addressName } from './scope.js';

export const batchName = (i: number): string => `batch${i}`;

/** An index at the current batch, the rest of its axes at 0. */
export const atBatch = ({ batch }: ContractionSchedule, index: Index): Int =>
  plus(index.offset, ...batch.map((axis, i) => times(batchName(i), index.along(axis))));

/** Whether sums are written to memory; sums of one block that a tile ends are not. */
const storesSums = ({ ending, k }: ContractionSchedule): boolean => !ending || k > blockSize;

/** Bytes for sums that have no place in an array of the kernel: they begin the memory that threads share. */
const sumsBytes = (s: ContractionSchedule): number =>
  storesSums(s) && buffersOf(s.kernel).every((b) => b.name !== s.out.buffer.name)
    ? bytesOf(s.out.buffer) + 64
    : 0;
export const placeOfSums = (s: ContractionSchedule): Statement[] =>
  sumsBytes(s) > 0 ? [bind(addressName(s.out.buffer), 'shared')] : [];

/** Names where the factors, the sums and the arrays of an ending begin in the current batch. */
export function bases(s: ContractionSchedule): Statement[] {
  const { a, b, out, ending } = s;
  const ends = ending
    ? Object.entries(placesOf(ending)).map(([name, { layout }]) => [name, layout] as const)
    : [];
  const sums = storesSums(s) ? [['out', out] as const] : [];
  return [['a', a.layout] as const, ['b', b.layout] as const, ...sums, ...ends].map(
    ([name, { buffer, place }]) => bind(`${name}0`, plus(addressName(buffer), atBatch(s, place))),
  );
}

/** Copies of `b` belong to a thread, unless all threads read them. */
const ownsPacked = ({ split, packsLate }: ContractionSchedule): boolean => split === 'batch' || packsLate;

function packedBytes({ pack, packsLate, n, k, tile }: ContractionSchedule): number {
  if (pack === 'none') return 0;
  return 64 + 4 * (packsLate ? Math.min(k, blockSize) * tile.columns : k * roundUp(n, tile.columns));
}
const copiedBytes = (s: ContractionSchedule): number => {
  const { row, k } = stridesOfA(s);
  const rows = { none: 0, 'along k': s.mBlock, 'along m': Math.min(s.k, blockSize) }[s.gather];
  return rows * Math.max(row, k) + 256;
};

/** Where copies of `b` begin, and those of `a`. */
export const packedAt = (s: ContractionSchedule): Int =>
  ownsPacked(s) ? 'scratch' : plus('shared', sumsBytes(s));
export const copiesAt = (s: ContractionSchedule): Int => plus('scratch', ownsPacked(s) ? packedBytes(s) : 0);

export const scratchOf = (s: ContractionSchedule): { shared: number; own: number } => ({
  shared: sumsBytes(s) + (ownsPacked(s) ? 0 : packedBytes(s)),
  own: copiedBytes(s) + (ownsPacked(s) ? packedBytes(s) : 0),
});

/**
 * Bytes from row to row and from k to k of `a` as the tiles read it. Copied rows are 16 floats longer than their
 * content, so that tile rows do not share a cache set.
 */
export function stridesOfA({ a, k, mBlock, gather }: ContractionSchedule): { row: number; k: number } {
  if (gather === 'along k') return { row: 4 * (k + 16), k: 4 };
  if (gather === 'along m') return { row: 4, k: 4 * (mBlock + 16) };
  const [m] = a.own;
  return { row: m ? a.layout.stride(last(m)) : 0, k: a.layout.stride(last(a.k[0]!)) };
}

/** Bytes from k to k of `b` in a panel so wide. */
export const strideOfB = ({ pack, b }: ContractionSchedule, columns: number, lanes: number): number =>
  pack === 'none' ? b.layout.stride(last(b.k[0]!)) : 4 * roundUp(columns, lanes);

export const panelInPlace = ({ b }: ContractionSchedule, j: Int): Int =>
  plus('b0', times(j, b.layout.stride(last(b.own[0]!))));

/** Where a block of a panel stands for the tiles. */
export function panelAt(s: ContractionSchedule, j: Int, k0: Int, stride: number): Int {
  if (s.pack === 'none') return plus(panelInPlace(s, j), times(k0, stride));
  if (s.packsLate) return packedAt(s);
  return plus(packedAt(s), times(j, 4 * s.k), times(k0, stride));
}
