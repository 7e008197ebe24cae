import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  crossValidate,
  KMeans,
  LinearRegression,
  LogisticRegression,
  meanAbsoluteError,
  StandardScaler,
  trainTestSplit,
} from '../../src/estimators/index.js';
import { setWarnings, type Tensor, tensor } from '../../src/index.js';
import { figures } from './figures.js';
import { iris } from './iris.js';

const flowers = iris();
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

// As many steps as scikit-learn allows are not always enough for irises as they are, there as here.
beforeAll(() => setWarnings(false));
afterAll(() => setWarnings(true));

describe('trainTestSplit', () => {
  it('makes parts of the sizes that scikit-learn makes', () => {
    const sizes = (count: number, options: object) => {
      try {
        const { xTrain, xTest } = trainTestSplit(upTo(count), upTo(count), options);
        return [xTrain.length, xTest.length];
      } catch {
        return 'error';
      }
    };
    for (const [count, testSize, theirs] of figures.split.sizes)
      expect([count, testSize, sizes(count, { testSize })]).toEqual([count, testSize, theirs]);
    for (const [count, trainSize, theirs] of figures.split.trainSizes)
      expect([count, trainSize, sizes(count, { trainSize })]).toEqual([count, trainSize, theirs]);
  });

  it('gives each row to one part, with its answer', () => {
    const { xTrain, xTest, yTrain, yTest } = trainTestSplit(upTo(40), upTo(40).map(String), {
      testSize: 0.3,
    });
    expect([...xTrain, ...xTest].sort((a, b) => a - b)).toEqual(upTo(40));
    expect([...xTrain, ...xTest].map(String)).toEqual([...yTrain, ...yTest]);
    expect(xTest.toSorted((a, b) => a - b)).not.toEqual(xTest);
  });

  it('shares classes out as scikit-learn does', () => {
    const y = [...Array(4).fill('a'), ...Array(12).fill('b'), ...Array(7).fill('c')];
    const parts = trainTestSplit(upTo(23), y, { testSize: 7, stratify: y });
    const counts = (labels: string[]) =>
      ['a', 'b', 'c'].map((each) => labels.filter((label) => label === each).length);
    expect([counts(parts.yTrain), counts(parts.yTest)]).toEqual(figures.split.stratified);
    expect(new Set([...parts.xTrain, ...parts.xTest]).size).toBe(23);
  });

  it('keeps the kind of the data', () => {
    const x = tensor([[1, 2], [3, 4], [5, 6], [7, 8]], { dtype: 'int32' }); // biome-ignore format: a table
    const { xTrain, yTest } = trainTestSplit(x, new Int32Array([0, 1, 2, 3]), { shuffle: false });
    expect([xTrain.dtype, xTrain.toArray()]).toEqual(['int32', [[1, 2], [3, 4], [5, 6]]]); // biome-ignore format: a table
    expect(yTest).toEqual(new Int32Array([3]));
  });

  it('gives the same for the same seed, and not for another', () => {
    const test = (seed: number) => trainTestSplit(upTo(50), upTo(50), { seed }).xTest;
    expect(test(1)).toEqual(test(1));
    expect(test(1)).not.toEqual(test(2));
  });

  const y = [0, 0, 0, 1, 1, 1];
  it.each([
    ['other lengths', () => trainTestSplit([1, 2], [1]), 'length-mismatch'],
    ['no rows', () => trainTestSplit([], []), 'empty-data'],
    ['no data', () => trainTestSplit(3 as never, [1]), 'argument-value'],
    ['a class of one', () => trainTestSplit(upTo(5), upTo(5), { stratify: [0, 0, 0, 0, 1] }), 'label-range'],
    ['less rows than classes', () => trainTestSplit(y, y, { testSize: 1, stratify: y }), 'argument-value'],
    ['labels of other lengths', () => trainTestSplit(y, y, { stratify: [0, 0, 1, 1] }), 'length-mismatch'],
    [
      'classes without shuffling',
      () => trainTestSplit(y, y, { stratify: y, shuffle: false }),
      'argument-value',
    ],
    ['sizes beyond the rows', () => trainTestSplit(y, y, { testSize: 4, trainSize: 4 }), 'argument-value'],
    ['a size of 0', () => trainTestSplit(y, y, { testSize: 0 }), 'option-value'],
    ['a size between numbers', () => trainTestSplit(y, y, { testSize: 1.5 }), 'option-value'],
    ['an unknown option', () => trainTestSplit(y, y, { test_size: 0.5 } as never), 'option-unknown'],
  ])('refuses %s', (_, refused, code) => {
    expect(refused).toThrow(expect.objectContaining({ code }));
  });
});

