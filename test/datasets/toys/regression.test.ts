import { expect, test } from 'vitest';
import { regression } from '../../../src/datasets/index.js';

test('regression has 100 rows, 100 columns and 10 that tell something by default, as scikit-learn', () => {
  const { x, y, coef } = regression();
  expect([x.shape, y.shape, coef.shape]).toEqual([[100, 100], [100], [100]]);
  expect([x.dtype, y.dtype, coef.dtype]).toEqual(['float32', 'float32', 'float32']);
  const told = coef.data().filter((value) => value !== 0);
  expect(told.length).toBe(10);
  expect(told.every((value) => value > 0 && value < 100)).toBe(true);
});

test('without noise targets are the rule, for one target and for several', () => {
  const one = regression({ nFeatures: 5, nInformative: 3, bias: 7, seed: 2 });
  const errors = one.x.matmul(one.coef.expandDims(1)).flatten().add(7).sub(one.y).abs();
  expect(errors.max().item()).toBeLessThan(1e-4);
  const two = regression({ nSamples: 20, nFeatures: 5, nTargets: 2, bias: -1 });
  expect([two.y.shape, two.coef.shape]).toEqual([
    [20, 2],
    [5, 2],
  ]);
  expect(two.x.matmul(two.coef).sub(1).sub(two.y).abs().max().item()).toBeLessThan(1e-4);
});

test('noise is normal, and columns are with deviation 1', () => {
  const settings = { nSamples: 20_000, nFeatures: 4, seed: 3 };
  const still = regression(settings);
  const moved = regression({ ...settings, noise: 5 });
  expect([...moved.x.data()]).toEqual([...still.x.data()]);
  const differences = moved.y.sub(still.y);
  expect(Math.abs(differences.mean().item())).toBeLessThan((4 * 5) / Math.sqrt(20_000));
  expect(Math.abs(differences.std().item() / 5 - 1)).toBeLessThan(4 / Math.sqrt(40_000));
  for (const value of still.x.std(0).data()) expect(Math.abs(value - 1)).toBeLessThan(4 / Math.sqrt(40_000));
  for (const value of still.x.mean(0).data()) expect(Math.abs(value)).toBeLessThan(4 / Math.sqrt(20_000));
});

test('without shuffling the columns that tell something come first', () => {
  const told = (shuffle: boolean) =>
    Array.from(regression({ nFeatures: 12, nInformative: 3, shuffle }).coef.data(), (value) => value !== 0);
  expect(told(false)).toEqual([true, true, true, ...new Array(9).fill(false)]);
  expect(told(true)).not.toEqual(told(false));
});

test('more columns that tell something than there are means all', () => {
  expect(
    regression({ nFeatures: 3 })
      .coef.data()
      .every((value) => value !== 0),
  ).toBe(true);
  expect(regression({ nFeatures: 3, nInformative: 0 }).y.abs().max().item()).toBe(0);
});

test('the same seed gives the same data', () => {
  const values = (seed: number) => [...regression({ nFeatures: 3, noise: 1, seed }).y.data()];
  expect(values(1)).toEqual(values(1));
  expect(values(1)).not.toEqual(values(2));
});

test('regression refuses what it cannot use', () => {
  const any = (options: object) => () => regression(options as never);
  expect(any({ nFeatures: 0 })).toThrow('regression nFeatures');
  expect(any({ nSamples: 1e10 })).toThrow('nSamples and nFeatures that ask for');
  expect(any({ nSamples: 1, nTargets: 1e9 })).toThrow('nSamples and nTargets that ask for');
  expect(any({ nSamples: 1, nTargets: 1e8 })).toThrow('nFeatures and nTargets that ask for');
  expect(any({ noise: -1 })).toThrow('regression noise');
  expect(any({ effectiveRank: 2 })).toThrow("received 'effectiveRank'");
});
