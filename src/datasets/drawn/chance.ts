/** Random numbers for one picture: a function of a key and of the picture's number, whatever else was drawn. */

import { threefryWords, type Words } from '../../core/threefry.js';

export class Chance {
  readonly #words = new Uint32Array(64);
  #taken = this.#words.length;
  #blocks = 0;

  constructor(
    readonly key: Words,
    readonly picture: number,
  ) {}

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.share();
  }

  /** Uniform in [0, 1). */
  share(): number {
    return this.word() / 2 ** 32;
  }

  /** 32 random bits, as an unsigned integer. */
  word(): number {
    if (this.#taken === this.#words.length) {
      threefryWords(this.#words, this.key, [this.#blocks, this.picture]);
      this.#blocks += this.#taken / 2;
      this.#taken = 0;
    }
    return this.#words[this.#taken++]!;
  }

  /** From -size to size, small numbers more often than large ones: the sum of two uniform numbers. */
  around(size: number): number {
    return size * (this.share() + this.share() - 1);
  }

  happens(probability: number): boolean {
    return this.share() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.share() * items.length)]!;
  }

  sign(): 1 | -1 {
    return this.happens(0.5) ? 1 : -1;
  }
}
