/** Permutation importance: how much worse the answers are when the cells of one column are mixed among the rows. */

import { keyOf, permutation, streamOf } from '../../core/random.js';
import type { Column } from '../../data/table.js';
import type { Job, Predictor } from './predictor.js';
import { measure } from './scores.js';

/** More rows than these tell nothing new. */
const mostRows = 1000;
/** A column is mixed so many times. */
const repeats = 3;

/** By how much the measure falls for each column in use; below 0 where mixing it happened to help. */
export async function columnLosses(job: Job, predictor: Predictor, tested: Int32Array) {
  const rows = tested.slice(0, mostRows);
  const score = async (columnOf: Job['columnOf']) =>
    measure(job.target, { rows, said: await predictor.predict(columnOf, rows) });
  const whole = await score(job.columnOf);
  const losses = new Map<string, number>();
  for (const name of new Set(predictor.features.parts.map(({ column }) => column))) {
    let total = 0;
    for (let repeat = 0; repeat < repeats; repeat++) {
      job.signal.throwIfAborted();
      const mixed = mixedColumn(job.columnOf(name), rows, keyOf(job.seed, streamOf(`${name} ${repeat}`)));
      total += whole - (await score((other) => (other === name ? mixed : job.columnOf(other))));
    }
    losses.set(name, total / repeats);
  }
  return losses;
}

/** The column with the cells of these rows in another order. */
function mixedColumn(column: Column, rows: Int32Array, key: readonly [number, number]): Column {
  const order = permutation(rows.length, key);
  const values: (number | string | null)[] | Float64Array =
    column.kind === 'text' ? [...column.values] : column.values.slice();
  rows.forEach((row, i) => {
    values[row] = column.values[rows[order[i]!]!]!;
  });
  return { ...column, values } as Column;
}
