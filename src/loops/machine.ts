/** What a machine can hold in registers: the only thing a schedule knows about a backend. */
export interface Machine {
  /** Floats of one vector. */
  readonly lanes: number;
  /** Rows and vectors of a register tile. */
  readonly tileRows: number;
  readonly tileVectors: number;
  /** Vectors that live in a tile: its sums, a row of the second factor, an element of the first. */
  readonly mostLive: number;
  /** Sums of a tile that hide how long a multiplication takes. */
  readonly leastSums: number;
  /** Bytes that a block of k may span for tiles to read it where it is, instead of a copy in order. */
  readonly nearBytes: number;
  /** Bytes of a line of memory that can be asked for ahead; 0 where nothing can. */
  readonly lineBytes: number;
  /** Vectors a map handles in one turn. */
  readonly unroll: number;
  /** Scalar rows from which on threads share a kernel; below, waiting for each other takes longer than the work. */
  readonly sharedRows: number;
}
