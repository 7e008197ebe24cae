/** Whether a program is faster with all threads or with one, found out by trying both now and then. */

// At first each way is tried twice, later one run in so many goes the way that seemed slower.
const firstRuns = 4;
const retryAfter = 128;

/** Other programs may take the other cores at any time, and then threads that wait for each other are slower than one. */
export class Pace {
  #runs = 0;
  /** Milliseconds of a step, alone and together. */
  readonly #times: [number | undefined, number | undefined] = [undefined, undefined];

  /** Whether the next run is for all threads. */
  next(): boolean {
    const run = this.#runs++;
    if (run < firstRuns) return run % 2 === 0;
    const [alone = 0, together = 0] = this.#times;
    return together < alone !== (run % retryAfter === 0);
  }

  note(together: boolean, milliseconds: number): void {
    const way = Number(together) as 0 | 1;
    const before = this.#times[way] ?? milliseconds;
    this.#times[way] = (before + milliseconds) / 2;
  }
}
