/** The steps of a prediction over the rows of a tensor. Their outputs come to lie in one array. */

import type { Window } from '../backends/backend.js';
import { elementTypes, type TypedArray } from '../core/dtype.js';
import type { Rest } from '../core/pieces.js';
import type { BoundProgram, CompiledFunction } from '../tensor/compiled.js';
import { Resident } from '../tensor/resident.js';
import { Tensor } from '../tensor/tensor.js';
import { rowsOf } from './data-adapter.js';
import { borrowAgain, fill, giveBack, type KeptData } from './kept-data.js';
import { type Stepping, warnOfEnd } from './stepping.js';

/** A program for batches of one size, and where it reads them if that is in a tensor that lies in the heap. */
interface Reading {
  readonly program: BoundProgram;
  readonly window?: Window;
  readonly resident?: Resident;
}

/** Which function runs on some rows, and what has to be waited for before it is ready. */
export interface RowFunctions {
  of(rows: Tensor): CompiledFunction;
  prepare(rows: Tensor): Promise<void> | undefined;
}

/** A tensor that comes again is put into the heap, where programs read its rows; most come only once. */
export async function keptRows(x: Tensor, rest: Rest): Promise<KeptData | undefined> {
  const data = borrowAgain(x);
  if (!data) return undefined;
  try {
    await fill(data, x, rest);
  } catch (error) {
    giveBack(data);
    throw error;
  }
  return data;
}

export class RowSteps implements Stepping {
  readonly samples = null;
  readonly count: number;
  /** Steps until all rows are done. */
  readonly #all: number;
  readonly #readings = new Map<number, Reading>();
  #done = 0;
  /** The outputs of the first batch, which tell the form of all. */
  #first: Tensor | undefined;
  #values: TypedArray | undefined;

  constructor(
    readonly x: Tensor,
    readonly kept: KeptData | undefined,
    readonly functions: RowFunctions,
    readonly batchSize: number,
    steps: number | null,
  ) {
    this.#all = Math.ceil(x.shape[0]! / batchSize);
    this.count = steps ?? this.#all;
  }

  begin(): void {}

  ready(): boolean | Promise<boolean> {
    const isOver = this.#done === this.#all;
    if (isOver && this.#done < this.count) warnOfEnd('predict', this.count);
    if (isOver || this.#done === this.count) return false;
    if (this.#readings.has(this.#rows)) return true;
    return this.functions.prepare(this.#batch)?.then(() => true) ?? true;
  }

  /** The batch that is ready, and those of its size after it, for about so long. */
  run(milliseconds = 0): number {
    const [before, rows, start] = [this.#done, this.#rows, performance.now()];
    const end = Math.min(this.#all, this.count);
    const reading = this.#readings.get(rows) ?? this.#bind();
    do this.#step(reading);
    while (this.#done < end && this.#rows === rows && performance.now() - start < milliseconds);
    return this.#done - before;
  }

  release(): void {
    for (const { program, resident } of this.#readings.values()) {
      program.release();
      resident?.release();
    }
    if (this.kept) giveBack(this.kept);
  }

  /** The outputs of the last batch. */
  get last(): Tensor {
    return rowsOf(this.outputs!, (this.#done - 1) * this.batchSize, this.#from);
  }

  /** The outputs of all batches until now; nothing before the first. */
  get outputs(): Tensor | undefined {
    const first = this.#first;
    if (!first || this.#done === 1) return first;
    const shape = [this.x.shape[0]!, ...first.shape.slice(1)];
    const all = new Tensor(shape, first.dtype, { kind: 'data', values: this.#values! });
    return rowsOf(all, 0, this.#from);
  }

  /** The row that the next batch begins with. */
  get #from(): number {
    return Math.min(this.#done * this.batchSize, this.x.shape[0]!);
  }

  /** Rows of the next batch. */
  get #rows(): number {
    return Math.min(this.batchSize, this.x.shape[0]! - this.#from);
  }

  get #batch(): Tensor {
    return rowsOf(this.x, this.#from, this.#from + this.#rows);
  }

  #bind(): Reading {
    const x = this.#batch;
    const window = this.kept?.place.window(x.size);
    const resident = window && new Resident({ x }, new Map([['x', window]]));
    const program = this.functions.of(x).bind({ x }, resident);
    const reading = window ? { program, window, resident: resident! } : { program };
    this.#readings.set(this.#rows, reading);
    return reading;
  }

  #step({ program, window }: Reading): void {
    const samples = this.x.shape[0]!;
    const from = this.#from;
    if (window) window.moveTo((from * this.x.size) / samples);
    else program.write('x', this.#batch.values());
    program.run();
    this.#done++;
    if (!this.#first) {
      this.#first = program.outputs().y!;
      return;
    }
    const width = this.#first.size / this.#first.shape[0]!;
    if (!this.#values) {
      this.#values = new elementTypes[this.#first.dtype].array(samples * width);
      this.#values.set(this.#first.values());
    }
    program.read('y', this.#values, from * width);
  }
}
