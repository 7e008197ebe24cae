/** Recognises the shape of a kernel's loops and decides how to run it, from sizes and strides alone. */
import type { Kernel } from '../../loops/kernel.js';
import type { Machine } from '../../loops/program.js';
import { type ContractionSchedule, scheduleContraction } from './contraction.js';
import { contractionNest } from './contraction-nest.js';
import { type MapSchedule, scheduleMap } from './map.js';
import { type KernelNest, mapNest } from './map-nest.js';
import { prepare } from './prepare.js';

export type Schedule = ContractionSchedule | MapSchedule;

/** How to run a kernel. Every kernel of the loop language can be scheduled: what is nothing else is a map. */
export function schedule(kernel: Kernel, machine: Machine): Schedule {
  const prepared = prepare(kernel);
  return scheduleContraction(prepared, machine) ?? scheduleMap(prepared, machine);
}

/** The loops of a scheduled kernel. */
export const nestOf = (s: Schedule, machine: Machine): KernelNest =>
  s.form === 'contraction' ? contractionNest(s, machine) : mapNest(s, machine);
