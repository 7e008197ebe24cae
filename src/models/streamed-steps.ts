/** The steps over batches that come one by one. */

import { inContext, problem } from '../core/errors.js';
import { isSameShape, showShape } from '../core/shape.js';
import { show } from '../core/text.js';
import type { BoundProgram } from '../tensor/compiled.js';
import { type AnyBatch, type Batches, Reader } from './batches.js';
import { bindBatch, prepareBatch, signature } from './bound-steps.js';
import { type Examples, namedTensors } from './data-adapter.js';
import type { Pacer } from './pause.js';
import type { Programs } from './programs.js';
import { Recent } from './recent.js';
import { type Feed, type StepKind, type Stepping, warnOfEnd } from './stepping.js';

// Each shape of a batch has a program in place; most sources have one or two.
const keptPrograms = 4;

export interface StreamOptions<T> {
  readonly method: string;
  /** Steps in an epoch; up to the end of the source when null. */
  readonly steps: number | null;
  /** Makes data of what was yielded. */
  readonly convert: (batch: AnyBatch) => T;
}

/** Reads the first batch, so that shapes are known before the run begins. */
export async function streamFeed(
  programs: Programs,
  source: Batches,
  options: StreamOptions<Examples>,
): Promise<Feed> {
  const { method } = options;
  const reader = new Reader(method, source);
  const sample = await firstOf(reader, options);
  const convert = (batch: AnyBatch) => alike(method, sample, options.convert(batch));
  return {
    sample,
    async bind(kind, pacer) {
      const writing = new WritingSteps(programs, kind, pacer);
      return new StreamedSteps(reader, { ...options, convert }, writing, sample);
    },
    release: () => reader.close(),
  };
}

async function firstOf(reader: Reader, options: StreamOptions<Examples>): Promise<Examples> {
  try {
    const first = await reader.next();
    if (first.done) throw noBatches(options.method);
    return converted(options, 0, first.value);
  } catch (error) {
    reader.close();
    throw error;
  }
}

/** Something that is done to each batch. */
export interface BatchRunner<T> {
  /** What the batch has to wait for, if anything. */
  prepare(batch: T): Promise<void> | undefined;
  run(batch: T): void;
  release(): void;
}

/** Steps on what a reader gives. */
export class StreamedSteps<T> implements Stepping {
  readonly samples = null;
  #isOver = false;
  /** Steps done since the source began, and in this epoch. */
  #done = 0;
  #inEpoch = 0;

  constructor(
    readonly reader: Reader,
    readonly options: StreamOptions<T>,
    readonly runner: BatchRunner<T>,
    /** The batch that was read and is not done yet. */
    private next: T | null = null,
    public count: number | null = options.steps,
  ) {}

  begin(fresh: boolean): void {
    this.#inEpoch = 0;
    const isAnew = (fresh && this.#done > 0) || this.#isOver;
    if (isAnew && !this.reader.isOnce) this.#restart();
  }

  ready(): boolean | Promise<boolean> {
    if (this.#inEpoch === this.options.steps) return false;
    if (this.next) return this.#prepared(this.next);
    if (this.#isOver) return this.#end();
    const read = this.reader.next();
    return 'then' in read ? read.then((result) => this.#take(result)) : this.#take(read);
  }

  run(): number {
    const batch = this.next!;
    this.next = null;
    this.#done++;
    this.#inEpoch++;
    this.runner.run(batch);
    return 1;
  }

  release(): void {
    this.reader.close();
    this.runner.release();
  }

  #take({ done, value }: IteratorResult<AnyBatch, unknown>): boolean | Promise<boolean> {
    if (done && this.#inEpoch === 0 && this.#done > 0 && !this.reader.isOnce) {
      this.#restart();
      return this.ready();
    }
    if (done) return this.#end();
    this.next = converted(this.options, this.#done, value);
    return this.#prepared(this.next);
  }

  #prepared(batch: T): boolean | Promise<boolean> {
    return this.runner.prepare(batch)?.then(() => true) ?? true;
  }

  #restart(): void {
    this.reader.restart();
    [this.next, this.#isOver, this.#done] = [null, false, 0];
  }

  #end(): false {
    const { method, steps } = this.options;
    if (steps !== null || this.#inEpoch === 0) warnOfEnd(method, steps);
    else this.count = this.#inEpoch;
    this.#isOver = true;
    return false;
  }
}

/** Writes each batch into its place, and runs the program of its shape. */
class WritingSteps implements BatchRunner<Examples> {
  readonly #bound = new Recent<BoundProgram>(keptPrograms, (program) => program.release());

  constructor(
    readonly programs: Programs,
    readonly kind: StepKind,
    readonly pacer: Pacer,
  ) {}

  prepare(batch: Examples): Promise<void> | undefined {
    if (this.#bound.has(signature(batch))) return undefined;
    return prepareBatch(this.programs, this.kind, batch, this.pacer);
  }

  run(batch: Examples): void {
    const program = this.#bound.get(signature(batch), () => bindBatch(this.programs, this.kind, batch));
    for (const [name, x] of Object.entries(namedTensors(batch))) program.write(name, x.values());
    program.run();
  }

  release(): void {
    this.#bound.clear();
  }
}

function converted<T>({ method, convert }: StreamOptions<T>, place: number, batch: unknown): T {
  const needsTargets = method !== 'predict';
  const isBatch = Array.isArray(batch) && batch.length > Number(needsTargets) && batch.length < 4;
  return inContext(`batch ${place}`, () => {
    if (isBatch) return convert(batch);
    throw problem('argument-value', {
      subject: `${method} batches`,
      expected: needsTargets ? 'batches [x, y] or [x, y, sampleWeight]' : 'batches [x]',
      received: Array.isArray(batch) ? `an array of ${batch.length}` : show(batch),
      fix: `Write \`yield ${needsTargets ? '[x, y]' : '[x]'}\`.`,
    });
  });
}

/** Refuses a batch unlike the first one, but for the number of its examples. */
function alike(method: string, first: Examples, batch: Examples): Examples {
  const refused = (code: 'shape-mismatch' | 'argument-value', expected: string, received: string) =>
    problem(code, { subject: `${method} batches`, expected: `${expected}, as in the first one`, received });
  const [wanted, { shape }] = [[null, ...first.y.shape.slice(1)], batch.y];
  if (!isSameShape(wanted.slice(1), shape.slice(1)))
    throw refused('shape-mismatch', `targets of shape ${showShape(wanted)}`, showShape(shape));
  const form = ({ w }: Examples) => (w ? '[x, y, sampleWeight]' : '[x, y]');
  if (form(first) !== form(batch)) throw refused('argument-value', form(first), form(batch));
  return batch;
}

const noBatches = (method: string) =>
  problem('empty-data', {
    subject: `${method} batches`,
    expected: 'at least one batch',
    received: 'none',
    fix: 'A generator can be gone through once: give a function that makes it.',
  });
