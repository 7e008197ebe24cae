/** Moons, circles and spirals. */
import { describe, expect, test } from 'vitest';
import { circles, type LabelledPoints, moons, spirals } from '../../../src/datasets/index.js';

const shapes = { moons, circles, spirals };

/** Points with their classes, in an order that does not depend on that of the rows. */
function sorted({ x, y }: LabelledPoints): number[][] {
  const labels = y.data();
  const rows = (x.toArray() as number[][]).map((row, i) => [labels[i]!, ...row]);
  return rows.sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]! || a[2]! - b[2]!);
}

function expectPoints(points: LabelledPoints, expected: readonly (readonly number[])[]): void {
  const rows = sorted(points);
  expect(rows.length).toBe(expected.length);
  const places = expected.toSorted((a, b) => a[0]! - b[0]! || a[1]! - b[1]! || a[2]! - b[2]!);
  rows.forEach((row, i) => {
    row.forEach((value, j) => {
      expect(value).toBeCloseTo(places[i]![j]!, 5);
    });
  });
}

// python -c "from sklearn.datasets import make_moons; x, y = make_moons(7, shuffle=False); print(x.round(7), y)"
const moonsOfSeven = [
  [0, 1, 0], [0, 0, 1], [0, -1, 0],
  [1, 0, 0.5], [1, 0.5, -0.3660254], [1, 1.5, -0.3660254], [1, 2, 0.5],
]; // biome-ignore format: three points, then four
// python -c "from sklearn.datasets import make_circles; x, y = make_circles(7, shuffle=False, factor=.5); print(x.round(7), y)"
const circlesOfSeven = [
  [0, 1, 0], [0, -0.5, 0.8660254], [0, -0.5, -0.8660254],
  [1, 0.5, 0], [1, 0, 0.5], [1, -0.5, 0], [1, 0, -0.5],
]; // biome-ignore format: three points, then four
// python -c "from sklearn.datasets import make_moons; x, y = make_moons((1, 3), shuffle=False); print(x.round(7), y)"
const moonsOfOneAndThree = [
  [0, 1, 0],
  [1, 0, 0.5],
  [1, 1, -0.5],
  [1, 2, 0.5],
];

describe('without noise', () => {
  test('moons and circles are where scikit-learn has them', () => {
    expectPoints(moons({ nSamples: 7 }), moonsOfSeven);
    expectPoints(circles({ nSamples: 7, factor: 0.5 }), circlesOfSeven);
    expectPoints(moons({ nSamples: [1, 3] }), moonsOfOneAndThree);
  });

  test('the arms of spirals start beside each other and end on the circle of radius 1', () => {
    const { x, y } = spirals({ nSamples: 11, nClasses: 3, turns: 0.5, shuffle: false });
    expect([...y.data()]).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2]);
    const rows = x.toArray() as number[][];
    expect(rows.map(([a, b]) => Math.hypot(a!, b!)).slice(0, 4)).toEqual(
      [0.25, 0.5, 0.75, 1].map((radius) => expect.closeTo(radius, 6)),
    );
    // The first arm begins to the right and ends half a turn later; the second is a third of a turn ahead of it.
    expect(Math.atan2(rows[3]![1]!, rows[3]![0]!)).toBeCloseTo(Math.PI, 5);
    const angle = (row: number[]) => Math.atan2(row[1]!, row[0]!) / (2 * Math.PI);
    expect((angle(rows[4]!) - angle(rows[0]!) + 1) % 1).toBeCloseTo(1 / 3, 6);
  });

  test('negative turns go the other way round', () => {
    const rows = (turns: number) => spirals({ nSamples: 10, nClasses: 1, turns, shuffle: false }).x.toArray();
    const mirrored = (rows(-1) as number[][]).map(([a, b]) => [a, b === 0 ? 0 : -b!]);
    expect(mirrored.flat()).toEqual((rows(1) as number[][]).flat().map((value) => expect.closeTo(value, 6)));
  });
});

