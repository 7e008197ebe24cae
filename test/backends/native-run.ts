/** Runs single kernels as C that the machine's own compiler compiles, many of them in one library. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emitC } from '../../src/backends/native/emit.js';
import { programOf } from '../../src/compiler/schedule/program.js';
import type { TypedArray } from '../../src/core/dtype.js';
import { type Buffer, bytesOf } from '../../src/loops/expression.js';
import { buffersOf, type Kernel } from '../../src/loops/kernel.js';
import type { Machine } from '../../src/loops/machine.js';
import { bind, loop, type Procedure, plus, run, type Statement, times, when } from '../../src/loops/nest.js';
import type { External, Loops } from '../../src/loops/program.js';
import type { Arrays } from './evaluate.js';

const command = process.env.MYELIN_CC ?? 'cc';
const flags = [
  ...[
    '-O2',
    '-march=native',
    '-ffp-contract=off',
    '-fno-math-errno',
    '-fno-trapping-math',
    '-fPIC',
    '-shared',
  ],
  ...['-fvisibility=hidden', ...(process.platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : [])],
];
export const hasCompiler = spawnSync(command, ['--version']).status === 0;

export type Run = (heap: Uint8Array, ...integers: number[]) => void;

export function compiled(source: string, library: string): void {
  execFileSync(command, [...flags, '-o', library, source], { stdio: 'pipe' });
}
export function load(library: string): Run {
  const module = { exports: {} as Run };
  process.dlopen(module, library);
  return module.exports;
}

/** Compiles a source and loads it; the files are gone when this returns. */
export function loaded(text: string): Run {
  const folder = mkdtempSync(join(tmpdir(), 'myelin-native-'));
  try {
    const [source, library] = [join(folder, 'source.c'), join(folder, 'library.node')];
    writeFileSync(source, text);
    compiled(source, library);
    return load(library);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A machine with so many lanes whose threads share all work. */
export const machineOf = (lanes: number): Machine => {
  const tile = { 4: [8, 3, 29], 8: [6, 2, 15], 16: [12, 2, 28] }[lanes]!;
  const [tileRows, tileVectors, mostLive] = tile as [number, number, number];
  return {
    lanes,
    tileRows,
    tileVectors,
    mostLive,
    leastSums: 10,
    nearBytes: 2 ** 19,
    lineBytes: 64,
    unroll: 2,
    sharedRows: 0,
  };
};

interface Entry {
  readonly buffers: readonly Buffer[];
  readonly loops: Loops;
}

const noMemory = { at: new Map(), bytes: 0 };
const guard = 256;
const slack = 4096;
const mark = 0xa5;

export class Library {
  readonly #entries: readonly Entry[];
  readonly #run: Run;

  constructor(kernels: readonly Kernel[], machine: Machine) {
    this.#entries = kernels.map((kernel) => {
      const buffers = buffersOf(kernel);
      const externals = buffers.map((buffer): External => ({ buffer, role: 'variable' }));
      return { buffers, loops: programOf([kernel], externals, noMemory, machine) };
    });
    this.#run = loaded(emitC(joined(this.#entries.map(({ loops }) => loops)), machine.lanes));
  }

  isSplit(n: number): boolean {
    return this.#entries[n]!.loops.isSplit;
  }

  /** What a kernel leaves in its arrays, its work cut for so many threads; throws when it writes beside them. */
  run(n: number, arrays: Arrays, parts: number): Arrays {
    const { buffers, loops } = this.#entries[n]!;
    let end = 64;
    const places = buffers.map((buffer) => {
      const at = end;
      end = Math.ceil((at + bytesOf(buffer) + guard) / 64) * 64;
      return at;
    });
    const scratch = end;
    const all = scratch + loops.scratch.shared + parts * loops.scratch.own;
    const memory = new WebAssembly.Memory({ initial: Math.ceil((all + guard + slack) / 65536) });
    const heap = new Uint8Array(memory.buffer).fill(mark);
    const views = buffers.map(({ name }, i) => {
      const given = arrays.get(name)!;
      const view = new (given.constructor as Float32ArrayConstructor)(memory.buffer, places[i], given.length);
      view.set(given);
      return view as TypedArray;
    });
    this.#run(heap, n, parts, scratch, 0, ...places, ...Array(most(this.#entries) - places.length).fill(0));
    const isInside = (i: number) => places.some((at, b) => i >= at && i < at + bytesOf(buffers[b]!));
    const before = heap.subarray(0, scratch).findIndex((x, i) => x !== mark && !isInside(i));
    const after = heap.subarray(all).findIndex((x) => x !== mark);
    if (before >= 0 || after >= 0) throw new Error(`wrote beside the arrays: ${before}, ${after} of ${all}`);
    return new Map(buffers.map(({ name }, i) => [name, views[i]!.slice()]));
  }
}

const most = (entries: readonly Entry[]): number => Math.max(...entries.map(({ buffers }) => buffers.length));

/** One program out of many: `main(which, parts, scratch, barrier, ...arrays)`. */
export function joined(all: readonly Loops[]): Procedure[] {
  const count = Math.max(...all.map(({ procedures }) => procedures.at(-1)!.params.length - 5));
  const arrays = Array.from({ length: count }, (_, i) => `array${i}`);
  const renamed = all.flatMap(({ procedures }, n) => procedures.map((p) => apart(p, `${n} `)));
  const body = all.flatMap(({ procedures }, n) => {
    const main = procedures.at(-1)!;
    const args = [...arrays.slice(0, main.params.length - 5), 'scratch', 'barrier', 0, 'parts', 1];
    return when([{ value: plus('which', -n), below: 1 }], [run(`${n} ${main.name}`, args)]);
  });
  return [...renamed, { name: 'main', params: ['which', 'parts', 'scratch', 'barrier', ...arrays], body }];
}

/** The procedure under another name; threads take their turns one after another, from barrier to barrier. */
function apart(p: Procedure, prefix: string): Procedure {
  const statements = (body: readonly Statement[]): Statement[] =>
    body.flatMap((s) => {
      if (s.kind === 'call') return { ...s, procedure: prefix + s.procedure };
      if (s.kind === 'loop') return { ...s, body: statements(s.body) };
      return s.kind === 'if' ? when(s.inside, statements(s.then), statements(s.otherwise)) : s;
    });
  const body = statements(p.body);
  const steps = body.at(-1);
  const name = prefix + p.name;
  if (p.name !== 'main' || steps?.kind !== 'loop') return { ...p, name, body };
  const pieces: Statement[][] = [[]];
  for (const s of steps.body) {
    if (s.kind === 'barrier') pieces.push([]);
    else pieces.at(-1)!.push(s);
  }
  const begin = body.slice(0, -1);
  const turns = pieces.map((piece) => loop('part', [0, 'parts', 1], [...begin, ...piece]));
  return { ...p, name, body: [bind('part', times('part', 0)), loop('step', [0, 'steps', 1], turns)] };
}
