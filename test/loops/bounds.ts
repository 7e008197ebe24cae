/** How exact the formulas of functions are. */
import type { ScalarName } from '../../src/loops/scalars.js';

/**
 * Largest error in ulps: where fma rounds once, and where it rounds twice. Measured over every 257th float32;
 * erfinv over every one from 0.984 on. Of power and arctan2 over random pairs.
 */
export const bounds = {
  exp: [1.05, 1.05],
  expm1: [1.6, 1.6],
  log: [0.9, 0.9],
  log1p: [1.5, 1.5],
  sin: [1.7, 1.7],
  cos: [1.7, 1.7],
  tanh: [1.5, 1.5],
  sigmoid: [1.8, 1.8],
  softplus: [1.9, 1.9],
  erf: [1.4, 1.4],
  erfinv: [1.7, 2.3],
  sign: [0, 0],
  power: [1.2, 1.5],
  arctan2: [1.9, 2.1],
} as const satisfies Partial<Record<ScalarName, readonly [number, number]>>;
