/** Numbers to predict, brought to mean 0 and deviation 1. */

import { deviation, mean, skewness } from './numbers.js';

export interface Scale {
  readonly name: 'plain' | 'logarithm';
  scaled(value: number): number;
  unscaled(value: number): number;
}

/** Fitted on the known values. */
export function plainScale(values: ArrayLike<number>): Scale {
  const [middle, spread] = [mean(values), deviation(values) || 1];
  return {
    name: 'plain',
    scaled: (value) => (value - middle) / spread,
    unscaled: (value) => value * spread + middle,
  };
}

/** Of `log(1 + value)`; answers stay within the range of the known values, so that no power runs away. */
export function logScale(values: ArrayLike<number>): Scale {
  const list = Float64Array.from(values);
  const inner = plainScale(list.map(Math.log1p));
  const largest = list.reduce((most, value) => Math.max(most, value), 0);
  return {
    name: 'logarithm',
    scaled: (value) => inner.scaled(Math.log1p(value)),
    unscaled: (value) => Math.min(1.5 * largest, Math.expm1(inner.unscaled(value))),
  };
}

/** Whether values from 0 up are nearer to symmetry as logarithms: prices, fares, populations. */
export function growsLikePowers(values: Float64Array): boolean {
  const skew = skewness(values);
  return skew > 1 && values.every((value) => value >= 0) && Math.abs(skewness(values.map(Math.log1p))) < skew;
}
