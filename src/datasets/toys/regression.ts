/** A linear rule with noise. */

import type { Fields } from '../../core/declaration.js';
import { float, int } from '../../core/fields.js';
import type { Options, Settings } from '../../core/settings.js';
import { tensor } from '../../tensor/create.js';
import type { Tensor } from '../../tensor/tensor.js';
import { checkSize, settingsOf } from '../options.js';
import { Draws } from './draws.js';
import { mixedFields, orderOf } from './points.js';

const fields = () =>
  ({
    /** How many rows. Default 100. */
    nSamples: int(100, { min: 1 }),
    /** How many columns `x` has. Default 100. */
    nFeatures: int(100, { min: 1 }),
    /** How many columns `y` depends on, at most all of them. Default 10. */
    nInformative: int(10, { min: 0 }),
    /** How many numbers `y` has for each row. Default 1. */
    nTargets: int(1, { min: 1 }),
    /** What `y` is where `x` is 0. Default 0. */
    bias: float(0),
    /** Standard deviation of what is added to `y`. Default 0. */
    noise: float(0, { min: 0 }),
    ...mixedFields(),
  }) satisfies Fields;
export interface RegressionOptions extends Options<ReturnType<typeof fields>> {}

/** Rows, their targets, and the rule that made these. */
export interface RegressionData {
  /** `[n, features]`, float32. */
  readonly x: Tensor;
  /** `[n]`, or `[n, targets]` of several; float32. */
  readonly y: Tensor;
  /** `[features]`, or `[features, targets]`: 0 for a column that tells nothing. */
  readonly coef: Tensor;
}

/**
 * `y = x · coef + bias + noise`: columns of `x` are normal with deviation 1, of `coef` `nInformative` values are drawn
 * from [0, 100) and the others 0. `x` `[n, nFeatures]`, `y` `[n]`, or `[n, nTargets]` of several, and `coef`. Without
 * `shuffle` the columns that tell something are the first ones.
 *
 * Throws a ConfigError for an option that is unknown or out of range.
 * Source: scikit-learn's `make_regression`, with random numbers of our own; of its options `effective_rank` and
 * `tail_strength` are missing.
 *
 * @example
 * const { x, y, coef } = regression({ nSamples: 50, nFeatures: 3, nInformative: 2, bias: 5 });
 * x.shape; // [50, 3]
 * y.shape; // [50]
 * coef.notEqual(0).cast('int32').sum().item(); // 2
 */
export function regression(options: RegressionOptions = {}): RegressionData {
  const settings = settingsOf('regression', fields, options);
  const { nSamples, nFeatures, nTargets, bias, noise, seed } = settings;
  checkSize('regression', nSamples * nFeatures, 'nSamples and nFeatures');
  checkSize('regression', nSamples * nTargets, 'nSamples and nTargets');
  checkSize('regression', nFeatures * nTargets, 'nFeatures and nTargets');
  const coefficients = rule(settings);
  const draws = new Draws('regression', seed);
  const rows = Float32Array.from({ length: nSamples * nFeatures }, () => draws.normal());
  const errors = new Draws('regression noise', seed);
  const targets = Float32Array.from({ length: nSamples * nTargets }, (_, i) => {
    const [row, target] = [Math.floor(i / nTargets), i % nTargets];
    let sum = bias;
    for (let feature = 0; feature < nFeatures; feature++)
      sum += coefficients[feature * nTargets + target]! * rows[row * nFeatures + feature]!;
    return sum + (noise > 0 ? noise * errors.normal() : 0);
  });
  const ofTargets = nTargets === 1 ? [] : [nTargets];
  return {
    x: tensor(rows, { shape: [nSamples, nFeatures] }),
    y: tensor(targets, { shape: [nSamples, ...ofTargets] }),
    coef: tensor(coefficients, { shape: [nFeatures, ...ofTargets] }),
  };
}

/** `[features, targets]`, row after row. */
function rule({ nFeatures, nTargets, nInformative, shuffle, seed }: Settings<ReturnType<typeof fields>>) {
  const draws = new Draws('regression rule', seed);
  const inOrder = Float32Array.from({ length: nFeatures * nTargets }, (_, at) =>
    at < nInformative * nTargets ? 100 * draws.uniform() : 0,
  );
  if (!shuffle) return inOrder;
  const order = orderOf('regression', nFeatures, seed);
  return inOrder.map((_, at) => inOrder[order[Math.floor(at / nTargets)]! * nTargets + (at % nTargets)]!);
}