describe('crossValidate', () => {
  it.skipIf(!flowers)('gives a classifier its share of each class in each fold', async () => {
    const seen: number[][] = [];
    const scoring = (y: number[]) => {
      seen.push([0, 1, 2].map((label) => y.filter((each) => each === label).length));
      return 1;
    };
    const { x, y } = flowers!;
    await crossValidate(new LogisticRegression({ maxIter: 5 }), x, y, { scoring });
    expect(seen).toEqual(Array(5).fill([10, 10, 10]));
  });

  it.skipIf(!flowers)('tells how well irises are told apart', async () => {
    const { x, y } = flowers!;
    const { testScores, mean, std, fitTimes } = await crossValidate(new LogisticRegression(), x, y);
    expect(testScores).toHaveLength(5);
    expect(fitTimes).toHaveLength(5);
    expect(mean).toBeGreaterThan(0.94);
    expect(mean).toBeCloseTo(testScores.reduce((a, b) => a + b) / 5, 12);
    expect(std).toBeCloseTo(Math.sqrt(testScores.reduce((sum, s) => sum + (s - mean) ** 2, 0) / 5), 12);
  });

  it('takes tensors and words', async () => {
    const x = tensor(upTo(12).map((i) => [i]));
    const y = upTo(12).map((i) => (i < 6 ? 'few' : 'many'));
    expect(
      (await crossValidate(new LogisticRegression<string>(), x, y, { folds: 3 })).testScores,
    ).toHaveLength(3);
    const line = await crossValidate(new LinearRegression(), x, tensor(upTo(12)), { folds: 4 });
    expect(line.mean).toBeCloseTo(1, 6);
  });

  it('counts what it is told to', async () => {
    const x = upTo(10).map((i) => [i]);
    const { mean } = await crossValidate(new LinearRegression(), x, upTo(10), { scoring: meanAbsoluteError });
    expect(mean).toBeLessThan(1e-5);
  });

  it('makes a fresh one for each fold, and leaves the given one as it is', async () => {
    const given = new LinearRegression();
    await crossValidate(given, upTo(10).map((i) => [i]), upTo(10)); // biome-ignore format: one call
    expect(() => given.coef).toThrow('expected `fit` before `coef`');
    let made = 0;
    const scaled = () => {
      made++;
      const [scaler, line] = [new StandardScaler(), new LinearRegression()];
      return {
        fit: (x: number[][], y: number[]) => line.fit(scaler.fitTransform(x), y),
        predict: (x: number[][]): Promise<Tensor> => line.predict(scaler.transform(x)),
      };
    };
    const options = { folds: 2, stratified: false, scoring: meanAbsoluteError };
    await crossValidate(scaled, upTo(10).map((i) => [i]), upTo(10), options); // biome-ignore format: one call
    expect(made).toBe(2);
  });

  it('gives the same for the same seed, and not for another', async () => {
    const x = upTo(20).map((i) => [i]);
    const y = upTo(20).map((i) => i * i);
    const scores = async (seed: number) =>
      (await crossValidate(new LinearRegression(), x, y, { seed })).testScores;
    expect(await scores(1)).toEqual(await scores(1));
    expect(await scores(1)).not.toEqual(await scores(2));
  });

  it('asks for what it needs before it trains', async () => {
    const fit = vi.fn();
    const rows = upTo(10).map((i) => [i]);
    await expect(crossValidate(() => ({ fit, predict() {} }), rows, rows)).rejects.toThrow('`score`');
    const scored = () => ({ fit, score: () => 1 }) as never;
    await expect(crossValidate(scored, rows, rows, { scoring: () => 1 })).rejects.toThrow('`predict`');
    await expect(crossValidate(new KMeans(), rows, rows)).rejects.toThrow('received KMeans, which does not');
    expect(fit).not.toHaveBeenCalled();
  });

  const x = [[1], [2], [3], [4]];
  const line = () => new LinearRegression();
  const classes = () => new LogisticRegression();
  it.each([
    ['other lengths', () => crossValidate(line(), x, [1]), 'length-mismatch'],
    ['more folds than rows', () => crossValidate(line(), x, [1, 2, 3, 4]), 'argument-value'],
    [
      'classes smaller than folds',
      () => crossValidate(classes(), x, [0, 0, 1, 1], { folds: 3 }),
      'label-range',
    ],
    ['one fold', () => crossValidate(line(), x, [1, 2, 3, 4], { folds: 1 }), 'option-value'],
    ['no estimator', () => crossValidate(3 as never, x, [1, 2, 3, 4]), 'argument-value'],
    [
      'nothing to score',
      () => crossValidate(() => ({ fit() {}, predict() {} }), x, x, { folds: 2 }),
      'argument-value',
    ],
    ['an unknown option', () => crossValidate(line(), x, x, { cv: 5 } as never), 'option-unknown'],
    ['groups, which no answers say', () => crossValidate(new KMeans(), x, x), 'argument-value'],
    ['a factory of nothing', () => crossValidate(() => undefined as never, x, x), 'argument-value'],
  ])('refuses %s', async (_, refused, code) => {
    await expect((async () => refused())()).rejects.toMatchObject({ code });
  });
});
