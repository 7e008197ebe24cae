/** Turns for the event loop, so that pages stay alive and signals are heard. */

// A third of a frame, as a piece of work may be longer than the slice: a page stays smooth, and pauses cost little.
const sliceMilliseconds = 5;

interface Surroundings {
  readonly setImmediate?: (done: () => void) => void;
}

/**
 * One turn. A page would hold `setTimeout` back for milliseconds, and goes on after `scheduler.yield` before timers and
 * messages, which may be what aborts a signal, have had theirs.
 */
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    const { setImmediate: soon } = globalThis as Surroundings;
    if (soon) return soon(resolve);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

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

  /** Pauses when it is due. */
  readonly rest = (): Promise<void> | undefined => (this.isDue ? this.pause() : undefined);

  /** Lets everything else have its turn. Throws the signal's reason once it is aborted. */
  async pause(): Promise<void> {
    await turn();
    this.signal?.throwIfAborted();
    this.#since = performance.now();
  }
}
