import { expect, test } from 'vitest';
import { blobs } from '../../../src/datasets/index.js';

const centers = [
  [0, 0],
  [5, 5],
  [0, 5],
];
const counts = (y: { data(): ArrayLike<number> }) =>
  Array.from(y.data()).reduce<number[]>((sums, label) => {
    sums[label] = (sums[label] ?? 0) + 1;
    return sums;
  }, []);

test('blobs without deviation are at their centres, those left over in the first ones', () => {
  // python -c "from sklearn.datasets import make_blobs; print(make_blobs(8, centers=[[0, 0], [5, 5], [0, 5]],
  //   cluster_std=0, shuffle=False))"
  const { x, y } = blobs({ nSamples: 8, centers, clusterStd: 0, shuffle: false });
  expect(x.toArray()).toEqual([
    [0, 0],
    [0, 0],
    [0, 0],
    [5, 5],
    [5, 5],
    [5, 5],
    [0, 5],
    [0, 5],
  ]);
  expect([...y.data()]).toEqual([0, 0, 0, 1, 1, 1, 2, 2]);
});

test('blobs makes three of them in the plane by default, and says where their centres are', () => {
  const { x, y, centers } = blobs();
  expect([x.shape, x.dtype, y.shape, y.dtype, centers.shape]).toEqual([
    [100, 2],
    'float32',
    [100],
    'int32',
    [3, 2],
  ]);
  expect(counts(y)).toEqual([34, 33, 33]);
  expect(Math.max(...centers.abs().data())).toBeLessThan(10);
});

test('points lie around their centres with the deviation of each', () => {
  const deviations = [0.5, 2, 1];
  const { x, y } = blobs({ nSamples: 30_000, centers, clusterStd: deviations, seed: 2 });
  const labels = y.data();
  const rows = x.toArray() as number[][];
  centers.forEach((center, label) => {
    for (const axis of [0, 1]) {
      const values = rows.filter((_, i) => labels[i] === label).map((row) => row[axis]!);
      const mean = values.reduce((sum, value) => sum + value) / values.length;
      const deviation = Math.sqrt(
        values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length,
      );
      // Five standard errors of 10,000 numbers.
      expect(Math.abs(mean - center[axis]!)).toBeLessThan((5 * deviations[label]!) / 100);
      expect(Math.abs(deviation / deviations[label]! - 1)).toBeLessThan(5 / Math.sqrt(20_000));
    }
  });
});

test('drawn centres fill their box, and depend on the seed alone', () => {
  const drawn = (options: object) =>
    blobs({ centers: 500, centerBox: [2, 4], nFeatures: 3, ...options }).centers;
  const values = Array.from(drawn({ nSamples: 500 }).data());
  expect(drawn({ nSamples: 500 }).shape).toEqual([500, 3]);
  expect(Math.min(...values)).toBeGreaterThanOrEqual(2);
  expect(Math.max(...values)).toBeLessThan(4);
  expect(values.reduce((sum, value) => sum + value) / values.length).toBeCloseTo(3, 1);
  expect([...drawn({ nSamples: 900 }).data()]).toEqual([...values]);
  expect([...drawn({ nSamples: 500, seed: 1 }).data()]).not.toEqual([...values]);
});

test('a list of counts tells how many heaps there are', () => {
  expect(counts(blobs({ nSamples: [3, 4, 5, 6] }).y)).toEqual([3, 4, 5, 6]);
  expect(counts(blobs({ nSamples: [1, 2, 3], centers }).y)).toEqual([1, 2, 3]);
});

test('rows are mixed together with their labels', () => {
  const { x, y } = blobs({ nSamples: 60, centers, clusterStd: 0 });
  const labels = y.data();
  expect([...labels]).not.toEqual([...labels].toSorted());
  (x.toArray() as number[][]).forEach((row, i) => {
    expect(row).toEqual(centers[labels[i]!]);
  });
});

test('blobs refuses what it cannot use', () => {
  const any = (options: object) => () => blobs(options as never);
  expect(any({ centers: 0 })).toThrow('blobs centers expected');
  expect(any({ centers: [[1, 2], [3]] })).toThrow('all with the same number of coordinates');
  expect(any({ nSamples: 1e10 })).toThrow('blobs expected at most 268435456 numbers in a tensor');
  expect(any({ nFeatures: 1e10 })).toThrow('centers and nFeatures that ask for 30000000000');
  expect(any({ centers: 1e10 })).toThrow('blobs centers');
  expect(any({ centers: [] })).toThrow('blobs centers');
  expect(any({ centers, nSamples: [1, 2] })).toThrow('a list of 3 numbers of points');
  expect(any({ clusterStd: [1, 2] })).toThrow('a list of 3, one for each centre');
  expect(any({ clusterStd: -1 })).toThrow('blobs clusterStd');
  expect(any({ centerBox: [1, 0] })).toThrow('a list [low, high] of two numbers');
  expect(any({ centerBox: [0, 1, 2] })).toThrow('a list [low, high] of two numbers');
});
