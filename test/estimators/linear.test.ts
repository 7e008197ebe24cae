import { describe, expect, it } from 'vitest';
import { LinearRegression, LogisticRegression } from '../../src/estimators/index.js';
import { setWarnings, tensor } from '../../src/index.js';
import { difference, figures } from './figures.js';
import { iris } from './iris.js';
import { uniforms } from './points.js';

const flowers = iris();
const columns = (from: number, to: number) => flowers?.x.map((row) => row.slice(from, to)) ?? [];
const width = flowers?.x.map((row) => row[3]!) ?? [];

describe.skipIf(!flowers)('LinearRegression agrees with scikit-learn', () => {
  const dependent = columns(0, 3).map((row) => [...row, row[0]! + row[1]!, 1]);
  const few = [0, 60, 120].map((i) => width[i]!);
  it.each([
    ['iris', columns(0, 3), width, {}],
    ['irisNoIntercept', columns(0, 3), width, { fitIntercept: false }],
    ['irisDependent', dependent, width, {}],
    ['irisWide', flowers?.x.slice(0, 3) ?? [], few, {}],
    ['irisTargets', columns(0, 2), columns(2, 4), {}],
  ])('%s', async (name, x, y, options) => {
    const theirs = figures.linear[name];
    const line = await new LinearRegression(options).fit(x, y);
    expect(difference(line.coef.toArray(), theirs.coef)).toBeLessThan(1e-6);
    expect(difference(line.intercept.toArray(), theirs.intercept)).toBeLessThan(1e-6);
    expect(await line.score(x, y)).toBeCloseTo(theirs.score, 6);
  });

  it('tells how many features are independent', async () => {
    expect((await new LinearRegression().fit(dependent, width)).rank).toBe(3);
  });

  it('is a model of one layer', async () => {
    const line = await new LinearRegression().fit(columns(0, 2), columns(2, 4));
    const [ours, models] = [await line.predict([[5, 3]]), await line.model.predict([[5, 3]])];
    expect(ours.shape).toEqual([1, 2]);
    expect(difference(models.toArray(), ours.toArray())).toBeLessThan(1e-6);
  });
});

describe.skipIf(!flowers)('LogisticRegression agrees with scikit-learn', () => {
  const { x, y } = flowers ?? { x: [], y: [] };
  const tight = { tol: 1e-9, maxIter: 5000 };
  const later = { x: x.slice(50).map((row) => row.slice(0, 3)), y: y.slice(50) };
  it.each([
    ['iris', x, y, tight, 1e-5],
    ['irisStrong', x, y, { C: 0.01, ...tight }, 1e-5],
    ['irisBinary', columns(0, 2), y.map((label) => label === 2), { C: 10, ...tight }, 1e-5],
    ['irisFree', later.x, later.y, { penalty: 'none', ...tight }, 1e-4],
    ['irisNoIntercept', x, y, { fitIntercept: false, ...tight }, 1e-5],
    // With the options of a first try both stop where the loss is nearly flat.
    ['irisDefault', x, y, {}, 0.01],
  ] as const)('%s', async (name, samples, labels, options, within) => {
    const theirs = figures.logistic[name];
    const model = await new LogisticRegression(options).fit(samples, labels);
    expect(difference(model.coef.toArray(), theirs.coef)).toBeLessThan(within);
    expect(difference(model.intercept.toArray(), theirs.intercept)).toBeLessThan(within);
    expect(await model.score(samples, labels)).toBeCloseTo(theirs.score, 12);
    const some = samples.filter((_, i) => i % 40 === 0);
    expect(difference((await model.predictProba(some)).toArray(), theirs.proba)).toBeLessThan(within);
  });

  it('takes words and gives words', async () => {
    const model = await new LogisticRegression<string>().fit(x, flowers!.words);
    expect(model.classes).toEqual(['setosa', 'versicolor', 'virginica']);
    expect(await model.predict([x[0]!, x[149]!])).toEqual(['setosa', 'virginica']);
    expect(await model.score(x, flowers!.words)).toBeGreaterThan(0.95);
  });

  it('is a model of one layer', async () => {
    const model = await new LogisticRegression().fit(x, y);
    const [ours, models] = [await model.predictProba(x), await model.model.predict(x)];
    expect(difference(models.toArray(), ours.toArray())).toBeLessThan(1e-5);
    const two = await new LogisticRegression().fit(later.x, later.y);
    expect(two.coef.shape).toEqual([1, 3]);
    const second = (await two.model.predict(later.x)).toArray();
    expect(difference(second, (await two.predictProba(later.x)).gather(1, 1).toArray())).toBeLessThan(1e-5);
  });
});

