/** Two half circles that reach into each other. */

import type { Options } from '../../core/settings.js';
import { settingsOf } from '../options.js';
import { type Curve, inHalves, type LabelledPoints, onCurves, shapeFields } from './points.js';

export interface MoonsOptions extends Options<ReturnType<typeof shapeFields>> {}

/** `i` of `count` steps from 0 to π, both included. */
const angle = (i: number, count: number) => (count > 1 ? (Math.PI * i) / (count - 1) : 0);

const halves: readonly Curve[] = [
  (i, count) => [Math.cos(angle(i, count)), Math.sin(angle(i, count))],
  (i, count) => [1 - Math.cos(angle(i, count)), 0.5 - Math.sin(angle(i, count))],
];

/**
 * Two interleaving half circles in the plane: class 0 is `(cos t, sin t)`, class 1 is `(1 - cos t, 0.5 - sin t)`, with t
 * from 0 to π in even steps. `x` `[n, 2]` and `y` `[n]`; no line separates them.
 *
 * Throws a ConfigError for an option that is unknown or out of range.
 * Source: scikit-learn's `make_moons`, with random numbers of our own.
 *
 * @example
 * const { x, y } = moons({ nSamples: 200, noise: 0.1, seed: 1 });
 * x.shape; // [200, 2]
 * y.sum().item(); // 100
 */
export function moons(options: MoonsOptions = {}): LabelledPoints {
  const settings = settingsOf('moons', shapeFields, options);
  return onCurves('moons', inHalves('moons', settings.nSamples), halves, settings);
}
