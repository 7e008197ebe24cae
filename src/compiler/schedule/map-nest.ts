/** The loop nest of everything that is not a contraction. */
import { pointsOf } from '../../loops/axis.js';
import { isLoad } from '../../loops/expression.js';
import { buffersOf, formulasOf, type Kernel } from '../../loops/kernel.js';
import { type Group, isIn, layoutOf } from '../../loops/layout.js';
import type { Machine } from '../../loops/machine.js';
import { type KernelNest, type Statement, threadParams } from '../../loops/nest.js';
import { usesOf, valuesOf } from './evaluate.js';
import type { MapSchedule } from './map.js';
import { conditionOf } from './place.js';
import { foldsIn } from './rows.js';
import { addressName, Nest, Scope } from './scope.js';
import { storeAll } from './store.js';
import { vectorLoop } from './vector-loop.js';

/** The kernel's arrays, scratch memory that all threads see, this thread's own, and which thread it is. */
export const paramsOf = (kernel: Kernel): string[] => [
  ...buffersOf(kernel).map(addressName),
  'shared',
  'scratch',
  ...threadParams,
];

export function mapNest(schedule: MapSchedule, machine: Machine): KernelNest {
  const { kernel, split } = schedule;
  const formulas = formulasOf(kernel);
  const nest = new Nest(machine.lanes, usesOf(formulas), schedule.pinned, foldsIn(formulas));
  const body = pointsOf(kernel.axes) === 0 ? [] : bodyOf(schedule, machine, nest);
  return {
    procedures: [{ name: kernel.name, params: paramsOf(kernel), body }],
    phases: [{ procedure: kernel.name, isSplit: split !== undefined }],
    scratch: { shared: 0, own: nest.scratch },
  };
}

function bodyOf({ kernel, outer, vector, split }: MapSchedule, machine: Machine, nest: Nest): Statement[] {
  const all = new Scope(nest);
  const row = all.within(outer, split);
  const point = (scope: Scope) => storeAll(kernel.stores, scope, valuesOf);
  if (vector) guardOnce(kernel, vector, row);
  if (vector) vectorLoop(row, vector, copiesOf(kernel, vector, machine), point, vector === split);
  else point(row);
  row.closeUpTo(all);
  return all.body;
}

/**
 * Asks whether a store of one element after another is inside in the outermost loop that can tell for all lanes, and skips
 * the rest.
 */
function guardOnce({ stores }: Kernel, vector: Group, row: Scope): void {
  const [store, ...more] = stores;
  if (!store || more.length > 0) return;
  for (const c of layoutOf(store.at, store.buffer).checks) {
    const isOne = c.computed && !c.isSure && !isIn(vector, c.computed.free);
    const home = isOne ? row.homeOf(c.computed) : row;
    if (home === row || !home.parent) continue;
    home.guard([conditionOf(c, home, valuesOf)]);
    row.nest.guards.set(c.computed, c.below);
    return;
  }
}

/** Bytes that come from memory together: two lines. */
const together = 128;
/** Totals that stay in registers. */
const mostTotals = 8;

/** Vectors a turn: as many as come together where little is computed, or all goes into totals that fit registers. */
export function copiesOf(kernel: Kernel, vector: Group, { lanes, unroll }: Machine): number {
  const most = together / (4 * lanes);
  if (kernel.stores.every((s) => s.mode === 'add' || isLoad(s.value)))
    return Math.max(1, Math.floor(Math.max(most, unroll) / kernel.stores.length));
  const kept = foldsIn(formulasOf(kernel)).filter((fold) => isIn(vector, fold.free)).length;
  if (kept >= mostTotals) return 1;
  return kept === 0 ? unroll : Math.max(unroll, Math.min(most, Math.floor(mostTotals / kept)));
}
