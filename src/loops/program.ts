/** A whole program: kernels in order and the arrays they work on. What a compiler makes and a backend runs. */
import type { TypedArray } from '../core/dtype.js';
import type { Pieces } from '../core/pieces.js';
import type { Buffer } from './expression.js';
import type { Kernel } from './kernel.js';
import type { Machine } from './machine.js';
import type { Procedure } from './nest.js';

/** An array that outlives a run; whoever runs the program says where it lies. */
export interface External {
  readonly buffer: Buffer;
  readonly role: 'input' | 'variable' | 'output' | 'constant';
  /** What the caller calls an input or an output. Its array may need another name, to be the only one of it. */
  readonly name?: string;
  /** The variable, for whoever knows where it lies. */
  readonly key?: object;
  /** What a constant holds. */
  readonly values?: TypedArray;
}

/** Where the arrays lie that live during one run only: bytes from the start of the program's own memory. */
export interface MemoryPlan {
  readonly at: ReadonlyMap<string, number>;
  readonly bytes: number;
}

/** The loops of a whole program. */
export interface Loops {
  /**
   * The last one, `main`, is the entry: it takes the address of each external (or of a table of them), then those of the
   * scratch memory and of the words of the barrier, the number of the thread, how many there are, and how often to run.
   */
  readonly procedures: readonly Procedure[];
  /** Bytes of scratch memory that all threads see, and bytes of each thread, which follow. */
  readonly scratch: { readonly shared: number; readonly own: number };
  /** Whether the addresses stand in an array, because they are too many to pass. */
  readonly hasTable: boolean;
  /** Whether more than one thread finds work. */
  readonly isSplit: boolean;
}

export interface Program {
  readonly kernels: readonly Kernel[];
  /** In the order in which `run` takes their places. */
  readonly externals: readonly External[];
  readonly memory: MemoryPlan;
  /** Absent for a backend that walks the formulas. */
  readonly loops?: Loops;
  /** The same kernels as loops for another machine. */
  readonly scheduledFor?: (machine: Machine) => Pieces<Loops>;
}
