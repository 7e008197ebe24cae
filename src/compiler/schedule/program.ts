/** The loops of a whole program: the procedures of each kernel, and `main`, which calls them in order. */
import { buffersOf, type Kernel } from '../../loops/kernel.js';
import {
  barrier,
  bind,
  type Int,
  isFirstPart,
  load,
  loop,
  plus,
  run,
  type Statement,
  set,
  threadParams,
  times,
  when,
} from '../../loops/nest.js';
import type { External, Loops, Machine, MemoryPlan } from '../../loops/program.js';
import type { KernelNest } from './map-nest.js';
import { prepare } from './prepare.js';
import { nestOf, type Schedule, schedule } from './schedule.js';
import { addressName } from './scope.js';
import { structureOf } from './structure.js';

/** Bytes that every place in memory is a multiple of. */
const alignment = 64;
const align = (bytes: number) => Math.ceil(bytes / alignment) * alignment;

/** A call of `main`, and whether all threads make it. */
interface Call {
  readonly isSplit: boolean;
  readonly statement: Statement;
}

/**
 * The scratch memory holds the planned arrays, then what kernels share, then what each thread has for itself. Kernels that
 * differ in their arrays only share procedures.
 */
export function programOf(
  kernels: readonly Kernel[],
  externals: readonly External[],
  memory: MemoryPlan,
  machine: Machine,
  scheduleOf: (kernel: Kernel, machine: Machine) => Schedule = schedule,
): Loops {
  const outside = new Map(externals.map(({ buffer }) => [buffer.name, addressName(buffer)]));
  const addressOf = (name: string): Int => outside.get(name) ?? plus('scratch', memory.at.get(name)!);
  const nests = new Map<string, KernelNest>();
  const calls = kernels.flatMap((given, i): Call[] => {
    // Before its arrays are listed: the parts of a formula may read them in another order than the whole.
    const kernel = prepare(given);
    const structure = structureOf(kernel);
    const nest = nests.get(structure) ?? nestOf(scheduleOf(named(kernel, i), machine), machine);
    nests.set(structure, nest);
    const addresses = buffersOf(kernel).map((b) => addressOf(b.name));
    const args = [...addresses, 'shared', 'own', ...threadParams];
    return nest.phases.map(({ procedure, isSplit }) => ({ isSplit, statement: run(procedure, args) }));
  });
  const all = [...nests.values()];
  const most = (area: keyof KernelNest['scratch']) => align(Math.max(0, ...all.map((n) => n.scratch[area])));
  const [planned, own] = [align(memory.bytes), most('own')];
  const shared = planned + most('shared');
  const names = externals.map(({ buffer }) => addressName(buffer));
  const hasTable = names.length >= mostParameters;
  const body = [
    ...(hasTable ? names.flatMap((name, i) => readAddress(name, plus('table', 4 * i))) : []),
    bind('shared', plus('scratch', planned)),
    bind('own', plus('scratch', shared, times('part', own))),
    loop('step', [0, 'steps', 1], inTurn(calls)),
  ];
  const params = [...(hasTable ? ['table'] : names), 'scratch', 'barrier', ...threadParams, 'steps'];
  return {
    procedures: [...all.flatMap((nest) => nest.procedures), { name: 'main', exported: true, params, body }],
    scratch: { shared, own },
    hasTable,
    isSplit: calls.some((call) => call.isSplit),
  };
}

/** The calls in order. Threads wait for each other, but not between two calls that the first thread makes alone. */
function inTurn(calls: readonly Call[]): Statement[] {
  if (calls.every(({ isSplit }) => !isSplit)) return calls.map(({ statement }) => statement);
  const body: Statement[] = [];
  let alone: Statement[] = [];
  const endAlone = () => {
    if (alone.length > 0) body.push(...when([isFirstPart], alone));
    alone = [];
  };
  for (const [i, { isSplit, statement }] of calls.entries()) {
    const next = calls[(i + 1) % calls.length]!;
    if (isSplit) body.push(statement);
    else alone.push(statement);
    if (!isSplit && !next.isSplit && i + 1 < calls.length) continue;
    endAlone();
    if (isSplit || next.isSplit) body.push(barrier);
  }
  return body;
}

/** WebAssembly engines take no function of more than 1000 parameters. */
const mostParameters = 900;
const readAddress = (name: string, at: Int): Statement[] => [
  set('entry', load(at, 1, 'int32')),
  bind(name, { op: 'lane', of: 'entry', lane: 0 }),
];

/** Kernels may have equal names; procedures may not. */
const named = (kernel: Kernel, i: number): Kernel => ({ ...kernel, name: `${i}_${kernel.name}` });
