/** A circle within a circle. */

import { float } from '../../core/fields.js';
import type { Options } from '../../core/settings.js';
import { settingsOf } from '../options.js';
import { type Curve, inHalves, type LabelledPoints, onCurves, shapeFields } from './points.js';

const fields = () => ({
  ...shapeFields(),
  /** Radius of the inner circle; that of the outer one is 1. Default 0.8. */
  factor: float(0.8, { min: 0, below: 1 }),
});
export interface CirclesOptions extends Options<ReturnType<typeof fields>> {}

const circle =
  (radius: number): Curve =>
  (i, count) => {
    const angle = (2 * Math.PI * i) / count;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  };

/**
 * Two circles around the origin: class 0 has radius 1, class 1 radius `factor`, each in even steps. `x` `[n, 2]` and `y`
 * `[n]`; no line separates them, their distance from the origin does.
 *
 * Throws a ConfigError for an option that is unknown or out of range.
 * Source: scikit-learn's `make_circles`, with random numbers of our own.
 *
 * @example
 * const { x, y } = circles({ nSamples: 101, factor: 0.5, noise: 0.05 });
 * x.shape; // [101, 2]
 * y.sum().item(); // 51
 */
export function circles(options: CirclesOptions = {}): LabelledPoints {
  const settings = settingsOf('circles', fields, options);
  const counts = inHalves('circles', settings.nSamples);
  return onCurves('circles', counts, [circle(1), circle(settings.factor)], settings);
}
