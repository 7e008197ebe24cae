/** The loops of a whole program: one procedure a kernel, and `main`, which calls them in order. */
import { buffersOf, type Kernel } from '../../loops/kernel.js';
import { bind, type Int, load, type Procedure, plus, run, type Statement, set } from '../../loops/nest.js';
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
 * the kernels need for themselves. Kernels that differ in their arrays only share a procedure. Very many addresses
 * come in a table instead.
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
  const main = { name: 'main', exported: true, scratch: planned + scratch };
  const names = externals.map(({ buffer }) => addressName(buffer));
  if (names.length < mostParameters) return [...procedures, { ...main, params: [...names, 'scratch'], body }];
  const reads = names.flatMap((name, i) => readAddress(name, plus('table', 4 * i)));
  return [
    ...procedures,
    { ...main, params: ['table', 'scratch'], body: [...reads, ...body], hasTable: true },
  ];
}

/** WebAssembly engines take no function of more than 1000 parameters. */
const mostParameters = 900;
const readAddress = (name: string, at: Int): Statement[] => [
  set('entry', load(at, 1, 'int32')),
  bind(name, { op: 'lane', of: 'entry', lane: 0 }),
];

/** Kernels may have equal names; procedures may not. */
const named = (kernel: Kernel, i: number): Kernel => ({ ...kernel, name: `${i}_${kernel.name}` });
