/** Random numbers of the host for made data: the same for the same name and seed. */

import { keyOf, streamOf } from '../../core/random.js';
import { Chance } from '../drawn/chance.js';

export class Draws {
  readonly #chance: Chance;
  #spare: number | undefined;

  /** @param name  Of what is drawn: two names share no numbers, whatever their seeds. */
  constructor(name: string, seed: number) {
    this.#chance = new Chance(keyOf(seed, streamOf(name)), 0);
  }

  /** Evenly spread over [0, 1), in steps of 2⁻³². */
  uniform(): number {
    return this.#chance.share();
  }

  /** Mean 0, deviation 1: Box and Muller 1958, which makes two at a time. */
  normal(): number {
    const spare = this.#spare;
    this.#spare = undefined;
    if (spare !== undefined) return spare;
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }
}
