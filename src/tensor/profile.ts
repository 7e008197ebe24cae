/**
 * Times every kernel: each becomes a program of its own, and a run of the whole is one call after the other. It stands
 * before any backend and is loaded only when asked for.
 */
import type { Backend, Executable, Storage } from '../backends/backend.js';
import { observeBackends } from '../backends/choose.js';
import { printSchedules } from '../compiler/print.js';
import { programInPieces, programOf } from '../compiler/schedule/program.js';
import { bytesMoved, operationsOf } from '../compiler/work.js';
import { type Buffer, elementsOf, forgetFormulas } from '../loops/expression.js';
import { buffersOf, type Kernel } from '../loops/kernel.js';
import type { Machine } from '../loops/machine.js';
import type { Program } from '../loops/program.js';

/** A kernel and the time it took so far. */
interface Timed {
  readonly kernel: Kernel;
  readonly executable: Executable;
  readonly machine: Machine | undefined;
  milliseconds: number;
}
interface Profile {
  readonly timed: readonly Timed[];
  runs: number;
}

const profiles: Profile[] = [];

/**
 * Times each kernel of each program from now on. Call it before anything else of the package; in Node, `MYELIN_PROFILE=1`
 * in the environment does, and prints `profileText()` when the process ends. Programs run more slowly, and a kernel of
 * less than a microsecond appears longer than it is. Of a program that runs more often the first two runs do not count, because
 * compilers work during them.
 *
 * @example
 * import type { Sequential, Tensor } from 'myelin';
 * import { profile, profileText } from 'myelin/profile';
 * const train = async (model: Sequential, x: Tensor, y: Tensor) => {
 *   profile();
 *   await model.fit(x, y);
 *   console.log(profileText());
 * };
 */
export function profile(): void {
  observeBackends((backend) => {
    const compile = (program: Program) => timedProgram(backend, program);
    return { ...backend, compile, compileAsync: async (program) => compile(program) };
  });
}

function timedProgram(backend: Backend, program: Program): Executable {
  const { machine } = backend;
  const timed = program.kernels.map((kernel): Timed => {
    const executable = backend.compile(programOfOne(kernel, machine));
    return { kernel, executable, machine, milliseconds: 0 };
  });
  forgetFormulas();
  const profile: Profile = { timed, runs: 0 };
  profiles.push(profile);
  return { bind: (places) => boundInTurn(backend, program, places, profile) };
}

/** All arrays of the kernel come from outside. */
function programOfOne(kernel: Kernel, machine: Machine | undefined): Program {
  const externals = buffersOf(kernel).map((buffer) => ({ buffer, role: 'input' as const }));
  const memory = { at: new Map<string, number>(), bytes: 0 };
  const loops = machine && programOf([kernel], externals, memory, machine);
  const scheduledFor = (another: Machine) => programInPieces([kernel], externals, memory, another);
  return { kernels: [kernel], externals, memory, scheduledFor, ...(loops && { loops }) };
}

function boundInTurn(
  backend: Backend,
  { externals, kernels }: Program,
  places: readonly Storage[],
  profile: Profile,
): (steps?: number) => void {
  const placeOf = new Map(externals.map(({ buffer }, i) => [buffer.name, places[i]!]));
  const sizes = new Map<string, number>();
  for (const buffer of kernels.flatMap(buffersOf))
    sizes.set(buffer.name, Math.max(sizes.get(buffer.name) ?? 0, elementsOf(buffer)));
  const place = ({ name, dtype }: Buffer): Storage => {
    const known = placeOf.get(name) ?? backend.allocate(dtype, sizes.get(name)!);
    placeOf.set(name, known);
    return known;
  };
  const calls = profile.timed.map((timed) => {
    return { timed, run: timed.executable.bind(buffersOf(timed.kernel).map(place)) };
  });
  let runs = 0;
  return (steps = 1) => {
    for (let step = 0; step < steps; step++) {
      if (runs++ === firstRuns) forgetTimes(profile);
      for (const { timed, run } of calls) time(timed, run);
      profile.runs++;
    }
  };
}

// Compilers work during the first and the second run of a program.
const firstRuns = 2;
function forgetTimes(profile: Profile): void {
  for (const timed of profile.timed) timed.milliseconds = 0;
  profile.runs = 0;
}

function time(timed: Timed, run: () => void): void {
  const start = performance.now();
  run();
  timed.milliseconds += performance.now() - start;
}

/** So many programs have a table. */
const mostTables = 12;

/**
 * A table for each program that ran since `profile()`, those with most time first: for each kernel microseconds a run,
 * its share, billions of operations a second, and the bytes it reads and writes, also by the second.
 */
export function profileText(): string {
  const took = ({ timed }: Profile) => timed.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const ran = profiles.filter(({ runs }) => runs > 0).sort((a, b) => took(b) - took(a));
  const tables = ran.slice(0, mostTables).map((each) => tableOf(each, took(each)));
  const rest = ran.length - tables.length;
  return [...tables, ...(rest > 0 ? [`${rest} more programs took less time`] : [])].join('\n\n');
}

const widths = [10, 7, 9, 9, 11];
const row = (cells: readonly (string | number)[], name: string) =>
  `${cells.map((cell, i) => `${typeof cell === 'number' ? cell.toFixed(1) : cell}`.padStart(widths[i]!)).join('')}  ${name}`;

function tableOf({ timed, runs }: Profile, total: number): string {
  const each = (total * 1000) / runs;
  const head = `kernels: ${timed.length}, runs: ${runs}, a run: ${each.toFixed(1)} µs`;
  const rows = timed.map(({ kernel, machine, milliseconds }) => {
    const microseconds = (milliseconds * 1000) / runs;
    const [operations, bytes] = [operationsOf(kernel), bytesMoved(kernel)];
    const rates = [operations / microseconds / 1000, bytes / microseconds / 1000];
    return row([microseconds, (100 * microseconds) / each, ...rates, bytes / 1000], labelOf(kernel, machine));
  });
  return [head, row(['µs', '%', 'GFLOP/s', 'GB/s', 'kB'], 'kernel'), ...rows].join('\n');
}

/** The name, the form of the loops and their sizes, and the layers it comes from. */
function labelOf(kernel: Kernel, machine: Machine | undefined): string {
  const schedule = machine ? printSchedules([kernel], machine).split('\n')[0]! : kernel.name;
  const sizes = kernel.axes.map(({ size }) => size).join(' x ') || 'one point';
  const isSized = schedule.includes(' deep');
  return `${schedule}${isSized ? '' : ` ${sizes}`}${kernel.path && ` (${kernel.path})`}`;
}
