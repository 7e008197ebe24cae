/** How many steps go into one call of a program. */

import type { BoundProgram } from '../tensor/compiled.js';

/** As many as took so long before. Time decides how the steps are cut, never what they compute. */
export class Slice {
  #size = 1;

  /** Runs a program for about so long: once at least, `most` times at most. Says how many times. */
  run(program: BoundProgram, most: number, milliseconds: number): number {
    const steps = milliseconds > 0 ? Math.min(this.#size, most) : 1;
    const start = performance.now();
    program.run(steps);
    const share = (performance.now() - start) / milliseconds;
    // A slice that the end of the data cut short tells little. Browsers' clocks may show no time at all.
    if (milliseconds > 0 && (steps === this.#size || share > 1))
      this.#size = Math.max(1, Math.floor(steps / Math.max(share, 1 / 4)));
    return steps;
  }
}
