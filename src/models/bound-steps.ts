/** The steps over arrays, bound to their places in the heap once. */

import type { TypedArray } from '../core/dtype.js';
import { permutation } from '../core/random.js';
import { sizeOf } from '../core/shape.js';
import type { BoundProgram, CompiledFunction, Inputs } from '../tensor/compiled.js';
import { nextKey } from '../tensor/random.js';
import { Resident } from '../tensor/resident.js';
import { Tensor } from '../tensor/tensor.js';
import { type Examples, examplesOf, namedTensors } from './data-adapter.js';
import { borrow, fill, giveBack, type KeptData } from './kept-data.js';
import type { Pacer } from './pause.js';
import type { Programs } from './programs.js';
import { Slice } from './slice.js';
import { type Feed, type StepKind, type Stepping, warnOfEnd } from './stepping.js';
import { inOrder, onBatch } from './steps.js';

export interface ArrayOptions {
  readonly method: string;
  /** Examples in one step; by default 32, or what makes `steps` steps. */
  readonly batchSize: number | null;
  /** Steps in an epoch; all that there are when null. */
  readonly steps: number | null;
  readonly shuffle: boolean;
}

// Half of the heap, which weights and results share with the data.
const residentBytes = 2 ** 30;

/** Arrays as what a run goes through. Above `limit` bytes they stay where they are, and batches are copied out. */
export const arrayFeed = (
  programs: Programs,
  sample: Examples,
  options: ArrayOptions,
  limit = residentBytes,
): Feed => ({
  sample,
  async bind(kind, pacer) {
    const steps = new ArraySteps(programs, kind, sample, options, pacer);
    try {
      await steps.prepare(limit);
    } catch (error) {
      steps.release();
      throw error;
    }
    return steps;
  },
  release() {},
});

/**
 * Data that fit into the heap lie there once, and programs find the rows of their batches themselves: one for whole
 * batches, another for a smaller last batch. Of larger data each batch is written into its place.
 */
class ArraySteps implements Stepping {
  readonly #batchSize: number;
  /** Steps of one pass over the data. */
  readonly #inPass: number;
  #resident: Resident | undefined;
  readonly #data = new Map<string, KeptData>();
  /** By the size of their batches. */
  readonly #programs = new Map<number, BoundProgram>();
  readonly #slice = new Slice();
  readonly #key: readonly [number, number] | null;
  readonly #order: Int32Array;
  #pass = 0;
  /** Steps done in this pass, and in this epoch. */
  #done = 0;
  #inEpoch = 0;

  constructor(
    readonly programs: Programs,
    readonly kind: StepKind,
    readonly examples: Examples,
    readonly options: ArrayOptions,
    readonly pacer: Pacer,
  ) {
    const samples = examples.x.shape[0]!;
    const { batchSize, steps, shuffle } = options;
    this.#batchSize = batchSize ?? (steps === null ? 32 : Math.ceil(samples / steps));
    this.#inPass = Math.ceil(samples / this.#batchSize);
    this.#done = this.#inPass;
    this.#order = new Int32Array(samples).map((_, i) => i);
    this.#key = shuffle ? nextKey() : null;
  }

