import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../src/core/errors.js';
import { splitRows, stratifiedFolds } from '../../src/data/split.js';

const labels = Array.from({ length: 100 }, (_, row) => (row < 30 ? 1 : 0));
const ones = (rows: Int32Array) => rows.filter((row) => labels[row] === 1).length;

describe('splitRows', () => {
  test('the parts are disjoint, together all rows, and of the shares asked for', () => {
    const { train, validation, test: kept } = splitRows(labels, { validation: 0.2, test: 0.1, seed: 1 });
    expect([train.length, validation.length, kept.length]).toEqual([70, 20, 10]);
    expect(new Set([...train, ...validation, ...kept]).size).toBe(100);
  });

  test('every part has its share of each label', () => {
    const { train, validation, test: kept } = splitRows(labels, { seed: 5 });
    expect([ones(train), ones(validation), ones(kept)]).toEqual([18, 6, 6]);
  });

  test('the seed decides', () => {
    expect(splitRows(labels, { seed: 3 })).toEqual(splitRows(labels, { seed: 3 }));
    expect(splitRows(labels, { seed: 3 })).not.toEqual(splitRows(labels, { seed: 4 }));
  });

  test('shares that leave nothing to train on are refused', () => {
    expect(() => splitRows(labels, { validation: 0.6, test: 0.4 })).toThrow(ConfigError);
    expect(() => splitRows(labels, { test: -0.1 })).toThrow(
      /splitRows expected test to be a share from 0 to below 1, received -0.1\./,
    );
  });
});

describe('stratifiedFolds', () => {
  test('the test parts are disjoint, together all rows, and each leaves the rest for training', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 6 }), fc.nat(), (strata, seed) => {
        const folds = stratifiedFolds(strata, 5, { seed });
        const tested = folds.flatMap(({ test: rows }) => [...rows]);
        expect(tested.sort((a, b) => a - b)).toEqual(strata.map((_, row) => row));
        for (const { train, test: rows } of folds) {
          expect(train.length + rows.length).toBe(strata.length);
          expect(train.filter((row) => rows.includes(row)).length).toBe(0);
        }
      }),
    );
  });

  test('every fold has its share of each label', () => {
    const counts = stratifiedFolds(labels, 5, { seed: 9 }).map(({ test: rows }) => ones(rows));
    expect(counts).toEqual([6, 6, 6, 6, 6]);
  });

  test('unknown options are refused, not passed over', () => {
    expect(() => splitRows(labels, { test_size: 0.5 } as never)).toThrow("received 'test_size'");
    expect(() => stratifiedFolds(labels, 2, { shuffle: false } as never)).toThrow("received 'shuffle'");
  });

  test('a number of folds that cannot be is refused', () => {
    for (const count of [1, 2.5, 101]) {
      expect(() => stratifiedFolds(labels, count)).toThrow(
        /expected an integer number of folds from 2 to 100/,
      );
    }
  });
});
