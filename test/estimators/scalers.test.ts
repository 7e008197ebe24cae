import { describe, expect, it } from 'vitest';
import { MinMaxScaler, StandardScaler } from '../../src/estimators/index.js';
import { tensor } from '../../src/index.js';
import { difference, figures } from './figures.js';
import { iris } from './iris.js';

const NaNs = Number.NaN;
const table = [
  [1, 5, 1e-3, 10],
  [2, 5, 2e-3, NaNs],
  [4, 5, 5e-3, -20],
  [9, 5, 7e-3, 40],
];
const probe = [
  [3, 6, 4e-3, 0],
  [-1, 5, NaNs, 100],
];
const flowers = iris();
/** JSON has no NaN. */
const missing = (rows: (number | null)[][]) => rows.map((row) => row.map((value) => value ?? NaNs));
const theirs = figures.scalers;

describe('StandardScaler', () => {
  it('agrees with scikit-learn, with a constant feature and with values that are missing', () => {
    const scaler = new StandardScaler().fit(table);
    expect(difference(scaler.mean.toArray(), theirs.standard.mean)).toBeLessThan(1e-7);
    expect(difference(scaler.variance.toArray(), theirs.standard.variance)).toBeLessThan(1e-7);
    expect(difference(scaler.scale.toArray(), theirs.standard.scale)).toBeLessThan(1e-7);
    expect(scaler.scale.toArray()).toMatchObject({ 1: 1 });
    const changed = scaler.transform(probe).toArray();
    expect(difference(changed, missing(theirs.standard.transformed))).toBeLessThan(1e-7);
    expect(difference(scaler.inverseTransform(changed as number[][]).toArray(), probe)).toBeLessThan(1e-6);
  });

  it.skipIf(!flowers)('agrees with scikit-learn on iris', () => {
    const scaler = new StandardScaler();
    const changed = scaler.fitTransform(tensor(flowers!.x));
    expect(difference(scaler.variance.toArray(), theirs.standardIris.variance)).toBeLessThan(1e-6);
    expect(difference(changed.slice([0, 0], [2, 4]).toArray(), theirs.standardIris.transformed)).toBeLessThan(
      1e-6,
    );
  });

  it('leaves out what it is told to', () => {
    expect(new StandardScaler({ withMean: false }).fitTransform([[1], [3]]).toArray()).toEqual([[1], [3]]);
    expect(new StandardScaler({ withStd: false }).fitTransform([[1], [5]]).toArray()).toEqual([[-2], [2]]);
  });

  it('takes a constant feature for constant in spite of rounding', () => {
    const scaler = new StandardScaler().fit(Array.from({ length: 10 }, () => [0.1 + 0.2]));
    expect(scaler.scale.toArray()).toEqual([1]);
  });
});

describe('MinMaxScaler', () => {
  it('agrees with scikit-learn', () => {
    const scaler = new MinMaxScaler().fit(table);
    expect(difference(scaler.dataMin.toArray(), theirs.minMax.dataMin)).toBeLessThan(1e-7);
    expect(difference(scaler.dataMax.toArray(), theirs.minMax.dataMax)).toBeLessThan(1e-7);
    expect(difference(scaler.scale.toArray(), theirs.minMax.scale)).toBeLessThan(1e-7);
    const changed = scaler.transform(probe).toArray();
    expect(difference(changed, missing(theirs.minMax.transformed))).toBeLessThan(1e-7);
    expect(difference(scaler.inverseTransform(changed as number[][]).toArray(), probe)).toBeLessThan(1e-6);
  });

  it('stretches to another range, and clips', () => {
    const scaler = new MinMaxScaler({ featureRange: [-2, 3], clip: true }).fit(table);
    const changed = scaler.transform(probe).toArray();
    expect(difference(changed, missing(theirs.minMaxClipped.transformed))).toBeLessThan(1e-7);
  });
});

describe.each([
  ['StandardScaler', () => new StandardScaler()],
  ['MinMaxScaler', () => new MinMaxScaler()],
])('%s', (_name, made) => {
  it('keeps a feature missing of which nothing is known', () => {
    expect(made().fitTransform([[1, NaNs], [3, NaNs]]).toArray()).toMatchObject([{ 1: NaNs }, { 1: NaNs }]); // biome-ignore format: one call
  });

  it('has copies that have learnt nothing', () => {
    expect(() => made().fit(table).clone().transform(table)).toThrow('expected `fit` before `transform`');
  });

  it.each([
    ['results before fit', () => made().scale, 'not-fitted'],
    ['data before fit', () => made().transform(table), 'not-fitted'],
    ['data to restore before fit', () => made().inverseTransform(table), 'not-fitted'],
    ['infinities', () => made().fit([[1], [Number.NEGATIVE_INFINITY]]), 'not-finite'],
    ['what float32 does not hold', () => made().fit([[1e300], [-1e300]]), 'not-finite'],
    ['no rows', () => made().fit([]), 'empty-data'],
    ['a row of numbers', () => made().fit([1, 2]), 'shape-mismatch'],
    [
      'another number of features',
      () =>
        made()
          .fit([[1], [2]])
          .transform([[1, 2]]),
      'shape-mismatch',
    ],
    [
      'another number of features to restore',
      () =>
        made()
          .fit([[1]])
          .inverseTransform([[1, 2]]),
      'shape-mismatch',
    ],
  ])('refuses %s', (_, refused, code) => {
    expect(refused).toThrow(expect.objectContaining({ code }));
  });
});

it('refuses a range that is none', () => {
  for (const featureRange of [[1, 1], [1], [0, Number.NaN], 3])
    expect(() => new MinMaxScaler({ featureRange: featureRange as never })).toThrow('two numbers');
});
