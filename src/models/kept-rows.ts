/** Batches of a tensor that stays in the heap: programs read their rows where they lie, and nothing is copied in. */
import type { Window } from '../backends/backend.js';
import { holdBackend } from '../backends/choose.js';
import type { Rest } from '../core/pieces.js';
import { sizeOf } from '../core/shape.js';
import type { BoundProgram, CompiledFunction, Outputs } from '../tensor/compiled.js';
import { Resident } from '../tensor/resident.js';
import type { Tensor } from '../tensor/tensor.js';
import { borrowAgain, fill, giveBack, type KeptData } from './kept-data.js';

/** A program for batches of one size, and the rows that it reads. */
interface Reading {
  readonly program: BoundProgram;
  readonly window: Window;
  readonly resident: Resident;
}

/** Null for a tensor that comes for the first time, as most come only once. */
export async function keptRows(x: Tensor, rest: Rest): Promise<KeptRows | null> {
  const data = borrowAgain(x);
  if (!data) return null;
  const rows = new KeptRows(data);
  try {
    await fill(data, x, rest);
  } catch (error) {
    rows.release();
    throw error;
  }
  return rows;
}

export class KeptRows {
  readonly #readings = new Map<string, Reading>();
  // From the beginning: programs of another backend could not read the rows.
  readonly #letGo = holdBackend();

  constructor(readonly data: KeptData) {}

  has(key: string): boolean {
    return this.#readings.has(key);
  }

  /** Runs a step on rows of the tensor, the first of which is row `from`. */
  run(key: string, step: () => CompiledFunction, rows: Tensor, from: number): Outputs {
    const { program, window } = this.#readings.get(key) ?? this.#bind(key, step(), rows);
    window.moveTo(from * sizeOf(rows.shape.slice(1)));
    program.run();
    return program.outputs();
  }

  release(): void {
    for (const { program, resident } of this.#readings.values()) {
      program.release();
      resident.release();
    }
    this.#letGo();
    giveBack(this.data);
  }

  #bind(key: string, step: CompiledFunction, rows: Tensor): Reading {
    const window = this.data.place.window(rows.size);
    const resident = new Resident({ x: rows }, new Map([['x', window]]));
    try {
      const reading = { program: step.bind({ x: rows }, resident), window, resident };
      this.#readings.set(key, reading);
      return reading;
    } catch (error) {
      resident.release();
      throw error;
    }
  }
}
