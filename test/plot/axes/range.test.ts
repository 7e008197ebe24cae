import { expect, test } from 'vitest';
import { roundValues, shareIn, valueAt } from '../../../src/plot/axes/range.js';

test('shares and values of a range belong to each other, whatever its size', () => {
  const ranges: [number, number][] = [
    [0, 1],
    [-3, 5],
    [-1.7e308, 1.7e308],
    [0, 1.7e308],
    [-1e-310, 1e-310],
  ];
  for (const range of ranges) {
    expect([shareIn(range[0], range), shareIn(range[1], range)]).toEqual([0, 1]);
    expect(shareIn(valueAt(0.25, range), range)).toBeCloseTo(0.25);
  }
});

test('round values are within the range, rising and about as many as asked for', () => {
  expect(roundValues([0, 1], 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  for (const [low, high] of [
    [-1e308, 1e308],
    [0, 1.7e308],
    [-1e-310, 1e-310],
    [1e-310, 1e-309],
  ] as const) {
    const found = roundValues([low, high], 5);
    expect(found.length).toBeGreaterThan(2);
    expect(found.length).toBeLessThan(12);
    expect(found.every((value, i) => value >= low && value <= high && !(value <= found[i - 1]!))).toBe(true);
  }
});
