/** The loops of a whole program: one procedure a kernel, and `main`, which calls them in order. */
import { buffersOf, type Kernel } from '../../loops/kernel.js';
import { type Int, type Procedure, plus, run, type Statement } from '../../loops/nest.js';
import type { External, Machine, MemoryPlan } from '../../loops/program.js';
import type { KernelNest } from './map-nest.js';
import { prepare } from './prepare.js';
import { nestOf, schedule } from './schedule.js';
import { addressName } from './scope.js';
import { structureOf } from './structure.js';

/** Bytes that every place in memory is a multiple of. */
const alignment = 64;
const align = (bytes: number) => Math.ceil(bytes / alignment) * alignment;

/**
 * `main` takes the address of each external, then one of `scratch` bytes: the planned arrays, and behind them what
 * the kernels need for themselves. Kernels that differ in their arrays only share a procedure.
 */
export function programOf(
  kernels: readonly Kernel[],
  externals: readonly External[],
  memory: MemoryPlan,
  machine: Machine,
): Procedure[] {
  const planned = align(memory.bytes);
  const outside = new Map(externals.map(({ buffer }) => [buffer.name, addressName(buffer)]));
  const addressOf = (name: string): Int => outside.get(name) ?? plus('scratch', memory.at.get(name)!);
  const nests = new Map<string, KernelNest>();
  const body = kernels.map((given, i): Statement => {
    // Before its arrays are listed: the parts of a formula may read them in another order than the whole.
    const kernel = prepare(given);
    const structure = structureOf(kernel);
    const nest = nests.get(structure) ?? nestOf(schedule(named(kernel, i), machine), machine);
    nests.set(structure, nest);
    const addresses = buffersOf(kernel).map((b) => addressOf(b.name));
    return run(nest.procedures[nest.procedures.length - 1]!.name, [...addresses, plus('scratch', planned)]);
  });
  const procedures = [...nests.values()].flatMap((nest) => nest.procedures);
  const scratch = Math.max(0, ...[...nests.values()].map((nest) => nest.scratch));
  const params = [...externals.map(({ buffer }) => addressName(buffer)), 'scratch'];
  return [...procedures, { name: 'main', params, body, exported: true, scratch: planned + scratch }];
}

/** Kernels may have equal names; procedures may not. */
const named = (kernel: Kernel, i: number): Kernel => ({ ...kernel, name: `${i}_${kernel.name}` });
