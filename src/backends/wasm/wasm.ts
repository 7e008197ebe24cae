/** Programs as WebAssembly modules over one heap. */
import { bug } from '../../core/errors.js';
import type { Procedure } from '../../loops/nest.js';
import type { Machine, Program } from '../../loops/program.js';
import type { Backend, Executable, Storage } from '../backend.js';
import { emit } from './emit.js';
import { hasFusedMultiplyAdd } from './features.js';
import { Heap, WasmStorage } from './heap.js';

/** 4 by 8 floats and one step of k a turn: more live vectors or more unrolling spill in V8 11 and 12. */
export const wasmMachine: Machine = { lanes: 4, tileRows: 4, tileVectors: 2, unroll: 2 };

type Main = (...addresses: number[]) => void;

/** Throws a BackendError where WebAssembly or its vectors are missing. */
export function wasmBackend(): Backend {
  const fused = hasFusedMultiplyAdd();
  const heap = new Heap();
  const rounding = fused ? 'fused multiply-add' : 'no fused multiply-add, so multiply and add round apart';
  return {
    name: 'wasm',
    machine: wasmMachine,
    describe: () => `wasm: 128-bit vectors, ${rounding}, one thread`,
    reservedBytes: () => heap.memory.buffer.byteLength,
    allocate: (dtype, size) => heap.store(dtype, size),
    compile: (program) => compile(program, heap, fused),
  };
}

function compile({ procedures, externals }: Program, heap: Heap, fused: boolean): Executable {
  if (!procedures) throw bug('a program with loop nests', 'formulas only');
  const main = procedures.find((p) => p.exported)!;
  const module = new WebAssembly.Module(emit(procedures, { fused }));
  const instance = new WebAssembly.Instance(module, { env: { memory: heap.memory } });
  const run = instance.exports[main.name] as Main;
  return {
    bind(places) {
      if (places.length !== externals.length) throw bug(`${externals.length} arrays`, `${places.length}`);
      return bound(run, places, heap, main);
    },
  };
}

/** The scratch memory may move between calls, so its address is looked up at each. */
function bound(run: Main, places: readonly Storage[], heap: Heap, main: Procedure): () => void {
  const storages = places.map((place) => {
    if (place instanceof WasmStorage && place.heap === heap) return place;
    throw bug('arrays of this backend', 'an array of another');
  });
  heap.scratchOf(main.scratch ?? 0);
  const addresses = storages.map((s) => s.address);
  const table = main.hasTable && heap.store('int32', addresses.length);
  if (table) table.set(addresses);
  // All that a call needs, the arrays too: were they collected, their places would be given to others.
  const call = { addresses: table ? [table.address, 0] : [...addresses, 0], arrays: [storages, table] };
  const last = call.addresses.length - 1;
  return () => {
    call.addresses[last] = heap.scratchAt;
    run(...call.addresses);
  };
}
