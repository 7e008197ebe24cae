/** The C compiler of this machine, if it has one, for tests that need it. */
import { type Accelerator, offerAccelerator } from '../../src/backends/accelerator.js';
import { observeBackends, setBackend } from '../../src/backends/choose.js';
import { accelerator } from '../../src/backends/native/accelerator.js';
import { type Acceleration, Waiting } from '../../src/backends/wasm/acceleration.js';
import { wasmBackend } from '../../src/backends/wasm/wasm.js';
import { MyelinError } from '../../src/core/errors.js';
import { setWarnings } from '../../src/core/warnings.js';

// Node finds the built file by its name; tests run the sources.
offerAccelerator(accelerator);

function find(): Accelerator | undefined {
  try {
    return accelerator.find();
  } catch (error) {
    if (error instanceof MyelinError) return undefined;
    throw error;
  }
}
export const compilerHere = find();

/** Makes `setBackend('native')` take a backend whose programs are C from their first run on, however small they are. It fails where C cannot be had or differs. */
export function everyProgramInC(): void {
  const acceleration = compilerHere && new Waiting(compilerHere, { beforeFirst: true });
  setWarnings((text) => {
    if (/WebAssembly|wasm/.test(text)) throw new Error(text);
  });
  const native = wasmBackend(1, acceleration);
  observeBackends((backend) => (backend.name === native.name ? native : backend));
}

/** Makes `setBackend('wasm')` take a backend whose programs get machine code as this says. */
export function chooseAccelerated(acceleration: Acceleration, threads = 1): void {
  observeBackends(() => wasmBackend(threads, acceleration));
  setBackend('wasm', { threads });
}

/** The backends as they are. */
export function chooseAgain(): void {
  observeBackends((backend) => backend);
  setBackend('wasm');
}
