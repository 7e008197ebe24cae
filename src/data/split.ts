/** Rows dealt into parts at random, so that every part has its share of each stratum. */

import { problem } from '../core/errors.js';
import { checkOptionNames } from '../core/option-names.js';
import { keyOf, permutation, streamOf } from '../core/random.js';
import { show } from '../core/text.js';

export interface SplitOptions {
  /** The share of rows kept for choosing and stopping. Default 0.2. */
  readonly validation?: number;
  /** The share of rows kept for the final score. Default 0.2. */
  readonly test?: number;
  /** The same seed gives the same parts. Default 0. */
  readonly seed?: number;
}

/** Numbers of rows, ascending. */
export interface Split {
  readonly train: Int32Array;
  readonly validation: Int32Array;
  readonly test: Int32Array;
}

export interface Fold {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/**
 * Splits rows into three parts. `strata` has one value a row, most often its label: rows of equal value are spread over
 * the parts in proportion.
 *
 * @throws ConfigError for an unknown option, and unless the shares lie in [0, 1) and leave something for training.
 * @example
 * const { train, validation, test } = splitRows([0, 0, 0, 0, 0, 1, 1, 1, 1, 1], { seed: 7 });
 * train.length; // 6
 */
export function splitRows(strata: ArrayLike<unknown>, options: SplitOptions = {}): Split {
  const known = ['validation', 'test', 'seed'];
  checkOptionNames('splitRows', known, options, 'splitRows(labels, { test: 0.25 })');
  const { validation = 0.2, test = 0.2, seed = 0 } = options;
  const shares = { validation, test, 'validation + test': validation + test };
  for (const [name, share] of Object.entries(shares)) {
    if (share >= 0 && share < 1) continue;
    throw problem('argument-value', {
      subject: 'splitRows',
      expected: `${name} to be a share from 0 to below 1`,
      received: show(share),
    });
  }
  const [train, forValidation, forTest] = deal(strata, [1 - validation - test, validation, test], seed);
  return { train: train!, validation: forValidation!, test: forTest! };
}

/**
 * Folds for cross-validation: `count` disjoint test parts that together are all rows, each with the rest to train on.
 *
 * @throws ConfigError for an unknown option, and unless `count` is an integer from 2 to the number of rows.
 * @example
 * stratifiedFolds([0, 0, 1, 1], 2, { seed: 7 }).map(({ test }) => test.length); // [2, 2]
 */
export function stratifiedFolds(
  strata: ArrayLike<unknown>,
  count: number,
  options: { readonly seed?: number } = {},
): Fold[] {
  checkOptionNames('stratifiedFolds', ['seed'], options, 'stratifiedFolds(labels, 5, { seed: 1 })');
  const { seed = 0 } = options;
  if (!Number.isInteger(count) || count < 2 || count > strata.length) {
    throw problem('argument-value', {
      subject: 'stratifiedFolds',
      expected: `an integer number of folds from 2 to ${strata.length}, the number of rows`,
      received: show(count),
    });
  }
  const parts = deal(strata, new Array<number>(count).fill(1 / count), seed);
  return parts.map((test) => {
    const tested = new Set(test);
    const rows = Int32Array.from({ length: strata.length }, (_, row) => row);
    return { train: rows.filter((row) => !tested.has(row)), test };
  });
}

/** Goes through the rows stratum by stratum, in random order within, and gives each to the part that lags most. */
function deal(strata: ArrayLike<unknown>, shares: readonly number[], seed: number): Int32Array[] {
  const parts = shares.map((): number[] => []);
  shuffledStrata(strata, seed).forEach((row, dealt) => {
    const lag = shares.map((share, part) => share * (dealt + 1) - parts[part]!.length);
    parts[lag.indexOf(Math.max(...lag))]!.push(row);
  });
  return parts.map((rows) => Int32Array.from(rows).sort());
}

function shuffledStrata(strata: ArrayLike<unknown>, seed: number): number[] {
  const members = new Map<unknown, number[]>();
  for (const row of permutation(strata.length, keyOf(seed, streamOf('split')))) {
    const stratum = members.get(strata[row]);
    if (stratum) stratum.push(row);
    else members.set(strata[row], [row]);
  }
  return [...members.values()].flat();
}
