/** The loops of a whole program: the procedures of each kernel, and `main`, which calls them in order. */
import { atOnce, type Pieces } from '../../core/pieces.js';
import { buffersOf, type Kernel } from '../../loops/kernel.js';
import type { Machine } from '../../loops/machine.js';
import {
  barrier,
  bind,
  type Int,
  isFirstPart,
  type KernelNest,
  load,
  loop,
  type Procedure,
  plus,
  run,
  type Statement,
  set,
  threadParams,
  times,
  when,
} from '../../loops/nest.js';
import type { External, Loops, MemoryPlan } from '../../loops/program.js';
import { prepare } from './prepare.js';
import { nestOf, type Schedule, schedule } from './schedule.js';
import { addressName } from './scope.js';
import { structureOf } from './structure.js';

/** Bytes that every place in memory is a multiple of. */
const alignment = 64;
export const align = (bytes: number) => Math.ceil(bytes / alignment) * alignment;

/** A call of `main`, and whether all threads make it. */
interface Call {
  readonly isSplit: boolean;
  readonly statement: Statement;
}

/** Kernels in order, as statements that read `shared`, `own`, `barrier` and which thread this is. */
export interface Turn {
  readonly procedures: readonly Procedure[];
  readonly body: readonly Statement[];
  readonly scratch: KernelNest['scratch'];
  readonly isSplit: boolean;
}

/** Kernels that differ in their arrays only share procedures. */
export function* turnOf(
  kernels: readonly Kernel[],
  addressOf: (name: string) => Int,
  machine: Machine,
  scheduleOf: (kernel: Kernel, machine: Machine) => Schedule = schedule,
  prefix = '',
): Pieces<Turn> {
  const nests = new Map<string, KernelNest>();
  const calls: Call[] = [];
  for (const [i, given] of kernels.entries()) {
    // Before its arrays are listed: the parts of a formula may read them in another order than the whole.
    const kernel = prepare(given);
    const structure = structureOf(kernel);
    const named = { ...kernel, name: `${prefix}${i}_${kernel.name}` };
    const nest = nests.get(structure) ?? (yield* nestOf(scheduleOf(named, machine), machine));
    nests.set(structure, nest);
    const addresses = buffersOf(kernel).map((b) => addressOf(b.name));
    const args = [...addresses, 'shared', 'own', ...threadParams];
    for (const { procedure, isSplit, waits } of nest.phases)
      calls.push({ isSplit, statement: run(procedure, waits ? [...args, 'barrier'] : args) });
    yield;
  }
  const all = [...nests.values()];
  const most = (area: keyof KernelNest['scratch']) => align(Math.max(0, ...all.map((n) => n.scratch[area])));
  return {
    procedures: all.flatMap((nest) => nest.procedures),
    body: inTurn(calls),
    scratch: { shared: most('shared'), own: most('own') },
    isSplit: calls.some((call) => call.isSplit),
  };
}

/**
 * The scratch memory holds the planned arrays, then what kernels share, then what each thread has for itself.
 */
export function* programInPieces(
  kernels: readonly Kernel[],
  externals: readonly External[],
  memory: MemoryPlan,
  machine: Machine,
  scheduleOf: (kernel: Kernel, machine: Machine) => Schedule = schedule,
): Pieces<Loops> {
  const outside = new Map(externals.map(({ buffer }) => [buffer.name, addressName(buffer)]));
  const addressOf = (name: string): Int => outside.get(name) ?? plus('scratch', memory.at.get(name)!);
  const { procedures, body: turn, scratch, isSplit } = yield* turnOf(kernels, addressOf, machine, scheduleOf);
  const planned = align(memory.bytes);
  const shared = planned + scratch.shared;
  const names = externals.map(({ buffer }) => addressName(buffer));
  const hasTable = names.length >= mostParameters;
  const body = [
    ...(hasTable ? names.flatMap((name, i) => readAddress(name, plus('table', 4 * i))) : []),
    bind('shared', plus('scratch', planned)),
    bind('own', plus('scratch', shared, times('part', scratch.own))),
    loop('step', [0, 'steps', 1], turn),
  ];
  const params = [...(hasTable ? ['table'] : names), 'scratch', 'barrier', ...threadParams, 'steps'];
  return {
    procedures: [...procedures, { name: 'main', exported: true, params, body }],
    scratch: { shared, own: scratch.own },
    hasTable,
    isSplit,
  };
}

export const programOf = (...given: Parameters<typeof programInPieces>): Loops =>
  atOnce(programInPieces(...given));

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
