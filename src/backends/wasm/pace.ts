/** Whether a program is faster with all threads or with one, found out by trying both now and then. */

// Threads that were asleep are slow at first, so that one run would tell nothing.
const [firstTogether, firstAlone, laterTogether, laterAlone] = [4, 2, 3, 1];
const retryAfter = 64;
// The best of so many: now and then a run is disturbed.
const remembered = 4;

/** Other programs may take the other cores at any time, and then threads that wait for each other are slower than one. */
export class Pace {
  #runs = 0;
  /** Milliseconds of a step in the last runs, alone and together, and the least of them. */
  readonly #times: readonly [number[], number[]] = [[], []];
  readonly #best: [alone: number, together: number] = [Infinity, Infinity];

  /** Whether the next run is for all threads: the faster way, or the other one to see how fast it is now. */
  next(): boolean {
    const run = this.#runs++;
    if (run < firstTogether + firstAlone) return run < firstTogether;
    const isFaster = this.#best[1] < this.#best[0];
    return isFaster !== run % retryAfter < (isFaster ? laterAlone : laterTogether);
  }

  note(together: boolean, milliseconds: number): void {
    const which = together ? 1 : 0;
    const times = this.#times[which];
    times.push(milliseconds);
    if (times.length > remembered) times.shift();
    this.#best[which] = Math.min(...times);
  }
}
