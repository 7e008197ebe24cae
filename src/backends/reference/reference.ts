/**
 * The reference: walks the formulas of each kernel, point by point, as closures over plain arrays. No generated code,
 * no speed: the oracle of the tests in float64, and the last resort where WebAssembly is not allowed in float32.
 */
import type { DType, TypedArray } from '../../core/dtype.js';
import type { Arrays } from '../../loops/kernel.js';
import type { Program } from '../../loops/program.js';
import type { Backend, Executable, Storage, Window } from '../backend.js';
import { allocate, type Precision, runnerOf } from './walk.js';

class ArrayStorage implements Storage {
  readonly values: TypedArray;

  constructor(
    readonly dtype: DType,
    readonly size: number,
    protected readonly precision: Precision,
  ) {
    this.values = allocate(dtype, size, precision);
  }

  set(values: ArrayLike<number>, from = 0): void {
    this.values.set(values, from);
  }
  get(): TypedArray {
    return this.values.slice();
  }
  copyTo(values: TypedArray, at: number): void {
    values.set(this.values, at);
  }
  free(): void {}
  window(size: number): Window {
    return new ArrayWindow(this, size, this.precision);
  }
}

/** A copy: programs keep the arrays that they are bound to. */
class ArrayWindow extends ArrayStorage implements Window {
  constructor(
    readonly whole: ArrayStorage,
    size: number,
    precision: Precision,
  ) {
    super(whole.dtype, size, precision);
    this.moveTo(0);
  }

  moveTo(from: number): void {
    this.set(this.whole.values.subarray(from, from + this.size));
  }
}

export function referenceBackend(precision: Precision = 'float32'): Backend {
  return {
    name: 'reference',
    describe: () => `reference: formulas walked in ${precision}, one thread, no generated code`,
    reservedBytes: () => 0,
    allocate: (dtype, size) => new ArrayStorage(dtype, size, precision),
    compile: (program) => executable(program, precision),
    compileAsync: async (program) => executable(program, precision),
  };
}

function executable(program: Program, precision: Precision): Executable {
  const runners = program.kernels.map((kernel) => runnerOf(kernel, precision));
  return {
    bind(places) {
      const memory: Arrays = new Map();
      for (const [i, { buffer }] of program.externals.entries()) {
        memory.set(buffer.name, (places[i] as ArrayStorage).values);
      }
      for (const kernel of program.kernels) {
        for (const { buffer } of kernel.stores) {
          const size = buffer.shape.reduce((n, d) => n * d, 1);
          if (!memory.has(buffer.name)) memory.set(buffer.name, allocate(buffer.dtype, size, precision));
        }
      }
      return (steps = 1) => {
        for (let step = 0; step < steps; step++) for (const run of runners) run(memory);
      };
    },
  };
}
