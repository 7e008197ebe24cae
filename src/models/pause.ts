/** Turns for the event loop, so that pages stay alive and signals are heard. */

// Half a frame: a page stays smooth, and pauses cost little.
const sliceMilliseconds = 8;

interface Surroundings {
  readonly scheduler?: { yield?(): Promise<void> };
  readonly setImmediate?: (done: () => void) => void;
}

/** One turn. Browsers hold `setTimeout` back for milliseconds, so it comes last. */
const turn = (): Promise<void> => {
  const { scheduler, setImmediate: soon } = globalThis as Surroundings;
  if (scheduler?.yield) return scheduler.yield();
  return new Promise((resolve) => (soon ? soon(resolve) : setTimeout(resolve)));
};

/** Counts the time since the last turn, and checks the signal. */
export class Pacer {
  #since = performance.now();

  constructor(
    readonly signal: AbortSignal | null,
    /** Something else that runs, if it does. */
    readonly other: () => Promise<unknown> | null = () => null,
  ) {
    signal?.throwIfAborted();
  }

  /** What a step has to wait for. Throws the signal's reason once it is aborted. */
  ready(): Promise<unknown> | undefined {
    this.signal?.throwIfAborted();
    return this.other() ? this.#others() : undefined;
  }

  async #others(): Promise<void> {
    for (let other = this.other(); other; other = this.other()) await other.catch(() => {});
  }

  /** Whether a slice of time has been used up. */
  get isDue(): boolean {
    return performance.now() - this.#since > sliceMilliseconds;
  }

  /** Lets everything else have its turn. Throws the signal's reason once it is aborted. */
  async pause(): Promise<void> {
    await turn();
    this.signal?.throwIfAborted();
    this.#since = performance.now();
  }
}
