/** The steps of a prediction over the rows of a tensor. Their outputs come to lie in one array. */

import type { Window } from '../backends/backend.js';
import { holdBackend } from '../backends/choose.js';
import { elementTypes, type TypedArray } from '../core/dtype.js';
import type { Rest } from '../core/pieces.js';
import type { BoundProgram, CompiledFunction } from '../tensor/compiled.js';
import { Resident } from '../tensor/resident.js';
import { Tensor } from '../tensor/tensor.js';
import { rowsOf } from './data-adapter.js';
import { joined } from './joined.js';
import { borrowAgain, fill, giveBack, type KeptData } from './kept-data.js';
import { type Stepping, warnOfEnd } from './stepping.js';

/** A program for batches of one size that reads them in the heap. */
interface Reading {
  readonly program: BoundProgram;
  readonly window: Window;
  readonly resident: Resident;
}

/** What runs on some rows: a function to bind, or a program that is bound already; and what to wait for before it can. */
export interface RowFunctions {
  of(rows: Tensor): CompiledFunction;
  bound(rows: Tensor): BoundProgram;
  prepare(rows: Tensor): Promise<void> | undefined;
  /** How many rows of a batch are computed at a time; so many as are known, if they give the same. */
  partOf(batch: Tensor, known?: number): Promise<number>;
}

/** A tensor in the heap. No other backend can be chosen meanwhile: its programs could not read the rows. */
class KeptRows {
  readonly #letGo = holdBackend();

  constructor(readonly data: KeptData) {}

  release(): void {
    this.#letGo();
    giveBack(this.data);
  }
}

/** A tensor that comes again is put into the heap, where programs read its rows; most come only once. */
export async function keptRows(x: Tensor, rest: Rest): Promise<KeptRows | undefined> {
  const data = borrowAgain(x);
  if (!data) return undefined;
  const rows = new KeptRows(data);
  try {
    await fill(data, x, rest);
  } catch (error) {
    rows.release();
    throw error;
  }
  return rows;
}

export class RowSteps implements Stepping {
  readonly samples = null;
  readonly count: number;
  /** Steps until all rows are done. */
  readonly #all: number;
  readonly #readings = new Map<number, Reading>();
  /** Rows of the parts of batches, by the rows of a batch. */
  readonly #parts = new Map<number, number>();
  #done = 0;
  /** The outputs of the first batch, or of its first part, which tell the form of all. */
  #first: Tensor | undefined;
  #values: TypedArray | undefined;
  /** Numbers of rows whose outputs were seen to be as many. */
  readonly #known = new Set<number>();
  /** The outputs of each batch, where layers make more rows of a batch, or fewer. */
  #apart: Tensor[] | undefined;

  constructor(
    readonly x: Tensor,
    readonly kept: KeptRows | undefined,
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
    const part = this.#parts.get(this.#rows);
    if (!part) return this.#cut();
    if (this.#readings.has(part)) return true;
    return this.functions.prepare(this.#rowsAt(this.#from, part))?.then(() => true) ?? true;
  }

  async #cut(): Promise<boolean> {
    const batch = this.#rowsAt(this.#from, this.#rows);
    const part = await this.functions.partOf(batch, this.#parts.get(this.batchSize));
    this.#parts.set(this.#rows, part);
    return this.ready();
  }

  /** The batch that is ready, and those of its size after it, for about so long. */
  run(milliseconds = 0): number {
    const [before, rows, start] = [this.#done, this.#rows, performance.now()];
    const end = Math.min(this.#all, this.count);
    const part = this.#parts.get(rows)!;
    const reading = this.kept && (this.#readings.get(part) ?? this.#bind(this.kept.data, part));
    do this.#step(part, reading);
    while (this.#done < end && this.#rows === rows && performance.now() - start < milliseconds);
    return this.#done - before;
  }

  release(): void {
    for (const { program, resident } of this.#readings.values()) {
      program.release();
      resident.release();
    }
    this.kept?.release();
  }

  /** The outputs of the last batch. */
  get last(): Tensor {
    if (this.#apart) return this.#apart.at(-1)!;
    return rowsOf(this.outputs!, (this.#done - 1) * this.batchSize, this.#from);
  }

  /** The outputs of all batches until now; nothing before the first. */
  get outputs(): Tensor | undefined {
    if (this.#apart) return joined(this.#apart);
    const first = this.#first;
    if (!first || !this.#values) return first;
    const shape = [this.x.shape[0]!, ...first.shape.slice(1)];
    const all = new Tensor(shape, first.dtype, { kind: 'data', values: this.#values });
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

  #rowsAt(from: number, rows: number): Tensor {
    return rowsOf(this.x, from, from + rows);
  }

  #bind({ place }: KeptData, part: number): Reading {
    const x = this.#rowsAt(this.#from, part);
    const window = place.window(x.size);
    const resident = new Resident({ x }, new Map([['x', window]]));
    try {
      const reading = { program: this.functions.of(x).bind({ x }, resident), window, resident };
      this.#readings.set(part, reading);
      return reading;
    } catch (error) {
      resident.release();
      throw error;
    }
  }

  /** One batch, in parts. The last one begins earlier where rows are left over: what is computed twice is the same. */
  #step(part: number, reading: Reading | undefined): void {
    const [from, rows] = [this.#from, this.#rows];
    for (let at = 0; at < rows; at += part) this.#run(from + Math.min(at, rows - part), part, reading);
    this.#done++;
  }

  #run(from: number, rows: number, reading: Reading | undefined): void {
    const program = reading?.program ?? this.functions.bound(this.#rowsAt(from, rows));
    if (reading) reading.window.moveTo((from * this.x.size) / this.x.shape[0]!);
    else program.write('x', this.#rowsAt(from, rows).values());
    program.run();
    this.#take(program, from, rows);
  }

  /** Puts outputs beside those before them. */
  #take(program: BoundProgram, from: number, rows: number): void {
    const isKnown = !this.#apart && this.#known.has(rows);
    const made = isKnown ? undefined : program.outputs().y!;
    if (made && made.shape[0] !== rows) this.#apart ??= from > 0 ? [this.outputs!] : [];
    this.#known.add(rows);
    if (this.#apart) this.#apart.push(made!);
    else if (!this.#first) this.#first = made;
    else this.#copy(this.#first, from, made ?? program);
  }

  #copy({ size, shape, dtype }: Tensor, from: number, made: Tensor | BoundProgram): void {
    const width = size / shape[0]!;
    if (!this.#values) {
      this.#values = new elementTypes[dtype].array(this.x.shape[0]! * width);
      this.#values.set(this.#first!.values());
    }
    if (made instanceof Tensor) this.#values.set(made.values(), from * width);
    else made.read('y', this.#values, from * width);
  }
}
