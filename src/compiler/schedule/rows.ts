/** Which folds go a vector at a time along their own axis, and which element by element. */
import { type Expression, type Fold, foldsOf, isLoad, walk } from '../../loops/expression.js';
import { type Group, isIn, last, layoutOf } from '../../loops/layout.js';

/** A fold along a row gives element i to virtual lane i mod 16, whatever the machine's vectors are. */
export const virtualLanes = 16;
/** Products of a sum in blocks are added up from 0 in each block. */
export const blockSize = 256;

export const isFloatSum = (e: Fold): boolean => e.by === 'sum' && e.type === 'float';

export const foldsIn = (formulas: readonly Expression[]): Fold[] => [...new Set(formulas.flatMap(foldsOf))];

/** Whether a fold's order lets it go a vector at a time along the last of its axes. */
export function runsAlong(e: Fold, groups: readonly Group[], lanes: number): boolean {
  const inner = groups.at(-1);
  if (!inner || foldsPreferRows([e.body], inner)) return false;
  // A vector that is half full is still better than its elements one by one.
  if (!isFloatSum(e)) return 2 * inner.size > lanes;
  return e.order === 'lanes' && (groups.length === 1 || inner.size % virtualLanes === 0);
}

/** Whether some fold reads neighbours along its own axis where the axes of the vector are not neighbours. */
export const foldsPreferRows = (formulas: readonly Expression[], vector: Group): boolean =>
  foldsIn(formulas).some((fold) => isIn(vector, fold.free) && mayRunAlong(fold) && readsRows(fold, vector));

const mayRunAlong = (fold: Fold): boolean => !isFloatSum(fold) || fold.order === 'lanes';

function readsRows(fold: Fold, vector: Group): boolean {
  const own = fold.axes.findLast((axis) => axis.size !== 1);
  if (!own) return false;
  return [...walk(fold.body)].filter(isLoad).some(({ at, buffer }) => {
    const l = layoutOf(at, buffer);
    return l.stride(own) === l.bytes && ![0, l.bytes].includes(l.stride(last(vector)));
  });
}
