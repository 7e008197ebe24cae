/** What a machine can hold in registers: the only thing a schedule knows about a backend. */
export interface Machine {
  /** Floats of one vector. */
  readonly lanes: number;
  /** Rows and vectors of a register tile. */
  readonly tileRows: number;
  readonly tileVectors: number;
  /** Vectors a map handles in one turn. */
  readonly unroll: number;
  /** Scalar rows from which on threads share a kernel; below, waiting for each other takes longer than the work. */
  readonly sharedRows: number;
}
