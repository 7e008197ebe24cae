/** Programs as WebAssembly modules over one heap. */
import { bug } from '../../core/errors.js';
import { atOnce, inTurns } from '../../core/pieces.js';
import type { Machine } from '../../loops/machine.js';
import type { Loops, Program } from '../../loops/program.js';
import type { Backend, Executable, Storage } from '../backend.js';
import { emitting } from './emit.js';
import { hasFusedMultiplyAdd } from './features.js';
import { Heap, mostPages, WasmStorage } from './heap.js';
import { Pace } from './pace.js';
import { type Job, type Main, Team, teamBytes } from './team.js';
import { defaultThreads } from './threads.js';

/**
 * 4 by 8 floats and one step of k a turn: more live vectors or more unrolling spill in V8 11 and 12. Work that threads share
 * takes some microseconds, where meeting takes some tenths.
 */
export const wasmMachine: Machine = {
  lanes: 4,
  tileRows: 4,
  tileVectors: 2,
  unroll: 2,
  sharedRows: 2 ** 16,
};

// These take a few milliseconds; another thread takes longer to come to them, when it is busy with JavaScript.
const shortBytes = 2 ** 15;

/** Throws a BackendError where WebAssembly or its vectors are missing. */
export function wasmBackend(threads: number = defaultThreads()): Backend {
  const fused = hasFusedMultiplyAdd();
  const engine = new Engine(fused, threads);
  const rounding = fused ? 'fused multiply-add' : 'no fused multiply-add, so multiply and add round apart';
  const count = threads === 1 ? 'one thread' : `${threads} threads`;
  return {
    name: 'wasm',
    machine: wasmMachine,
    describe: () => `wasm: 128-bit vectors, ${rounding}, ${count}`,
    reservedBytes: () => engine.heap.memory.buffer.byteLength,
    allocate: (dtype, size) => engine.heap.store(dtype, size),
    compile: (program) => {
      const bytes = atOnce(engine.emit(program));
      return engine.executable(program, new WebAssembly.Module(bytes));
    },
    compileAsync: async (program, rest) => {
      const bytes = await inTurns(engine.emit(program), rest);
      const isShort = bytes.length <= shortBytes;
      return engine.executable(
        program,
        isShort ? new WebAssembly.Module(bytes) : await WebAssembly.compile(bytes),
      );
    },
  };
}

class Engine {
  readonly heap: Heap;
  readonly #team: Team;
  readonly #gone: FinalizationRegistry<number>;
  #programs = 0;

  constructor(
    readonly fused: boolean,
    readonly threads: number,
  ) {
    this.heap = new Heap(mostPages, threads > 1);
    this.#team = new Team(this.heap.memory, this.heap.allocate(teamBytes(threads)).at, threads);
    this.#gone = new FinalizationRegistry((id) => this.#team.forget(id));
  }

  emit({ loops }: Program) {
    if (!loops) throw bug('a program with loop nests', 'formulas only');
    const sharedPages = this.threads > 1 ? mostPages : undefined;
    return emitting(loops.procedures, { fused: this.fused, sharedPages });
  }

  executable({ externals, loops }: Program, module: WebAssembly.Module): Executable {
    const { memory } = this.heap;
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    const job = { id: this.#programs++, module, main: exports.main as Main, pace: new Pace() };
    // Not with the executable: what it has bound runs on without it.
    this.#gone.register(job, job.id);
    return {
      bind: (places) => {
        if (places.length !== externals.length) throw bug(`${externals.length} arrays`, `${places.length}`);
        return this.#bound(loops!, places, (args) => ({ ...job, args }));
      },
    };
  }

  /** The scratch memory may move between calls, so its address is looked up at each. */
  #bound(loops: Loops, places: readonly Storage[], jobAt: (args: readonly number[]) => Job) {
    const { heap } = this;
    const storages = places.map((place) => {
      if (place instanceof WasmStorage && place.heap === heap) return place;
      throw bug('arrays of this backend', 'an array of another');
    });
    const threads = loops.isSplit ? this.threads : 1;
    const scratch = loops.scratch.shared + threads * loops.scratch.own;
    heap.scratchOf(scratch);
    const addresses = storages.map((s) => s.address);
    const table = loops.hasTable && heap.store('int32', addresses.length);
    if (table) table.set(addresses);
    const makeJob = () => jobAt([...(table ? [table.address] : addresses), heap.scratchAt, this.#team.at]);
    // The arrays belong to the call: were they collected, their places would be given to others.
    const call = { job: makeJob(), scratchAt: heap.scratchAt, arrays: [storages, table] };
    return (steps = 1): void => {
      if (call.scratchAt !== heap.scratchAt)
        Object.assign(call, { job: makeJob(), scratchAt: heap.scratchAt });
      if (threads > 1) this.#team.run(call.job, steps);
      else call.job.main(...call.job.args, 0, 1, steps);
    };
  }
}
