/** A picture on which shapes are painted one over another. */

import type { Chance } from './chance.js';
import type { Coverage } from './coverage.js';

/** One number for a grey picture, three for a colour one, each from 0 to 1. */
export type Colour = readonly number[];

/** What a place's colour is multiplied by: stripes, a gradient. */
export type Texture = (x: number, y: number) => number;

export class Picture {
  /** `[side, side, channels]`. */
  readonly values: Float32Array;

  constructor(
    readonly side: number,
    readonly channels: number,
  ) {
    this.values = new Float32Array(side * side * channels);
  }

  /** Lays a colour over what is there, as far as `coverage` (all, where there is none) and `opacity` say. */
  paint(colour: Colour, coverage?: Coverage, { texture, opacity = 1 }: PaintOptions = {}): void {
    const { side, channels, values } = this;
    const { left, right, above, below } = coverage?.bounds ?? { left: 0, right: side, above: 0, below: side };
    for (let y = above; y < below; y++) {
      for (let x = left; x < right; x++) {
        const pixel = y * side + x;
        const share = coverage ? coverage.values[pixel]! * opacity : opacity;
        if (share === 0) continue;
        const light = texture ? texture((x + 0.5) / side, (y + 0.5) / side) : 1;
        for (let channel = 0; channel < channels; channel++) {
          const at = pixel * channels + channel;
          values[at] = values[at]! + share * (colour[channel]! * light - values[at]!);
        }
      }
    }
  }

  /** Adds a random number from -size to size to each value. */
  disturb(size: number, chance: Chance): void {
    const { channels, values } = this;
    // Ten bits a channel: one random word is enough for three.
    for (let at = 0; at < values.length; at += channels) {
      const word = chance.word();
      for (let channel = 0; channel < channels; channel++) {
        const share = ((word >>> (10 * channel)) & 1023) / 1023;
        values[at + channel] = values[at + channel]! + size * (2 * share - 1);
      }
    }
  }

  /** One value a pixel: the sum of its channels, each times its weight. Values beyond 0 and 1 are cut off before. */
  mixed(weights: readonly number[]): Float32Array {
    const { side, channels, values } = this;
    return new Float32Array(side * side).map((_, pixel) =>
      weights.reduce((sum, weight, channel) => {
        const value = values[pixel * channels + channel]!;
        return sum + weight * Math.min(1, Math.max(0, value));
      }, 0),
    );
  }
}

export interface PaintOptions {
  readonly texture?: Texture;
  /** Default 1. */
  readonly opacity?: number;
}
