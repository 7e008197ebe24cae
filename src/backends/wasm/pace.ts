/** Whether a program is faster with all threads or with one, found out by trying both now and then. */

// At first each way is tried twice, later one run in so many goes the way that seemed slower.
const firstRuns = 4;
const retryAfter = 64;
// The best of so many: now and then a run is disturbed.
const remembered = 4;

/** Other programs may take the other cores at any time, and then threads that wait for each other are slower than one. */
export class Pace {
  #runs = 0;
  /** Milliseconds of a step in the last runs, alone and together. */
  readonly #times: readonly [number[], number[]] = [[], []];

  /** How the next run should begin, to see how fast that is: with all threads, alone, or as is best. */
  trial(): boolean | undefined {
    const run = this.#runs++;
    if (run < firstRuns) return run % 2 === 0;
    return run % retryAfter === 0 ? !this.isTogether : undefined;
  }

  /** Whether all threads are faster than one. */
  get isTogether(): boolean {
    const [alone, together] = this.#times.map((times) => Math.min(...times)) as [number, number];
    return together < alone;
  }

  note(together: boolean, milliseconds: number): void {
    const times = this.#times[Number(together) as 0 | 1];
    times.push(milliseconds);
    if (times.length > remembered) times.shift();
  }
}
