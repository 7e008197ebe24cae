/** Recognises the shape of a kernel's loops and decides how to run it, from sizes and strides alone. */
import type { Pieces } from '../../core/pieces.js';
import type { Body, Kernel } from '../../loops/kernel.js';
import type { Machine } from '../../loops/machine.js';
import type { KernelNest } from '../../loops/nest.js';
import { type ContractionSchedule, scheduleContraction } from './contraction.js';
import { contractionNest } from './contraction-nest.js';
import { type MapSchedule, scheduleMap } from './map.js';
import { mapNest } from './map-nest.js';
import { prepare } from './prepare.js';

/** A kernel that knows by itself how its own kernels run. */
interface BodySchedule {
  readonly form: 'body';
  readonly kernel: Kernel;
  readonly body: Body;
}
export type Schedule = ContractionSchedule | MapSchedule | BodySchedule;

/** How to run a kernel. Every kernel of the loop language can be scheduled: what is nothing else is a map. */
export function schedule(kernel: Kernel, machine: Machine): Schedule {
  if (kernel.body) return { form: 'body', kernel, body: kernel.body };
  const prepared = prepare(kernel);
  return scheduleContraction(prepared, machine) ?? scheduleMap(prepared, machine);
}

/** The loops of a scheduled kernel. */
export function* nestOf(s: Schedule, machine: Machine): Pieces<KernelNest> {
  if (s.form === 'body') return yield* s.body.nest(s.kernel, machine);
  yield;
  return s.form === 'contraction' ? contractionNest(s, machine) : mapNest(s, machine);
}
