/** What makes faster versions of programs, and where it comes from: only Node loads it, and only when it is asked for. */
import type { Loops, Program } from '../loops/program.js';

/** A program in machine code. */
export interface NativeCode {
  readonly loops: Loops;
  /** Of the library, which other threads load as well. */
  readonly path: string;
  /** `main` of the loops; the first argument is a view of the whole memory. */
  readonly run: NativeMain;
  /** The compiler, in a few words. */
  readonly origin: string;
}
export type NativeMain = (memory: Uint8Array, ...numbers: number[]) => void;

export interface Accelerator {
  /** Compiler and vectors, in a few words. */
  describe(): string;
  /** Throws a BackendError where the compiler or the system fails. */
  make(program: Program): NativeCode;
  /** As `make`, in another process, while this one goes on. */
  makeLater(program: Program): Promise<NativeCode>;
}

/** How to get one; both throw a BackendError where there is no compiler. */
export interface AcceleratorSource {
  find(): Accelerator;
  findLater(): Promise<Accelerator>;
}

interface NodeModules {
  createRequire(from: string): (name: './native.js') => { accelerator: AcceleratorSource };
}
interface Surroundings {
  readonly process?: { dlopen?: unknown; getBuiltinModule?(id: string): NodeModules };
}
const { process } = globalThis as Surroundings;

/** Whether machine code can be loaded at all. */
export const mayAccelerate = (): boolean => process?.dlopen !== undefined;

let source: AcceleratorSource | undefined;
/** For surroundings that cannot load it by its name. */
export function offerAccelerator(given: AcceleratorSource | undefined): void {
  source = given;
}

/** Absent in browsers, and where a bundler left the file behind. */
export function acceleratorSource(): AcceleratorSource | undefined {
  if (source) return source;
  try {
    source = process?.getBuiltinModule?.('node:module').createRequire(import.meta.url)(
      './native.js',
    ).accelerator;
  } catch {
    return undefined;
  }
  return source;
}
