/** Data that comes batch by batch: from generators, lists of batches, or functions that make them. */

import { problem } from '../core/errors.js';
import { show } from '../core/text.js';
import { Tensor } from '../tensor/tensor.js';
import type { Inputs, Numbers } from './data-adapter.js';

/** Inputs, targets, and how much each example counts. */
export type Batch = readonly [x: Inputs, y: Numbers, sampleWeight?: Numbers | null];

type Sequence<T> = Iterable<T> | AsyncIterable<T>;
type Source<T> = Sequence<T> | (() => Sequence<T>);

/**
 * Batches of examples, one a step: what a generator or an async generator yields, or a list. A function that makes
 * a generator is called for each pass over the data; a generator itself is gone through once.
 */
export type Batches = Source<Batch>;

/** Batches whose inputs alone are looked at: `[x]`, or examples as for training. */
export type InputBatches = Source<readonly [x: Inputs, ...rest: unknown[]]>;

/** A batch of either kind. */
export type AnyBatch = readonly unknown[];

const iteratorOf = (given: object) =>
  (given as Partial<Iterable<unknown>>)[Symbol.iterator] ??
  (given as Partial<AsyncIterable<unknown>>)[Symbol.asyncIterator];

const isNumbers = (given: unknown) => given instanceof Tensor || ArrayBuffer.isView(given);

/** Whether something is a source of batches and no data. A list is one where its items hold tensors or typed arrays. */
export function isBatches(given: unknown): given is Source<AnyBatch> {
  if (typeof given === 'function') return true;
  if (typeof given !== 'object' || given === null || isNumbers(given)) return false;
  if (!Array.isArray(given)) return iteratorOf(given) !== undefined;
  return given.length > 0 && given.every((item) => Array.isArray(item) && isNumbers(item[0]));
}

/** Whether a list can only be one of batches, there being no targets beside it. */
export const isListOfBatches = (given: unknown): given is Iterable<Batch> =>
  Array.isArray(given) &&
  given.length > 0 &&
  given.every(
    (item) => Array.isArray(item) && (item.length === 2 || item.length === 3) && typeof item[0] === 'object',
  );

type Read = IteratorResult<AnyBatch, unknown>;

/** Goes through a source, again and again where it can be made anew. */
export class Reader {
  readonly #source: Source<AnyBatch>;
  #iterator: Iterator<AnyBatch> | AsyncIterator<AnyBatch>;
  /** Whether a generator was given, which can be gone through once. */
  readonly isOnce: boolean;

  constructor(
    readonly method: string,
    source: Source<AnyBatch>,
  ) {
    this.#source = source;
    this.#iterator = this.#open();
    this.isOnce = (this.#iterator as unknown) === source;
  }

  /** The next batch, or the end. */
  next(): Read | Promise<Read> {
    return this.#iterator.next();
  }

  /** Back to the first batch, where that is possible. */
  restart(): void {
    this.close();
    this.#iterator = this.#open();
  }

  /** Lets a generator that was made for this run clean up. */
  close(): void {
    if (!this.isOnce) void this.#iterator.return?.();
  }

  #open(): Iterator<AnyBatch> | AsyncIterator<AnyBatch> {
    const source = this.#source;
    const made = typeof source === 'function' ? source() : source;
    const open = typeof made === 'object' && made !== null ? iteratorOf(made) : undefined;
    if (!open) throw noBatches(this.method, made);
    return (open as () => Iterator<AnyBatch>).call(made);
  }
}

const noBatches = (method: string, received: unknown) =>
  problem('argument-value', {
    subject: `${method} batches`,
    expected: 'a function to return something to go through, such as a generator',
    received: show(received),
    fix: 'Write `function* () { yield [x, y]; }`.',
  });
