import { expect, test } from 'vitest';
import { numberLabel, powerLabel, shareLabel, tickLabels } from '../../../src/plot/axes/labels.js';

test('the labels of an axis have the same decimals', () => {
  expect(tickLabels([0, 0.25, 0.5])).toEqual(['0.00', '0.25', '0.50']);
  expect(tickLabels([0.1, 0.2, 0.30000000000000004])).toEqual(['0.1', '0.2', '0.3']);
  expect(tickLabels([-1, 0, 1])).toEqual(['−1', '0', '1']);
});

test('large numbers share one unit, from ten thousand on', () => {
  expect(tickLabels([0, 4000, 8000])).toEqual(['0', '4000', '8000']);
  expect(tickLabels([0, 5000, 10000])).toEqual(['0', '5k', '10k']);
  expect(tickLabels([0, 500_000, 1_000_000])).toEqual(['0.0', '0.5M', '1.0M']);
  expect(tickLabels([-20_000, 0])).toEqual(['−20k', '0']);
});

test('a narrow range far from 0 keeps the digits that tell its ticks apart', () => {
  expect(tickLabels([1000000.001, 1000000.002])).toEqual(['1000000.001', '1000000.002']);
});

test('very small and very large numbers get a power of ten', () => {
  expect(tickLabels([0, 2e-9, 4e-9])).toEqual(['0', '2×10⁻⁹', '4×10⁻⁹']);
  expect(tickLabels([2e9, 6e9, 1e10])).toEqual(['2×10⁹', '6×10⁹', '1×10¹⁰']);
  expect(tickLabels([5e-324])).toEqual(['5×10⁻³²⁴']);
});

test('powers of ten have 1 up to 10 before them', () => {
  expect(tickLabels([0, 5e299, 1e300])).toEqual(['0', '5×10²⁹⁹', '1×10³⁰⁰']);
  expect(tickLabels([-1.2e11, 8e10, 1e11])).toEqual(['−1.2×10¹¹', '8×10¹⁰', '1.0×10¹¹']);
  expect(tickLabels([1.7e12, 1.7e12 + 2e5])).toEqual(['1.7000000×10¹²', '1.7000002×10¹²']);
  expect(tickLabels([-5e-324, 5e-324])).toEqual(['−5×10⁻³²⁴', '5×10⁻³²⁴']);
});

test('ticks that differ have labels that differ', () => {
  const near = (from: number, step: number) => Array.from({ length: 5 }, (_, i) => from + i * step);
  for (const values of [
    near(1e15, 0.25),
    near(1e15, 0.125),
    near(1, 2 ** -52),
    near(1e20, 2 ** 14),
    near(0.5, 1e-15),
  ])
    expect(new Set(tickLabels(values)).size, `${values}`).toBe(5);
  expect(tickLabels([1e15, 1e15 + 0.5])).toEqual(['1.0000000000000000×10¹⁵', '1.0000000000000005×10¹⁵']);
});

test('what is below 1 is never written as 1', () => {
  const shares = [1, 0.9996, 0.9998, 0.99996, 1 - 2 ** -53, 0.75, 0, -0.5, Number.NaN];
  expect(shares.map(shareLabel)).toEqual([
    '1',
    '0.9996',
    '0.9998',
    '0.99996',
    '0.9999999999999999',
    '0.75',
    '0',
    '−0.5',
    'NaN',
  ]);
});

test('labels can do without signs that are not ASCII', () => {
  expect(tickLabels([-2e-9, 0], { ascii: true })).toEqual(['-2e-9', '0']);
  expect(powerLabel(-3, { ascii: true })).toBe('1e-3');
  expect(powerLabel(-3)).toBe('10⁻³');
});

test('a single number is rounded to three digits', () => {
  const labels = [0, 0.87345, 12345, -3.1e-6, 9999.6, 1e10, Number.NaN, Number.NEGATIVE_INFINITY].map((x) =>
    numberLabel(x),
  );
  expect(labels).toEqual(['0', '0.873', '12.3k', '−3.1×10⁻⁶', '10k', '1×10¹⁰', 'NaN', '−∞']);
});
