import type { Column } from '../../data/table.js';

/** What one column becomes: `names.length` numbers for each cell. */
export interface Part {
  readonly column: string;
  /** What each number is: `female`, `log`, `missing`. */
  readonly names: readonly string[];
  /** Writes the numbers of a cell from `start` on; the array holds zeros before. */
  write(column: Column, row: number, target: Float32Array, start: number): void;
}