describe.each(Object.entries(shapes))('%s', (name, shape) => {
  test('has 100 points in random order by default, and class by class if so wished', () => {
    const { x, y } = shape();
    expect([x.shape, x.dtype, y.shape, y.dtype]).toEqual([[100, 2], 'float32', [100], 'int32']);
    expect(y.sum().item()).toBe(50);
    const inOrder = [...shape({ shuffle: false }).y.data()];
    expect(inOrder).toEqual(inOrder.toSorted());
    expect([...y.data()]).not.toEqual(inOrder);
    expect(sorted(shape())).toEqual(sorted(shape({ shuffle: false })));
  });

  test('is the same for the same seed, and another for another', () => {
    const values = (seed: number) => [...shape({ noise: 0.1, seed }).x.data()];
    expect(values(3)).toEqual(values(3));
    expect(values(3)).not.toEqual(values(4));
  });

  test('is moved by normal noise', () => {
    const settings = { nSamples: 20_000, seed: 5, shuffle: false };
    const still = shape(settings).x.data();
    const differences = shape({ ...settings, noise: 0.3 })
      .x.data()
      .map((value, i) => value - still[i]!);
    const mean = (values: ArrayLike<number>) =>
      Array.from(values).reduce((sum, value) => sum + value) / values.length;
    // Four standard errors of 40,000 numbers.
    expect(Math.abs(mean(differences))).toBeLessThan((4 * 0.3) / 200);
    const deviation = Math.sqrt(mean(differences.map((value) => value ** 2)));
    expect(Math.abs(deviation - 0.3)).toBeLessThan((4 * 0.3) / Math.sqrt(80_000));
    const beyond = mean(differences.map((value) => Number(Math.abs(value) > 0.6)));
    expect(beyond).toBeCloseTo(0.0455, 2);
  });

  test('refuses what it cannot use, by name', () => {
    const any = (options: object) => () => shape(options as never);
    expect(any({ nSamples: 0 })).toThrow(`${name} nSamples expected`);
    expect(any({ nSamples: 1e10 })).toThrow(`${name} expected at most 268435456 numbers in a tensor`);
    expect(any({ nSamples: [1e10, 1] })).toThrow('received points that ask for 20000000002');
    expect(any({ nSamples: 2.5 })).toThrow('nSamples');
    expect(any({ nSamples: [1, 2, 3] })).toThrow('a list of 2 numbers of points');
    expect(any({ nSamples: [0, 0] })).toThrow('not all 0');
    expect(any({ noise: -1 })).toThrow('noise expected a number of 0 or more');
    expect(any({ noise: Number.NaN })).toThrow('noise');
    expect(any({ samples: 3 })).toThrow("received 'samples'");
    expect(any({ nSample: 3 })).toThrow("Did you mean 'nSamples'?");
    expect(any([3])).toThrow('an object of options');
  });
});

test('circles refuses a factor of 1', () => {
  expect(() => circles({ factor: 1 })).toThrow('circles factor expected a number of 0 or more and below 1');
});

test('spirals refuses more arms than it can list', () => {
  expect(() => spirals({ nClasses: 1e10 })).toThrow('spirals nClasses expected an integer from 1 to 1048576');
});

test('spirals can have points of one class only', () => {
  expect([...spirals({ nSamples: [0, 3], shuffle: false }).y.data()]).toEqual([1, 1, 1]);
});

test('the noise of two shapes has nothing to do with each other', () => {
  const noise = (shape: typeof moons) => {
    const settings = { nSamples: 50, shuffle: false, seed: 1 };
    const still = shape(settings).x.data();
    return Array.from(shape({ ...settings, noise: 1 }).x.data(), (value, i) =>
      (value - still[i]!).toFixed(4),
    );
  };
  const others = new Set(noise(spirals));
  expect(noise(moons).filter((word) => others.has(word)).length).toBeLessThan(3);
});
