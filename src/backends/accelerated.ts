/** The backends whose programs may run in machine code. */
import { MyelinError, problem } from '../core/errors.js';
import { warnOnce } from '../core/warnings.js';
import { type Accelerator, acceleratorSource, mayAccelerate } from './accelerator.js';
import type { Backend } from './backend.js';
import { Background, Waiting } from './wasm/acceleration.js';
import { hasFusedMultiplyAdd } from './wasm/features.js';
import { wasmBackend } from './wasm/wasm.js';

/** Programs wait for the compiler. Where machine code cannot be had, that is said, and they run in WebAssembly. */
export function nativeBackend(threads?: number): Backend {
  try {
    return wasmBackend(threads, new Waiting(findAccelerator()));
  } catch (error) {
    if (!(error instanceof MyelinError)) throw error;
    warnOnce('native', `${error.message}\nPrograms run on the wasm backend instead.`);
    return wasmBackend(threads);
  }
}

/** Programs begin in WebAssembly, and those that run long go on in machine code where it can be had. */
export const defaultBackend = (threads?: number): Backend =>
  wasmBackend(threads, mayAccelerate() ? new Background(findLater) : undefined);

async function findLater(): Promise<Accelerator> {
  checkRounding();
  return await sourceOrThrow().findLater();
}
function findAccelerator(): Accelerator {
  checkRounding();
  return sourceOrThrow().find();
}

const cannot = (received: string) =>
  problem('backend-missing', {
    subject: "Backend 'native'",
    expected: 'Node, the whole package in its folder, and fused multiply-add in WebAssembly',
    received,
    fix: "Use setBackend('wasm'). A bundler must leave this package where it is installed.",
  });

/** The results must not depend on which version of a program runs. */
function checkRounding(): void {
  if (!hasFusedMultiplyAdd()) throw cannot('WebAssembly that rounds twice');
}
function sourceOrThrow() {
  const source = mayAccelerate() ? acceleratorSource() : undefined;
  if (source) return source;
  throw cannot('surroundings without it');
}
