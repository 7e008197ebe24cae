import { describe, expect, test } from 'vitest';
import {
  AlphaDropout,
  Dropout,
  GaussianDropout,
  GaussianNoise,
  gradients,
  ones,
  SpatialDropout1D,
  SpatialDropout2D,
  SpatialDropout3D,
  type Tensor,
  zeros,
} from '../../src/index.js';

const training = { training: true };
const many = [100, 200];
const moments = (x: Tensor) => [x.mean().item(), x.std().item()];

describe('noise', () => {
  test.each([
    // Keeps the mean; deviations follow from the formulas.
    ['GaussianNoise', new GaussianNoise(0.3, { seed: 1 }), 1, 0.3],
    ['GaussianDropout', new GaussianDropout(0.2, { seed: 1 }), 1, 0.5],
    ['Dropout', new Dropout(0.2, { seed: 1 }), 1, 0.5],
  ])('of %s has the stated mean and deviation', (_, each, mean, deviation) => {
    const [m, s] = moments(each.apply(ones(many), training));
    expect(Math.abs(m! - mean)).toBeLessThan(0.02);
    expect(Math.abs(s! - deviation)).toBeLessThan(0.02);
  });

  test('of AlphaDropout keeps mean 0 and deviation 1, and sets a share to one value', () => {
    const normal = new GaussianNoise(1, { seed: 2 }).apply(zeros(many), training);
    const y = new AlphaDropout(0.3, { seed: 3 }).apply(normal, training);
    const [m, s] = moments(y);
    expect(Math.abs(m!)).toBeLessThan(0.03);
    expect(Math.abs(s! - 1)).toBeLessThan(0.03);
    const set = y.equal(y.sub(normal).equal(0).where(0, y).min()).cast('float32').mean().item();
    expect(set).toBeLessThan(0.33);
    const counts = new Map<number, number>();
    for (const value of y.data()) counts.set(value, (counts.get(value) ?? 0) + 1);
    expect(Math.abs(Math.max(...counts.values()) / y.size - 0.3)).toBeLessThan(0.02);
  });

  test.each([
    new GaussianNoise(0),
    new GaussianDropout(0),
    new AlphaDropout(0),
    new Dropout(0),
    new SpatialDropout1D(0),
  ])('of strength 0 in $className gives the inputs back', (each) => {
    const x = ones([2, 3, 4]);
    expect(each.apply(x, training).toArray()).toEqual(x.toArray());
  });

  test('of rate 1 leaves nothing, and no gradient', () => {
    const x = ones([2, 3]).div(0);
    const y = new Dropout(1).apply(x, training);
    expect(y.toArray()).toEqual(zeros([2, 3]).toArray());
    expect(gradients(y.sum(), [x])[0]!.toArray()).toEqual(zeros([2, 3]).toArray());
  });

  test('differs from call to call, and is the same for the same seed', () => {
    const [a, b] = [new Dropout(0.5, { seed: 7 }), new Dropout(0.5, { seed: 7 })];
    const first = a.apply(ones([50]), training).toArray();
    expect(a.apply(ones([50]), training).toArray()).not.toEqual(first);
    expect(b.apply(ones([50]), training).toArray()).toEqual(first);
  });
});

/** How many different values there are along some axes, at most. */
const choicesAlong = (y: Tensor, axes: readonly number[]) =>
  y.max(axes).sub(y.min(axes)).equal(0).all().item<boolean>();

describe('SpatialDropout', () => {
  test.each([
    ['sequences', new SpatialDropout1D(0.5, { seed: 1 }), [8, 5, 16], [1]],
    ['images', new SpatialDropout2D(0.5, { seed: 1 }), [8, 5, 3, 16], [1, 2]],
    [
      'images whose channels come first',
      new SpatialDropout2D(0.5, { seed: 1, dataFormat: 'channels_first' }),
      [8, 16, 3, 5],
      [2, 3],
    ],
    ['volumes', new SpatialDropout3D(0.5, { seed: 1 }), [8, 2, 3, 2, 16], [1, 2, 3]],
    [
      'volumes whose channels come first',
      new SpatialDropout3D(0.5, { seed: 1, dataFormat: 'channels_first' }),
      [8, 16, 2, 3, 2],
      [2, 3, 4],
    ],
  ] as const)('drops whole channels of %s', (_, each, shape, axes) => {
    const y = each.apply(ones(shape), training);
    expect(choicesAlong(y, axes)).toBe(true);
    expect(new Set(y.data())).toEqual(new Set([0, 2]));
    expect(choicesAlong(y, [0])).toBe(false);
  });

  test('says which axes it takes', () => {
    expect(() => new SpatialDropout2D(0.5).apply(zeros([2, 3, 4]))).toThrow(
      "SpatialDropout2D 'spatial_dropout2d' expected inputs of shape [batch, any, any, any], received [2, 3, 4].",
    );
  });

  test('has the configuration of Keras, which knows no `trainable` there', () => {
    expect(Object.keys(new SpatialDropout1D(0.5).getConfig()).sort()).toEqual([
      'dtype',
      'name',
      'rate',
      'seed',
    ]);
  });
});

describe('the rate', () => {
  test('is a share: a percentage is told so', () => {
    expect(() => new Dropout(50)).toThrow(
      'Dropout rate expected a number from 0 to 1, received 50.\n' +
        '  fix    Write 0.5: a share, not a percentage.\n' +
        '  code   option-value',
    );
    expect(() => new GaussianDropout(20)).toThrow('Write 0.2: a share, not a percentage.');
    expect(() => new SpatialDropout1D(-1)).toThrow(
      'SpatialDropout1D rate expected a number from 0 to 1, received -1.',
    );
    expect(() => new AlphaDropout(1)).toThrow(
      'AlphaDropout rate expected a number of 0 or more and below 1, received 1.',
    );
  });

  test('holds for a noise shape: one choice for an axis of size 1', () => {
    const y = new Dropout(0.5, { noiseShape: [null, 1], seed: 5 }).apply(ones([20, 4]), training);
    expect(choicesAlong(y, [1])).toBe(true);
    const z = new AlphaDropout(0.5, { noiseShape: [1, null], seed: 5 }).apply(ones([4, 20]), training);
    expect(choicesAlong(z, [0])).toBe(true);
  });
});
