/** The loops of a contraction over batches, rows, blocks of k and panels: whole, or one thread's share of them. */
import { pointsOf } from '../../loops/axis.js';
import {
  bind,
  type Condition,
  type Int,
  isLastPart,
  loop,
  plus,
  quotient,
  remainder,
  type Statement,
  shareOf,
  times,
  when,
} from '../../loops/nest.js';
import type { ContractionSchedule } from './contraction.js';
import { batchName } from './contraction-memory.js';
import { blockSize } from './rows.js';

/** Every batch, or this thread's share. */
export function eachBatch(
  { batch, split }: ContractionSchedule,
  body: readonly Statement[],
): readonly Statement[] {
  if (batch.length === 0) return body;
  const all = pointsOf(batch);
  let inner = all;
  const lets = batch.map((axis, i) => {
    inner /= axis.size;
    return bind(batchName(i), remainder(quotient('batch', inner), axis.size));
  });
  return [
    loop('batch', [...(split === 'batch' ? shareOf(all) : ([0, all] as const)), 1], [...lets, ...body]),
  ];
}

/** Blocks of rows. How many rows a block has is known when it runs, unless there is one block. */
export function eachBlock(s: ContractionSchedule, body: (i0: Int, rows: Int) => Statement[]): Statement[] {
  const { m, mBlock, tile, gather, a, split } = s;
  if (split !== 'rows' && m <= mBlock) return body(0, m);
  const isWhole = gather === 'along m' && a.own.length > 1;
  const unit = isWhole ? mBlock : tile.rows;
  const [from, to] = split === 'rows' ? shareOf(Math.ceil(m / unit)).map((n) => times(n, unit)) : [0, m];
  const lets = [bind('i0', from!), bind('end', to!), ...atMost('end', m, unit)];
  if (isWhole) return [...lets, loop('i0', ['i0', 'end', mBlock], body('i0', mBlock))];
  const rows = [bind('rows', { op: '+', a: 'end', b: times('i0', -1) }), ...atMost('rows', mBlock, m + 1)];
  return [...lets, loop('i0', ['i0', 'end', mBlock], [...rows, ...body('i0', 'rows')])];
}

/** Holds an integer, which is less than `most + beyond`, to `most`. */
const atMost = (name: string, most: number, beyond: number): readonly Statement[] =>
  when([{ value: plus(name, -most), below: beyond }], [bind(name, most)]);

/** Blocks of k in order. The first is written apart, because it finds no sums, and the last if it is special. */
export function eachDepth(
  { k, ending }: ContractionSchedule,
  body: (k0: Int, depth: number, isLast: boolean) => Statement[],
): Statement[] {
  if (k <= blockSize) return body(0, k, true);
  const rest = k % blockSize || (ending ? blockSize : 0);
  const middle =
    k - rest > blockSize ? [loop('k0', [blockSize, k - rest, blockSize], body('k0', blockSize, false))] : [];
  return [...body(0, blockSize, false), ...middle, ...(rest > 0 ? body(k - rest, rest, true) : [])];
}

/** Panels of `b`, or this thread's share; the last thread has what is left beside whole panels. */
export function eachPanel(
  { n, tile }: ContractionSchedule,
  isSplit: boolean,
  body: (j: Int, columns: number) => Statement[],
): Statement[] {
  const { columns } = tile;
  const rest = n % columns;
  const whole = n - rest;
  const isLast: Condition[] = isSplit ? [isLastPart] : [];
  const [from, to] = isSplit ? shareOf(whole / columns).map((i) => times(i, columns)) : [0, whole];
  const last = rest > 0 ? when(isLast, body(whole, rest)) : [];
  if (whole === 0 || (whole === columns && !isSplit))
    return [...(whole > 0 ? body(0, columns) : []), ...last];
  return [bind('jEnd', to!), loop('j', [from!, 'jEnd', columns], body('j', columns)), ...last];
}

/** Tiles down a block: whole ones, then one with what is left. `moves` are the addresses that go along. */
export function eachTile(
  { m, tile }: ContractionSchedule,
  rows: Int,
  moves: readonly (readonly [string, number])[],
  body: (height: number) => Statement,
): Statement[] {
  const height = tile.rows;
  const rest = (typeof rows === 'number' ? rows : m) % height;
  const down = moves.map(([name, by]) => [name, by * height] as const);
  if (rows === height) return [body(height)];
  const whole = rows === rest ? [] : [loop('i', [0, plus(rows, 1 - height), height], [body(height)], down)];
  const isLeft = typeof rows === 'number' ? [] : [{ value: plus('i', rest, times(rows, -1)), below: 1 }];
  return [...whole, ...(rest > 0 ? when(isLeft, [body(rest)]) : [])];
}
