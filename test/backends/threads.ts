/** Runs single kernels with several threads, however small they are. */

import { emit } from '../../src/backends/wasm/emit.js';
import { hasFusedMultiplyAdd } from '../../src/backends/wasm/features.js';
import { Heap, mostPages } from '../../src/backends/wasm/heap.js';
import { Pace } from '../../src/backends/wasm/pace.js';
import { type Job, Team, teamBytes } from '../../src/backends/wasm/team.js';
import type { Main } from '../../src/backends/wasm/version.js';
import { wasmMachine } from '../../src/backends/wasm/wasm.js';
import { programOf } from '../../src/compiler/schedule/program.js';
import type { TypedArray } from '../../src/core/dtype.js';
import { elementsOf } from '../../src/loops/expression.js';
import { buffersOf, type Kernel } from '../../src/loops/kernel.js';
import type { External } from '../../src/loops/program.js';
import type { Arrays } from './evaluate.js';

const machine = { ...wasmMachine, sharedRows: 0 };
const noMemory = { at: new Map(), bytes: 0 };

export class Crew {
  readonly heap = new Heap(mostPages, true);
  readonly team: Team;
  #jobs = 0;

  constructor(readonly threads: number) {
    this.team = new Team(this.heap.memory, this.heap.allocate(teamBytes(threads)).at, threads);
  }

  /** Until all threads are there. */
  async ready(): Promise<this> {
    while (!this.team.isReady()) await new Promise((resolve) => setImmediate(resolve));
    return this;
  }

  /** What the kernel leaves in its arrays; nothing if its work cannot be shared. */
  run(made: Kernel, arrays: Arrays, times = 1): Map<string, TypedArray> | undefined {
    const externals = buffersOf(made).map((buffer): External => ({ buffer, role: 'variable' }));
    const { procedures, scratch, isSplit } = programOf([made], externals, noMemory, machine);
    if (!isSplit) return undefined;
    const { heap, team, threads } = this;
    const bytes = emit(procedures, { fused: hasFusedMultiplyAdd(), sharedPages: mostPages });
    const module = new WebAssembly.Module(bytes);
    const { exports } = new WebAssembly.Instance(module, { env: { memory: heap.memory } });
    const places = externals.map(({ buffer }) => {
      const place = heap.store(buffer.dtype, elementsOf(buffer));
      place.set(arrays.get(buffer.name)!);
      return place;
    });
    const at = heap.scratchOf(scratch.shared + threads * scratch.own);
    const id = this.#jobs++;
    const job: Job = {
      id,
      code: { module },
      main: exports.main as Main,
      pace: new Pace(),
      args: [...places.map((p) => p.address), at, team.at],
    };
    team.together(job, times);
    const results = new Map(externals.map(({ buffer }, i) => [buffer.name, places[i]!.get()]));
    for (const place of places) place.free();
    team.forget(id);
    return results;
  }
}
