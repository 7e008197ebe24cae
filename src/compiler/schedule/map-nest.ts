/** The loop nest of everything that is not a contraction. */
import { pointsOf } from '../../loops/axis.js';
import { buffersOf, formulasOf, type Kernel } from '../../loops/kernel.js';
import type { Procedure, Statement } from '../../loops/nest.js';
import type { Machine } from '../../loops/program.js';
import { usesOf, valuesOf } from './evaluate.js';
import type { MapSchedule } from './map.js';
import { addressName, Nest, Scope } from './scope.js';
import { storeAll } from './store.js';
import { vectorLoop } from './vector-loop.js';

export interface KernelNest {
  /** The last one runs the kernel; it takes the addresses of the kernel's arrays, then of scratch memory. */
  readonly procedures: readonly Procedure[];
  /** Bytes of scratch memory. */
  readonly scratch: number;
}

export const paramsOf = (kernel: Kernel): string[] => [...buffersOf(kernel).map(addressName), 'scratch'];

export function mapNest(schedule: MapSchedule, machine: Machine): KernelNest {
  const { kernel } = schedule;
  const nest = new Nest(machine.lanes, usesOf(formulasOf(kernel)), schedule.pinned);
  const body = pointsOf(kernel.axes) === 0 ? [] : bodyOf(schedule, machine, nest);
  return { procedures: [{ name: kernel.name, params: paramsOf(kernel), body }], scratch: nest.scratch };
}

function bodyOf({ kernel, outer, vector }: MapSchedule, machine: Machine, nest: Nest): Statement[] {
  const all = new Scope(nest);
  const row = all.within(outer);
  const point = (scope: Scope) => storeAll(kernel.stores, scope, valuesOf);
  if (vector) vectorLoop(row, vector, machine.unroll, point);
  else point(row);
  row.closeUpTo(all);
  return all.body;
}
