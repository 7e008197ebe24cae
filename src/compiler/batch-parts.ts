/** Parts of a batch: where rows do not depend on each other, so few of them at a time that they stay in the cache. */
import { elementTypes } from '../core/dtype.js';
import type { Pieces } from '../core/pieces.js';
import { sizeOf } from '../core/shape.js';
import { bytesOf, withOwnFormulas } from '../loops/expression.js';
import type { Draft } from './draft.js';
import type { Batch, Graph } from './graph.js';
import { planMemory } from './memory.js';
import { isSameForm, rowDraftOf } from './row-wise.js';

/** What a part may take in the cache. */
const partBytes = 6 * 2 ** 20;
/** Weights are read for each part, so a part takes at least so many times their bytes. */
const timesWeights = 4;
const leastRows = 4;
const leastParts = 4;

/**
 * How many rows of a batch are best computed at a time: `known`, or what fits into the cache, if that gives the same bits;
 * else all.
 */
export function* partOfBatch({ graph, rows, known, traced }: Batch): Pieces<number> {
  if (rows <= (known ?? leastRows) || largestOf(graph) < partBytes) return rows;
  const whole = yield* withOwnFormulas(rowDraftOf(graph, rows));
  const part = known ?? rowsFor(whole, rows);
  if (part >= rows || !whole.form) return rows;
  const few = tracedWith(traced, part);
  const form = few && (yield* withOwnFormulas(rowDraftOf(few, part))).form;
  return form && isSameForm(form, whole.form) ? part : rows;
}

/** Nothing where a layer takes no batch of this size. The whole batch has been traced, so its own errors are told. */
function tracedWith(traced: Batch['traced'], rows: number): Graph | undefined {
  try {
    return traced(rows);
  } catch {
    return undefined;
  }
}

/** Bytes of the largest array that is computed: a look that costs nothing. */
const largestOf = ({ nodes }: Graph): number =>
  nodes.reduce(
    (most, { source, shape, dtype }) =>
      source.kind === 'applied' ? Math.max(most, sizeOf(shape) * elementTypes[dtype].bytes) : most,
    0,
  );

/** As many as fit, where a batch is several times as many: a power of two, into which most batches fall evenly. */
function rowsFor(draft: Draft, rows: number): number {
  const given = draft.externals.filter(({ role }) => role === 'variable' || role === 'constant');
  const weights = given.reduce((sum, { buffer }) => sum + bytesOf(buffer), 0);
  const fitting = (rows * Math.max(partBytes, timesWeights * weights)) / planMemory(draft).bytes;
  const part = Math.max(leastRows, 2 ** Math.floor(Math.log2(fitting)));
  return part * leastParts > rows ? rows : part;
}
