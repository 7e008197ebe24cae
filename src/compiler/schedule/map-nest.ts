/** The loop nest of everything that is not a contraction. */
import { pointsOf } from '../../loops/axis.js';
import { buffersOf, formulasOf, type Kernel } from '../../loops/kernel.js';
import { type Procedure, type Statement, threadParams } from '../../loops/nest.js';
import type { Machine } from '../../loops/program.js';
import { usesOf, valuesOf } from './evaluate.js';
import type { MapSchedule } from './map.js';
import { addressName, Nest, Scope } from './scope.js';
import { storeAll } from './store.js';
import { vectorLoop } from './vector-loop.js';

/** A procedure that is called by its name; all threads wait for each other before the next. */
export interface Phase {
  readonly procedure: string;
  /** Whether each thread does its share; else the first one does it all. */
  readonly isSplit: boolean;
}

export interface KernelNest {
  readonly procedures: readonly Procedure[];
  /** What runs the kernel, in order: each takes what `paramsOf` names. */
  readonly phases: readonly Phase[];
  /** Bytes of scratch memory that all threads see, and of each thread's own. */
  readonly scratch: { readonly shared: number; readonly own: number };
}

/** The kernel's arrays, scratch memory that all threads see, this thread's own, and which thread it is. */
export const paramsOf = (kernel: Kernel): string[] => [
  ...buffersOf(kernel).map(addressName),
  'shared',
  'scratch',
  ...threadParams,
];

export function mapNest(schedule: MapSchedule, machine: Machine): KernelNest {
  const { kernel, split } = schedule;
  const nest = new Nest(machine.lanes, usesOf(formulasOf(kernel)), schedule.pinned);
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
  if (vector) vectorLoop(row, vector, machine.unroll, point, vector === split);
  else point(row);
  row.closeUpTo(all);
  return all.body;
}