  /** Makes the first program ready; data of at most `limit` bytes go into the heap meanwhile. */
  async prepare(limit: number): Promise<void> {
    const rows = Math.min(this.#order.length, this.#batchSize);
    if (bytesOf(this.examples) <= limit) this.#resident = this.#borrowed();
    await this.pacer.pause();
    await Promise.all([this.#compile(rows), this.#fill()]);
    this.#programFor(rows);
  }

  #borrowed(): Resident {
    for (const [name, x] of Object.entries(namedTensors(this.examples))) this.#data.set(name, borrow(x));
    return new Resident(this.#tensors, new Map([...this.#data].map(([name, { place }]) => [name, place])));
  }

  async #fill(): Promise<void> {
    this.#resident?.write('order', this.#order);
    const tensors = this.#tensors;
    for (const [name, data] of this.#data) await fill(data, tensors[name]!, this.pacer.rest);
  }

  get count(): number {
    return this.options.steps ?? this.#inPass;
  }

  get samples(): number {
    const { steps } = this.options;
    return steps === null ? this.#order.length : steps * this.#batchSize;
  }

  begin(fresh: boolean): void {
    this.#inEpoch = 0;
    if (!fresh && this.options.steps !== null && this.#done < this.#inPass) return;
    this.#done = 0;
    this.programs.batches[this.kind.kind].assign(0);
    if (!this.#key) return;
    permutation(this.#order.length, this.#key, this.#pass++, this.#order);
    this.#resident?.write('order', this.#order);
  }

  ready(): boolean | Promise<boolean> {
    if (this.#inEpoch === this.count) return false;
    if (this.#done === this.#inPass) {
      warnOfEnd(this.options.method, this.count);
      return false;
    }
    const rows = this.#next.length;
    return this.#programs.has(rows) || this.#compile(rows).then(() => true);
  }

  /** The examples of the next batch. */
  get #next(): Int32Array {
    const from = this.#done * this.#batchSize;
    return this.#order.subarray(from, from + this.#batchSize);
  }

  run(milliseconds = 0): number {
    const rows = this.#next;
    const program = this.#programFor(rows.length);
    if (!this.#resident)
      for (const [name, x] of Object.entries(namedTensors(this.examples))) program.write(name, pick(x, rows));
    const left = this.#order.length - this.#done * this.#batchSize;
    const alike = this.#resident ? Math.floor(left / rows.length) : 1;
    const steps = this.#slice.run(program, Math.min(alike, this.count - this.#inEpoch), milliseconds);
    this.#done += steps;
    this.#inEpoch += steps;
    return steps;
  }

  release(): void {
    for (const program of this.#programs.values()) program.release();
    this.#resident?.release();
    for (const data of this.#data.values()) giveBack(data);
  }

  #compile(rows: number): Promise<void> {
    const { examples, programs, kind, pacer } = this;
    if (this.#resident) return this.#inOrder(rows).prepare(this.#tensors, pacer.rest);
    return prepareBatch(programs, kind, examplesOf(examples, 0, rows), pacer);
  }

  #programFor(rows: number): BoundProgram {
    const known = this.#programs.get(rows);
    if (known) return known;
    const made = this.#resident
      ? this.#inOrder(rows).bind(this.#tensors, this.#resident)
      : bindBatch(this.programs, this.kind, examplesOf(this.examples, 0, rows));
    this.#programs.set(rows, made);
    return made;
  }

  get #tensors(): Inputs {
    const order = new Tensor([this.#order.length], 'int32', { kind: 'data', values: this.#order });
    return { ...namedTensors(this.examples), order };
  }

  /** The step on so many rows of the order. */
  #inOrder(rows: number): CompiledFunction {
    const { programs, kind, examples } = this;
    const key = `${kind.kind} ${rows} by ${this.#batchSize} of ${signature(examples)}`;
    const batch = programs.batches[kind.kind];
    return programs.step(key, () => inOrder(kind.step, batch, this.#batchSize, rows));
  }
}

/** A step on a batch in its place, into which others of its shape may be written. */
export const bindBatch = (programs: Programs, kind: StepKind, batch: Examples): BoundProgram =>
  stepOn(programs, kind, batch).bind(namedTensors(batch));

/** Compiles in turns what `bindBatch` needs. */
export const prepareBatch = (programs: Programs, kind: StepKind, batch: Examples, pacer: Pacer) =>
  stepOn(programs, kind, batch).prepare(namedTensors(batch), pacer.rest);

const stepOn = (programs: Programs, { kind, step }: StepKind, batch: Examples): CompiledFunction =>
  programs.step(`${kind} ${signature(batch)}`, () => onBatch(step));

/** Shapes and types of examples as text. */
export const signature = (examples: Examples): string =>
  Object.entries(namedTensors(examples))
    .map(([name, { dtype, shape }]) => `${name}:${dtype}[${shape}]`)
    .join(' ');

const bytesOf = (examples: Examples): number =>
  Object.values(namedTensors(examples)).reduce((total, x) => total + x.values().byteLength, 0);

/** Some rows of the values, in this order. */
function pick(x: Tensor, rows: Int32Array): TypedArray {
  const step = sizeOf(x.shape.slice(1));
  const values = x.values();
  const picked = values.slice(0, rows.length * step);
  for (const [i, row] of rows.entries()) picked.set(values.subarray(row * step, (row + 1) * step), i * step);
  return picked;
}