describe('LogisticRegression', () => {
  const x = [[1], [2], [8], [9]];

  it('gives labels back as they were', async () => {
    const numbers = await new LogisticRegression().fit(x, tensor([7, 7, -1, -1]));
    expect(numbers.classes).toEqual([-1, 7]);
    const predicted = await numbers.predict(x);
    expect([predicted.dtype, predicted.toArray()]).toEqual(['int32', [7, 7, -1, -1]]);
    // More than int32 holds, and in float32 exact.
    const large = await new LogisticRegression().fit(x, [3e9, 3e9, 0, 0]);
    expect((await large.predict(x)).toArray()).toEqual([3e9, 3e9, 0, 0]);
    expect(await large.score(x, [3e9, 3e9, 0, 1])).toBe(0.75);
  });

  it('says when steps do not suffice', async () => {
    const said: string[] = [];
    setWarnings((text) => said.push(text));
    try {
      const model = await new LogisticRegression({ maxIter: 1, tol: 1e-9 }).fit(x, [0, 0, 1, 1]);
      expect(model.nIter).toBe(1);
      expect(said[0]).toContain('has not reached `tol` in 1 steps');
    } finally {
      setWarnings(true);
    }
  });

  it.each([
    ['results before fit', () => new LogisticRegression().coef, 'not-fitted'],
    ['classes before fit', () => new LogisticRegression().classes, 'not-fitted'],
    ['a prediction before fit', () => new LogisticRegression().predict(x), 'not-fitted'],
    ['one class', () => new LogisticRegression().fit(x, [1, 1, 1, 1]), 'label-range'],
    ['quantities', () => new LogisticRegression().fit(x, [0.5, 0.5, 1.5, 1.5]), 'label-form'],
    [
      'labels that no tensor holds',
      () => new LogisticRegression().fit(x, [20240000001, 20240000002, 20240000001, 0]),
      'label-range',
    ],
    [
      'weights of samples',
      () =>
        (new LogisticRegression().fit as (...all: unknown[]) => unknown)(x, [0, 0, 1, 1], {
          sampleWeight: [],
        }),
      'argument-value',
    ],
    [
      'words to score where it has learnt numbers',
      async () =>
        (await new LogisticRegression().fit(x, [0, 0, 1, 1])).score(x, ['0', '0', '1', '1'] as never),
      'label-form',
    ],
    ['fewer labels than rows', () => new LogisticRegression().fit(x, [0, 1]), 'length-mismatch'],
    ['no labels', () => new LogisticRegression().fit(x, []), 'empty-data'],
    ['one-hot rows', () => new LogisticRegression().fit(x, tensor([[0, 1]])), 'label-form'],
    ['numbers among words', () => new LogisticRegression().fit(x, ['a', 1] as never), 'label-form'],
    ['NaN among labels', () => new LogisticRegression().fit(x, [0, 1, Number.NaN, 0]), 'not-finite'],
    [
      'infinities',
      () => new LogisticRegression().fit([[1], [Number.POSITIVE_INFINITY]], [0, 1]),
      'not-finite',
    ],
    ['a C of 0', () => new LogisticRegression({ C: 0 }), 'option-value'],
    ['another penalty', () => new LogisticRegression({ penalty: 'l1' as never }), 'name-unknown'],
  ])('refuses %s', async (_, refused, code) => {
    await expect((async () => refused())()).rejects.toMatchObject({ code });
  });
});

