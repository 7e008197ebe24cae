/** The steps over arrays, bound to their places in the heap once. */

import type { TypedArray } from '../core/dtype.js';
import { permutation } from '../core/random.js';
import { sizeOf } from '../core/shape.js';
import type { BoundProgram } from '../tensor/compiled.js';
import { nextKey } from '../tensor/random.js';
import { Tensor } from '../tensor/tensor.js';
import { type Examples, examplesOf, namedTensors } from './data-adapter.js';
import type { Programs } from './programs.js';
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
): Feed => ({ sample, bind: (kind) => new ArraySteps(programs, kind, sample, options, limit) });

/**
 * Whole batches are one program, which has the data set in its place and finds its rows itself. A smaller last batch
 * is another, into which its few rows are written, so that the data set lies in the heap only once.
 */
class ArraySteps implements Stepping {
  readonly #batchSize: number;
  /** Steps of one pass over the data. */
  readonly #inPass: number;
  readonly #whole: BoundProgram | null;
  readonly #copied = new Map<number, BoundProgram>();
  readonly #key: readonly [number, number] | null;
  #order: Int32Array;
  #pass = 0;
  /** Steps done in this pass, and in this epoch. */
  #done = 0;
  #inEpoch = 0;

  constructor(
    readonly programs: Programs,
    readonly kind: StepKind,
    readonly examples: Examples,
    readonly options: ArrayOptions,
    limit: number,
  ) {
    const samples = examples.x.shape[0]!;
    const { batchSize, steps, shuffle } = options;
    this.#batchSize = batchSize ?? (steps === null ? 32 : Math.ceil(samples / steps));
    this.#inPass = Math.ceil(samples / this.#batchSize);
    this.#done = this.#inPass;
    this.#order = Int32Array.from({ length: samples }, (_, i) => i);
    this.#key = shuffle ? nextKey() : null;
    const isResident = bytesOf(examples) <= limit && samples >= this.#batchSize;
    this.#whole = isResident ? this.#bindWhole() : null;
  }

  get count(): number {
    return this.options.steps ?? this.#inPass;
  }

  begin(fresh: boolean): void {
    this.#inEpoch = 0;
    if (!fresh && this.options.steps !== null && this.#done < this.#inPass) return;
    this.#done = 0;
    this.programs.batches[this.kind.kind].assign(0);
    if (!this.#key) return;
    this.#order = permutation(this.#order.length, this.#key, this.#pass++);
    this.#whole?.write('order', this.#order);
  }

  ready(): boolean {
    if (this.#inEpoch === this.count) return false;
    if (this.#done < this.#inPass) return true;
    warnOfEnd(this.options.method, this.count);
    return false;
  }

  run(): void {
    const from = this.#done++ * this.#batchSize;
    this.#inEpoch++;
    if (this.#whole && from + this.#batchSize <= this.#order.length) this.#whole.run();
    else this.#runCopied(this.#order.subarray(from, from + this.#batchSize));
  }

  release(): void {
    this.#whole?.release();
    for (const program of this.#copied.values()) program.release();
  }

  #bindWhole(): BoundProgram {
    const { programs, kind, examples } = this;
    const tensors = namedTensors(examples);
    const order = new Tensor([this.#order.length], 'int32', { kind: 'data', values: this.#order });
    const key = `${kind.kind} ${this.#batchSize} of ${signature(examples)}`;
    const batch = programs.batches[kind.kind];
    return programs.step(key, () => inOrder(kind.step, batch, this.#batchSize)).bind({ ...tensors, order });
  }

  #runCopied(rows: Int32Array): void {
    const { length } = rows;
    const known = this.#copied.get(length);
    const program = known ?? bindBatch(this.programs, this.kind, examplesOf(this.examples, 0, length));
    this.#copied.set(length, program);
    for (const [name, x] of Object.entries(namedTensors(this.examples))) program.write(name, pick(x, rows));
    program.run();
  }
}

/** A step on a batch in its place, into which others of its shape may be written. */
export const bindBatch = (programs: Programs, { kind, step }: StepKind, batch: Examples): BoundProgram =>
  programs.step(`${kind} ${signature(batch)}`, () => onBatch(step)).bind(namedTensors(batch));

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
