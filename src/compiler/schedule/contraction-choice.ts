/** How to run a contraction: what to copy first, the sizes of tiles and blocks, and what threads divide. */
import { pointsOf } from '../../loops/axis.js';
import { type Group, isIn, type Layout, last } from '../../loops/layout.js';
import type { Machine } from '../../loops/machine.js';
import type { Factor, Product } from './product.js';
import { blockSize } from './rows.js';

export interface Choice {
  /** Copy blocks of `a` first: rows of k, rows of m, or read it where it is. */
  readonly gather: 'none' | 'along k' | 'along m';
  /** Copy `b` into panels `tile.columns` wide: by rows, by 4 by 4 transposes, or not at all. */
  readonly pack: 'none' | 'rows' | 'transpose';
  /** Whether a block of a panel is copied just before it is read, because it is read once; else all come first. */
  readonly packsLate: boolean;
  readonly tile: { readonly rows: number; readonly columns: number };
  /** Rows of `a` that stay in the cache while all panels pass by. */
  readonly mBlock: number;
  /** Products after which a tile asks for a line of each row that the next tile reads; 0 when it does not. */
  readonly ahead: number;
  /** What each thread has its share of; absent when one thread does it all. */
  readonly split: 'batch' | 'rows' | 'columns' | undefined;
}

/** Bytes of copied rows of `a` beyond which blocks get smaller. */
const mostCopied = 4 * 2 ** 20;
/** Bytes of a copied block of k that stay in the cache. */
const mostSpread = 2 ** 19;
/** Rows that are read where they are and still stay in the cache: each block of `b` is then copied once, just in time. */
const mostTogether = 256;
/** So many shares are even enough. */
const fineShares = 8;

export function choose(product: Product, machine: Machine): Choice {
  const { a, b, m, n, k } = product;
  const { lanes, tileVectors, mostLive, nearBytes, lineBytes } = machine;
  const gather = gatherOf(a, k, nearBytes);
  // Copied rows of several runs are all copied, else a block must lie within one run.
  const isSpread = gather === 'along m' && a.own.length > 1;
  const run = isSpread && 4 * m * blockSize > mostSpread ? runOf(a.own.at(-1)!.size) : m;
  const vectorsBeside = (rows: number) =>
    Math.min(Math.ceil(n / lanes), Math.max(tileVectors, Math.floor(mostLive / (rows + 1))));
  const rows = heightOf(run, machine, vectorsBeside);
  const columns = lanes * vectorsBeside(rows);
  const fitting = gather === 'none' ? m : Math.max(1, Math.floor(mostCopied / (4 * k * rows))) * rows;
  const isOneBlock = gather === 'none' ? m <= mostTogether : isSpread;
  const mBlock = run < m ? run : isOneBlock ? m : Math.min(evenBlock(m, rows), fitting);
  const pack = packOf(b, m, rows, nearBytes);
  const tile = { rows, columns };
  const units = isSpread ? m / run : Math.ceil(m / rows);
  const split = splitOf(product, { gather, tile, units }, machine);
  const packsLate = pack !== 'none' && m <= mBlock && split !== 'rows';
  // Rows that are read in place, and too many to be near: they come from main memory, a piece of each at a time.
  const isFar = m > rows && 4 * m * k > nearBytes;
  const ahead = isFar && gather === 'none' && a.layout.stride(last(a.k[0]!)) === 4 ? lineBytes / 4 : 0;
  return { gather, pack, packsLate, tile, mBlock, ahead, split };
}

export const roundUp = (x: number, unit: number): number => Math.ceil(x / unit) * unit;

/** Equal blocks of about 120 rows, whole tiles each. */
const evenBlock = (m: number, rows: number) => roundUp(m / Math.ceil(m / 120), rows);

/** The tallest tile that divides m and has sums enough to keep the processor busy, else the full height. */
function heightOf(
  m: number,
  { tileRows: most, leastSums }: Machine,
  vectorsBeside: (rows: number) => number,
): number {
  const heights = Array.from({ length: most }, (_, i) => most - i);
  return (
    heights.find((rows) => m % rows === 0 && rows * vectorsBeside(rows) >= leastSums) ?? Math.min(m, most)
  );
}

/** Whether a group is neighbouring floats that lie all inside the array or all outside. */
export const isRun = (l: Layout, group: Group | undefined): group is Group =>
  group !== undefined &&
  l.stride(last(group)) === l.bytes &&
  l.checks.every(({ index }) => !isIn(group, index.axes));

/** Reading `a` in place needs one stride for m, one for k, and tiles that find their neighbours in the cache. */
function gatherOf({ layout: l, own, k: groups }: Factor, k: number, nearBytes: number): Choice['gather'] {
  const [m, inner] = [own.at(-1), groups.at(-1)];
  if (!inner) return 'along k';
  const isRegular = own.length <= 1 && groups.length === 1 && l.checks.length === 0;
  const step = l.stride(last(inner));
  const isApart = !m || l.stride(last(m)) % 4096 !== 0;
  const isNear = step === l.bytes ? isApart : blockSize * Math.abs(step) <= nearBytes;
  if (isRegular && (k <= blockSize / 4 || isNear)) return 'none';
  const [across, along] = [m, inner].map((group) => (isRun(l, group) ? group.size : 0));
  return across! > along! ? 'along m' : 'along k';
}

function packOf(
  { layout: l, own, k: groups }: Factor,
  m: number,
  rows: number,
  nearBytes: number,
): Choice['pack'] {
  const inner = groups.at(-1);
  const step = inner ? l.stride(last(inner)) : 0;
  // Tiles step through `b` until its end, so that it must lie before them.
  const isAhead = groups.length === 1 && step > 0;
  if (isRun(l, own[0])) return isAhead && (m <= rows || blockSize * step <= nearBytes) ? 'none' : 'rows';
  return isRun(l, inner) && (groups.length === 1 || inner.size % 4 === 0) ? 'transpose' : 'rows';
}

/** Rows of one run that are copied at once. */
const runOf = (run: number): number =>
  run <= 128 ? run : Array.from({ length: 128 }, (_, i) => 128 - i).find((n) => run % n === 0)!;

/**
 * Columns first: each thread then copies the panels that it reads, and none waits. But each copies the rows of `a` that it
 * reads, so those are divided where they are copied.
 */
function splitOf(
  { batch, m, n, k }: Product,
  { gather, tile, units }: Pick<Choice, 'gather' | 'tile'> & { units: number },
  { sharedRows }: Machine,
): Choice['split'] {
  const batches = pointsOf(batch);
  // A multiplication of a tile takes half the time of a row of a map.
  if (sharedRows === Infinity || batches * m * n * k < 2 * sharedRows) return undefined;
  if (batches >= fineShares) return 'batch';
  const panels = Math.ceil(n / tile.columns);
  if (batch.length > 0) return panels >= batches ? 'columns' : 'batch';
  const [best, other] = gather === 'none' ? (['columns', 'rows'] as const) : (['rows', 'columns'] as const);
  const shares = { columns: panels, rows: units };
  if (Math.max(panels, units) < 2) return undefined;
  return shares[best] >= Math.min(fineShares, shares[other]) ? best : other;
}