describe('LinearRegression', () => {
  it('finds the shortest answer where features are the same', async () => {
    const line = await new LinearRegression({ fitIntercept: false }).fit(
      [
        [1, 1],
        [2, 2],
      ],
      [2, 4],
    );
    expect(difference(line.coef.toArray(), [1, 1])).toBeLessThan(1e-7);
    expect(line.rank).toBe(1);
  });

  it('takes many features', async () => {
    const next = uniforms(5);
    const x = Array.from({ length: 200 }, () => Array.from({ length: 150 }, () => next() - 0.5));
    const y = x.map((row) => row.reduce((sum, value, j) => sum + value * (j % 7), 2));
    const line = await new LinearRegression().fit(x, y);
    expect(difference(line.coef.toArray(), x[0]!.map((_, j) => j % 7))).toBeLessThan(1e-6); // biome-ignore format: one call
    expect([line.rank, Math.round(line.intercept.item())]).toEqual([150, 2]);
  });

  it('gives nearly dependent features the weights that least squares asks for', async () => {
    const x = [[1, 1], [2, 2], [3, 3 + 1e-11]]; // biome-ignore format: a table
    const line = await new LinearRegression({ fitIntercept: false, tol: 0 }).fit(x, [1, 2, 3]);
    expect(line.rank).toBe(2);
    expect((await new LinearRegression({ fitIntercept: false }).fit(x, [1, 2, 3])).rank).toBe(1);
    expect((line.coef.sum().item() as number) - 1).toBeLessThan(1e-4);
  });

  it('answers with a constant where features are constant', async () => {
    const line = await new LinearRegression().fit([[3], [3]], [1, 2]);
    expect([line.coef.toArray(), line.intercept.item(), line.rank]).toEqual([[0], 1.5, 0]);
  });

  it('takes features that depend on each other but for the rounding of float32 as scikit-learn does', async () => {
    const next = uniforms(11);
    const single = Array.from(
      { length: 100 },
      () => [Math.fround(next() * 10), Math.fround(next())] as const,
    );
    const x = single.map(([a, b]) => [a, b, Math.fround(Math.fround(a * Math.fround(0.1)) + b)]);
    const y = single.map(([a, b]) => Math.fround(2 * a - b + next()));
    for (const [name, options, within] of [
      ['rounded', {}, 1e-4],
      ['roundedExact', { tol: 0 }, 1e-3],
    ] as const) {
      const theirs = figures.linear[name];
      const line = await new LinearRegression(options).fit(tensor(x), tensor(y));
      expect([name, line.rank]).toEqual([name, theirs.rank]);
      expect(difference(line.coef.toArray(), theirs.coef)).toBeLessThan(within);
      expect(await line.score(x, y)).toBeCloseTo(theirs.score, 5);
    }
  });

  it('scores in float64, whatever tensors can hold', async () => {
    const x = [[0], [1], [2], [3.5]];
    const line = await new LinearRegression().fit(x, [1e8, 1e8 + 1, 1e8 + 2, 1e8 + 3]);
    expect(await line.score(x, [1e8, 1e8 + 1, 1e8 + 2, 1e8 + 3])).toBeCloseTo(figures.linear.large.score, 9);
    const two = await new LinearRegression().fit(x.slice(0, 3), [[1e8, 1], [1e8 + 1, 2], [1e8 + 2, 3]]); // biome-ignore format: a table
    expect(
      await two.score(
        [[0], [1]],
        [
          [1e8, 1],
          [1e8 + 1, 2],
        ],
      ),
    ).toBeCloseTo(1, 9);
  });

  it('keeps precision far from the origin', async () => {
    const line = await new LinearRegression().fit([[1e9], [1e9 + 1], [1e9 + 2]], [1, 2, 3]);
    expect(line.coef.toArray()).toEqual([1]);
  });

  it.each([
    ['results before fit', () => new LinearRegression().coef, 'not-fitted'],
    ['a prediction before fit', () => new LinearRegression().predict([[1]]), 'not-fitted'],
    ['fewer answers than rows', () => new LinearRegression().fit([[1], [2]], [1]), 'length-mismatch'],
    ['words', () => new LinearRegression().fit([[1], [2]], ['a', 'b'] as never), 'text-in-data'],
    ['NaN', () => new LinearRegression().fit([[1], [2]], [1, Number.NaN]), 'not-finite'],
    ['what float32 does not hold', () => new LinearRegression().fit([[1e300], [2]], [1, 2]), 'not-finite'],
    [
      'weights of samples',
      () => (new LinearRegression().fit as (...all: unknown[]) => unknown)([[1], [2]], [1, 2], [1, 1]),
      'argument-value',
    ],
    ['a tolerance below 0', () => new LinearRegression({ tol: -1 }), 'option-value'],
    ['answers of three axes', () => new LinearRegression().fit([[1]], [[[1]]]), 'shape-mismatch'],
    [
      'another number of features',
      async () => (await new LinearRegression().fit([[1], [2]], [1, 2])).predict([[1, 2]]),
      'shape-mismatch',
    ],
    [
      'one sample to score',
      async () => (await new LinearRegression().fit([[1], [2]], [1, 2])).score([[1]], [1]),
      'empty-data',
    ],
  ])('refuses %s', async (_, refused, code) => {
    await expect((async () => refused())()).rejects.toMatchObject({ code });
  });
});
