/** Spiral arms that turn around each other. */

import { float, int } from '../../core/fields.js';
import type { Options } from '../../core/settings.js';
import { settingsOf } from '../options.js';
import { type Curve, inParts, type LabelledPoints, mostClasses, onCurves, shapeFields } from './points.js';

const fields = () => ({
  ...shapeFields(),
  /** How many arms. Default 2. */
  nClasses: int(2, { min: 1, max: mostClasses }),
  /** How often each arm turns around the origin; a negative number turns clockwise. Default 1. */
  turns: float(1),
});
export interface SpiralsOptions extends Options<ReturnType<typeof fields>> {}

const arm =
  (start: number, turns: number): Curve =>
  (i, count) => {
    // The origin is left out: it would belong to all arms.
    const radius = (i + 1) / count;
    const angle = 2 * Math.PI * (start + turns * radius);
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  };

/**
 * Archimedean spirals, one arm for each class: `r (cos a, sin a)` with `a = 2π (class / nClasses + turns r)` and r up to 1
 * in even steps. `x` `[n, 2]` and `y` `[n]`; more `turns` make the task harder. Points that cannot be shared out evenly
 * go to the first arms.
 *
 * Throws a ConfigError for an option that is unknown or out of range.
 *
 * @example
 * const { x, y } = spirals({ nSamples: 300, nClasses: 3, turns: 0.75, noise: 0.02 });
 * x.shape; // [300, 2]
 * y.max().item(); // 2
 */
export function spirals(options: SpiralsOptions = {}): LabelledPoints {
  const settings = settingsOf('spirals', fields, options);
  const { nSamples, nClasses, turns } = settings;
  const arms = Array.from({ length: nClasses }, (_, label) => arm(label / nClasses, turns));
  return onCurves('spirals', inParts('spirals', nSamples, nClasses), arms, settings);
}
