/** Programs as WebAssembly modules over one heap. */
import { atOnce, inTurns } from '../../core/pieces.js';
import type { Machine } from '../../loops/machine.js';
import type { Backend } from '../backend.js';
import { type Acceleration, noAcceleration } from './acceleration.js';
import { Engine } from './engine.js';
import { hasFusedMultiplyAdd } from './features.js';
import { defaultThreads } from './threads.js';

/**
 * 4 by 8 floats and one step of k a turn: more live vectors or more unrolling spill in V8 11 and 12. Work that threads share
 * takes some microseconds, where meeting takes some tenths.
 */
export const wasmMachine: Machine = {
  lanes: 4,
  tileRows: 4,
  tileVectors: 2,
  mostLive: 13,
  leastSums: 6,
  nearBytes: 2 ** 15,
  lineBytes: 0,
  unroll: 2,
  sharedRows: 2 ** 16,
};

// These take a few milliseconds; another thread takes longer to come to them, when it is busy with JavaScript.
const shortBytes = 2 ** 15;

/** Throws a BackendError where WebAssembly or its vectors are missing. */
export function wasmBackend(
  threads: number = defaultThreads(),
  acceleration: Acceleration = noAcceleration,
): Backend {
  const fused = hasFusedMultiplyAdd();
  const engine = new Engine(fused, threads);
  const rounding = fused ? 'fused multiply-add' : 'no fused multiply-add, so multiply and add round apart';
  return {
    name: acceleration.vectors ? 'native' : 'wasm',
    machine: wasmMachine,
    describe: () => {
      const { vectors, ending = '' } = acceleration;
      const count = engine.threadsLeft === 1 ? 'one thread' : `${threads} threads`;
      return `${vectors ? `native: ${vectors}` : 'wasm: 128-bit vectors'}, ${rounding}, ${count}${ending}`;
    },
    reservedBytes: () => engine.heap.memory.buffer.byteLength,
    allocate: (dtype, size) => engine.heap.store(dtype, size),
    compile: (program) => {
      const bytes = atOnce(engine.emit(program));
      const { versions, executable } = engine.executable(program, new WebAssembly.Module(bytes));
      acceleration.begin(program, versions);
      return executable;
    },
    compileAsync: async (program, rest) => {
      const bytes = await inTurns(engine.emit(program), rest);
      const isShort = bytes.length <= shortBytes;
      const module = isShort ? new WebAssembly.Module(bytes) : await WebAssembly.compile(bytes);
      const { versions, executable } = engine.executable(program, module);
      await acceleration.beginLater(program, versions, rest);
      return executable;
    },
  };
}
