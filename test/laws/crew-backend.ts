/** WebAssembly with several threads that share each program, however small it is. */
import type { Backend } from '../../src/backends/backend.js';
import { observeBackends, setBackend } from '../../src/backends/choose.js';
import { emit } from '../../src/backends/wasm/emit.js';
import { hasFusedMultiplyAdd } from '../../src/backends/wasm/features.js';
import { mostPages, type WasmStorage } from '../../src/backends/wasm/heap.js';
import { Pace } from '../../src/backends/wasm/pace.js';
import type { Job } from '../../src/backends/wasm/team.js';
import type { Main } from '../../src/backends/wasm/version.js';
import { wasmMachine } from '../../src/backends/wasm/wasm.js';
import type { Program } from '../../src/loops/program.js';
import { Crew } from '../backends/threads.js';

/** Programs that were shared. */
let shared = 0;
export const sharedPrograms = (): number => shared;

function executable({ loops }: Program, { heap, team, threads }: Crew, id: number) {
  const { procedures, scratch, hasTable, isSplit } = loops!;
  if (hasTable) throw new Error('No tables of addresses here.');
  const module = new WebAssembly.Module(
    emit(procedures, { fused: hasFusedMultiplyAdd(), sharedPages: mostPages }),
  );
  const { exports } = new WebAssembly.Instance(module, { env: { memory: heap.memory } });
  const main = exports.main as Main;
  return {
    bind: (places: readonly unknown[]) => {
      return (steps = 1) => {
        const addresses = (places as WasmStorage[]).map((place) => place.address);
        const at = heap.scratchOf(scratch.shared + threads * scratch.own);
        const job: Job = { id, code: { module }, main, pace: new Pace(), args: [...addresses, at, team.at] };
        if (isSplit) shared++;
        if (isSplit) team.together(job, steps);
        else main(...job.args, 0, 1, steps);
      };
    },
  };
}

/** Makes `setBackend('wasm', { threads })` take threads that work together always; resolves when they are there. */
export async function chooseCrew(threads: number): Promise<void> {
  const crew = await new Crew(threads).ready();
  let programs = 0;
  const backend: Backend = {
    name: 'wasm',
    machine: { ...wasmMachine, sharedRows: 0 },
    describe: () => `wasm: a crew of ${threads}`,
    reservedBytes: () => 0,
    allocate: (dtype, size) => crew.heap.store(dtype, size),
    compile: (program) => executable(program, crew, programs++),
    compileAsync: async (program) => executable(program, crew, programs++),
  };
  observeBackends(() => backend);
  setBackend('wasm', { threads });
}
