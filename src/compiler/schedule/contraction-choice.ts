/** How to run a contraction: what to copy first, and the sizes of tiles and blocks. */
import { type Group, isIn, type Layout, last } from '../../loops/layout.js';
import type { Machine } from '../../loops/program.js';
import type { Factor, Product } from './product.js';
import { blockSize } from './rows.js';

export interface Choice {
  /** Copy blocks of `a` first: rows of k, rows of m, or read it where it is. */
  readonly gather: 'none' | 'along k' | 'along m';
  /** Copy `b` into panels `tile.columns` wide: by rows, by 4 by 4 transposes, or not at all. */
  readonly pack: 'none' | 'rows' | 'transpose';
  readonly tile: { readonly rows: number; readonly columns: number };
  /** Rows of `a` that stay in the cache while all panels pass by. */
  readonly mBlock: number;
}

/** Bytes of copied rows of `a` beyond which blocks get smaller. */
const mostCopied = 4 * 2 ** 20;

export function choose({ a, b, m, n, k }: Product, { lanes, tileRows, tileVectors }: Machine): Choice {
  const columns = Math.min(lanes * tileVectors, roundUp(n, lanes));
  const rows = heightOf(m, tileRows);
  const gather = gatherOf(a, k);
  const fitting = gather === 'none' ? m : Math.max(1, Math.floor(mostCopied / (4 * k * rows))) * rows;
  const mBlock = gather === 'along m' ? runOf(a, rows) : Math.min(evenBlock(m, rows), fitting);
  return { gather, pack: packOf(b, m, rows), tile: { rows, columns }, mBlock };
}

export const roundUp = (x: number, unit: number): number => Math.ceil(x / unit) * unit;

/** Equal blocks of about 120 rows, whole tiles each. */
const evenBlock = (m: number, rows: number) => roundUp(m / Math.ceil(m / 120), rows);

/** The tallest tile that divides m if one is nearly full height, else the full height. */
function heightOf(m: number, most: number): number {
  for (let rows = most; rows >= most * 0.6; rows--) if (m % rows === 0) return rows;
  return Math.min(m, most);
}

/** Whether a group is neighbouring floats that lie all inside the array or all outside. */
export const isRun = (l: Layout, group: Group | undefined): group is Group =>
  group !== undefined &&
  l.stride(last(group)) === l.bytes &&
  l.checks.every(({ index }) => !isIn(group, new Set(index.terms.keys())));

/** Reading `a` in place needs one stride for m, one for k, and no two tile rows in one cache set. */
function gatherOf({ layout: l, own, k: groups }: Factor, k: number): Choice['gather'] {
  const [m, inner] = [own.at(-1)!, groups.at(-1)];
  if (!inner) return 'along k';
  const isRegular = own.length === 1 && groups.length === 1 && l.checks.length === 0;
  const isNear = l.stride(last(inner)) === l.bytes && l.stride(last(m)) % 4096 !== 0;
  if (isRegular && (k <= blockSize / 4 || isNear)) return 'none';
  return isRun(l, m) && !isRun(l, inner) ? 'along m' : 'along k';
}

function packOf({ layout: l, own, k: groups }: Factor, m: number, rows: number): Choice['pack'] {
  if (isRun(l, own[0])) return m <= rows && groups.length === 1 ? 'none' : 'rows';
  const inner = groups.at(-1);
  return isRun(l, inner) && (groups.length === 1 || inner.size % 4 === 0) ? 'transpose' : 'rows';
}

/** Rows of one contiguous run, when `a` is copied along m. */
function runOf({ own }: Factor, rows: number): number {
  const run = own.at(-1)!.size;
  if (run <= 128) return run;
  if (own.length === 1) return roundUp(96, rows);
  return Array.from({ length: 128 }, (_, i) => 128 - i).find((n) => run % n === 0)!;
}
