/** The threads that run programs together with this one, over the memory that they share. */
import { warnOnce } from '../../core/warnings.js';
import { words as barrier } from './barrier.js';
import type { Pace } from './pace.js';
import { beginThread, type Thread } from './threads.js';
import type { Code, Main } from './version.js';

/** Words of 32 bits: those of the barrier, how often to run, the state of each thread, and what the program takes. */
const places = { failed: barrier.failed / 4, steps: 4, own: 5 } as const;
/** Another thread's state: not there yet, waits for a message, watches its word, was told by its word. */
const states = { absent: 0, idle: 1, watching: 2, told: 3 } as const;
// Longer than JavaScript takes between two runs: a thread that sleeps in between may wake on the core of the other.
const watchMilliseconds = 1;

/** Programs of more arrays take one list of addresses. */
const mostArguments = 1024;

export const teamBytes = (threads: number): number => 4 * (places.own + threads + mostArguments);

/** A program at its place: `args` are all that `main` takes but for which thread it is and how often to run. */
export interface Job {
  readonly id: number;
  readonly code: Code;
  readonly main: Main;
  readonly pace: Pace;
  readonly args: readonly number[];
}

export class Team {
  readonly #others: Thread[] = [];
  #known = new Set<number>();
  #last: number | undefined;
  #seen: Int32Array | undefined;
  /** Whether all others have come. */
  #isComplete = false;
  /** Whether programs run on one thread from now on. */
  isBroken = false;

  /** `at` is where the team's words stand in the memory. */
  constructor(
    readonly memory: WebAssembly.Memory,
    readonly at: number,
    readonly threads: number,
  ) {}

  /** Runs a program so many times, with all threads or alone, whichever is faster. */
  run(job: Job, steps: number): void {
    const isReady = this.isReady();
    const together = isReady && job.pace.next();
    const start = performance.now();
    if (together) this.together(job, steps);
    else job.main(...job.args, 0, 1, steps);
    if (isReady) job.pace.note(together, (performance.now() - start) / steps);
  }

  /** Other threads need not keep a program that is gone. */
  forget(id: number): void {
    if (this.#known.delete(id)) this.#tell({ id });
  }

  /** The memory is shared, so what was seen of it before it grew is seen still. */
  get #words(): Int32Array {
    this.#seen ??= new Int32Array(this.memory.buffer, this.at, teamBytes(this.threads) / 4);
    return this.#seen;
  }

  /** Other threads are begun when they are asked for first, and take a while to come. */
  isReady(): boolean {
    if (this.isBroken || this.#isComplete) return !this.isBroken;
    if (this.#others.length === 0) this.#begin();
    const state = this.#words;
    const isThere = (_: Thread, i: number) => Atomics.load(state, places.own + i + 1) !== states.absent;
    this.#isComplete = !this.isBroken && this.#others.every(isThere);
    return this.#isComplete;
  }

  /** Rules of the surroundings may forbid other threads. */
  #begin(): void {
    const { memory, at, threads } = this;
    this.#words.fill(0);
    const told = { memory, at, words: teamBytes(threads) / 4, ...places, watchMilliseconds };
    try {
      for (let part = 1; part < threads; part++) {
        const other = beginThread((reason) => this.#lose(reason));
        this.#others.push(other);
        other.postMessage({ ...told, part });
      }
    } catch (reason) {
      this.#lose(reason);
    }
  }

  #lose(reason: unknown): void {
    const { message = reason } = (reason ?? {}) as Partial<Error>;
    warnOnce('threads', `Programs run on one thread, because another could not: ${message}`);
    this.dismiss();
  }

  /** Runs a program with all threads, which must be ready. */
  together(job: Job, steps: number): void {
    const { id, code, main, args } = job;
    const { threads: parts } = this;
    if (!this.#known.has(id)) this.#tell({ id, ...code });
    this.#known.add(id);
    const state = this.#words;
    Atomics.store(state, places.steps, steps);
    const given = places.own + parts;
    state.set(args, given);
    for (const [i, other] of this.#others.entries()) {
      const mine = places.own + i + 1;
      const { idle, watching, told } = states;
      // A thread that watches for the same program again reads no messages.
      const next = this.#last === id ? told : idle;
      const heard = Atomics.compareExchange(state, mine, watching, next) === watching && next === told;
      if (!heard) other.postMessage({ id, parts, given, count: args.length });
    }
    this.#last = id;
    try {
      main(...args, 0, parts, steps);
    } catch (error) {
      this.dismiss();
      throw error;
    }
  }

  #tell(message: object): void {
    for (const other of this.#others) other.postMessage(message);
  }

  /** Ends all others after one has failed: from then on programs run on one thread. */
  dismiss(): void {
    Atomics.store(this.#words, places.failed, 1);
    this.isBroken = true;
    for (const other of this.#others) other.terminate();
  }
}
