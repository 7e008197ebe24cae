import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { MLPClassifier, MLPRegressor, StandardScaler } from '../../src/estimators/index.js';
import { type Dense, ProgbarLogger, Sequential, setRandomSeed, setWarnings } from '../../src/index.js';
import { iris } from './iris.js';
import { fourGroups } from './points.js';

const flowers = iris();
const { x, y } = fourGroups();
const small = { hiddenLayerSizes: [8], maxIter: 5, seed: 1 };

/** What is said while a promise is waited for. */
async function said(work: () => Promise<unknown>): Promise<string[]> {
  const texts: string[] = [];
  setWarnings((text) => texts.push(text));
  try {
    await work();
    return texts;
  } finally {
    setWarnings(false);
  }
}

// Most trainings here end before they are done.
beforeAll(() => setWarnings(false));
afterAll(() => setWarnings(true));

describe('MLPClassifier', () => {
  it.skipIf(!flowers)('tells irises apart', async () => {
    const samples = new StandardScaler().fitTransform(flowers!.x);
    const model = new MLPClassifier<string>({ hiddenLayerSizes: [16], learningRateInit: 0.02, tol: 1e-3 });
    await model.fit(samples, flowers!.words);
    expect(await model.score(samples, flowers!.words)).toBeGreaterThan(0.96);
    expect(model.nIter).toBeLessThan(200);
    expect(model.classes).toEqual(['setosa', 'versicolor', 'virginica']);
    const chances = (await model.predictProba(samples)).sum(1).toArray() as number[];
    for (const sum of chances) expect(sum).toBeCloseTo(1, 5);
  });

  it('has one unit for two classes, and the chances of both', async () => {
    const two = y.map((label) => label % 2);
    const model = await new MLPClassifier({ ...small, maxIter: 200, learningRateInit: 0.02 }).fit(x, two);
    expect(model.model.outputShape).toEqual([null, 1]);
    expect((await model.predictProba(x)).shape).toEqual([200, 2]);
    expect(await model.score(x, two)).toBeGreaterThan(0.9);
  });

  it('is a Sequential of the layers asked for', async () => {
    const made = new MLPClassifier({ ...small, hiddenLayerSizes: [8, 3], activation: 'logistic', alpha: 0 });
    const { model } = await made.fit(x, y);
    expect(model).toBeInstanceOf(Sequential);
    expect(model.layers.map((layer) => (layer as Dense).config.units)).toEqual([8, 3, 4]);
    expect(model.getConfig()).toMatchObject({ layers: { 1: { config: { activation: 'sigmoid' } } } });
  });

  it('gives the same for the same seed whatever else is random, and not for another', async () => {
    const losses = async (seed: number, other: number) => {
      setRandomSeed(other);
      return (await new MLPClassifier({ ...small, batchSize: 32, seed }).fit(x, y)).lossCurve;
    };
    const first = await losses(1, 1);
    expect(first).toHaveLength(5);
    expect(await losses(1, 2)).toEqual(first);
    expect(await losses(2, 1)).not.toEqual(first);
  });

  it('goes over the samples in order where it is told to', async () => {
    const losses = async (shuffle: boolean) =>
      (await new MLPClassifier({ ...small, shuffle, batchSize: 32, solver: 'sgd' }).fit(x, y)).lossCurve;
    expect(await losses(false)).not.toEqual(await losses(true));
  });

  it('stops when the loss improves no more', async () => {
    const model = new MLPClassifier({ ...small, maxIter: 50, tol: 1e9, nIterNoChange: 3 });
    expect(await said(() => model.fit(x, y))).toEqual([]);
    // The first epoch improves on nothing; then more than three epochs have to pass.
    expect(model.nIter).toBe(5);
  });

  it('stops when the score of samples kept apart improves no more, with the best weights', async () => {
    const model = new MLPClassifier({
      ...small,
      maxIter: 60,
      learningRateInit: 0.05,
      earlyStopping: true,
      tol: 0.01,
    });
    await model.fit(x, y);
    expect(model.nIter).toBeLessThan(60);
    expect(model.validationScores).toHaveLength(model.nIter);
    expect(Math.max(...model.validationScores)).toBeGreaterThan(0.8);
    expect(await model.score(x, y)).toBeGreaterThan(0.8);
  });

  it('says when it was still improving', async () => {
    expect((await said(() => new MLPClassifier(small).fit(x, y)))[0]).toContain(
      'still improving after 5 epochs',
    );
  });

  it('tells callbacks, and hears the signal', async () => {
    const onEpochEnd = vi.fn();
    await new MLPClassifier(small).fit(x, y, { callbacks: [{ onEpochEnd }] });
    expect(onEpochEnd).toHaveBeenCalledTimes(5);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(new MLPClassifier(small).fit(x, y, { signal })).rejects.toThrow('enough');
  });
});

describe('a perceptron whose loss is no number any more', () => {
  it('says so at once, and has learnt nothing', async () => {
    const epochs = vi.fn();
    const model = new MLPRegressor({ ...small, learningRateInit: 1e30, maxIter: 50 });
    const texts = await said(async () => {
      const fitted = model.fit(x, y, { callbacks: [{ onEpochEnd: epochs }] });
      await expect(fitted).rejects.toThrow(
        /received (NaN|Infinity) in epoch \d+[\s\S]*`learningRateInit` than 1e\+30/,
      );
    });
    expect(texts.join()).not.toContain('still improving');
    expect(epochs.mock.calls.length).toBeLessThan(5);
    await expect(model.predict(x)).rejects.toMatchObject({ code: 'not-fitted' });
  });

  it('predicts nothing from weights that overflow', async () => {
    const options = { ...small, learningRateInit: 1e30, solver: 'sgd', maxIter: 1, batchSize: 200 } as const;
    const model = await new MLPRegressor(options).fit(x, y);
    await expect(model.predict(x)).rejects.toMatchObject({ code: 'not-finite' });
  });
});

describe('what a perceptron shows', () => {
  const shown = async (options: object) => {
    const seen: unknown[] = [];
    class Watcher extends ProgbarLogger {
      override onEpochBegin() {
        seen.push(this.params.verbose);
      }
      override onEpochEnd() {}
    }
    await new MLPClassifier({ ...small, maxIter: 1 }).fit(x, y, { callbacks: [new Watcher()], ...options });
    return seen;
  };

  it('is what a progress callback shows, unless told otherwise', async () => {
    expect(await shown({})).toEqual([1]);
    expect(await shown({ verbose: 0 })).toEqual([0]);
  });
});

it('tells of options what they do in the published types', () => {
  const file = 'src/estimators/mlp-classifier.ts';
  const options = { declaration: true, emitDeclarationOnly: true, strict: true, skipLibCheck: true };
  const modules = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext };
  const program = ts.createProgram([file], { ...options, ...modules });
  let text = '';
  const keep = (_: string, written: string) => {
    text += written;
  };
  program.emit(program.getSourceFile(file), keep, undefined, true);
  // An inferred type would be printed here without its comments.
  expect(text).toContain('ClassifierClass<typeof mlpFields>');
}, 60_000);

describe('MLPRegressor', () => {
  const line = x.map(([a, b]) => 2 * a! - b! + 1);
  const options = { hiddenLayerSizes: [16], learningRateInit: 0.02, batchSize: 50, seed: 2 };

  it('learns numbers', async () => {
    const model = await new MLPRegressor(options).fit(x, line);
    expect(await model.score(x, line)).toBeGreaterThan(0.99);
    expect((await model.predict(x)).shape).toEqual([200]);
  });

  it('learns rows of numbers', async () => {
    const rows = line.map((value, i) => [value, -x[i]![0]!]);
    const model = await new MLPRegressor({ ...options, solver: 'sgd', learningRateInit: 0.005 }).fit(x, rows);
    expect((await model.predict(x)).shape).toEqual([200, 2]);
    expect(await model.score(x, rows)).toBeGreaterThan(0.9);
  });

  it('watches the r2 score of samples kept apart', async () => {
    const model = await new MLPRegressor({ ...options, earlyStopping: true }).fit(x, line);
    expect(Math.max(...model.validationScores)).toBeGreaterThan(0.95);
  });

  it('counts half the squared error, and the penalty over the samples of a batch', async () => {
    const still = {
      hiddenLayerSizes: [],
      maxIter: 1,
      solver: 'sgd',
      learningRateInit: 1e-12,
      momentum: 0,
    } as const;
    const free = await new MLPRegressor({ ...still, alpha: 0 }).fit([[1], [1]], [3, 3]);
    const weight = (free.model.layers[0] as Dense).kernel.item() as number;
    expect(free.lossCurve[0]).toBeCloseTo((3 - weight) ** 2 / 2, 5);
    const held = await new MLPRegressor({ ...still, alpha: 10 }).fit([[1], [1]], [3, 3]);
    expect(held.lossCurve[0]! - free.lossCurve[0]!).toBeCloseTo(((10 / 2) * weight ** 2) / 2, 5);
  });
});

it.each([
  ['results before fit', () => new MLPClassifier().model, 'not-fitted'],
  ['a prediction before fit', () => new MLPRegressor().predict(x), 'not-fitted'],
  ['one class', () => new MLPClassifier().fit(x, Array(200).fill(1)), 'label-range'],
  ['other lengths', () => new MLPRegressor().fit(x, [1]), 'length-mismatch'],
  ['NaN', () => new MLPRegressor().fit([[Number.NaN]], [1]), 'not-finite'],
  ['no rows', () => new MLPClassifier().fit([], []), 'empty-data'],
  ['an unknown option of fit', () => new MLPClassifier().fit(x, y, { epochs: 3 } as never), 'option-unknown'],
  ['no units', () => new MLPClassifier({ hiddenLayerSizes: [0] }), 'option-value'],
  ['a misspelt activation', () => new MLPClassifier({ activation: 'logistik' as never }), 'name-unknown'],
  [
    'a class of one to keep apart',
    () => new MLPClassifier({ earlyStopping: true }).fit([[1], [2], [3]], [0, 0, 1]),
    'label-range',
  ],
  [
    'less to watch than classes',
    () => new MLPClassifier({ earlyStopping: true }).fit([[1], [2], [3], [4]], [0, 0, 1, 1]),
    'argument-value',
  ],
  ['nothing to train on', () => new MLPRegressor({ earlyStopping: true }).fit([[1]], [1]), 'argument-value'],
  ['quantities as classes', () => new MLPClassifier().fit([[1], [2]], [0.5, 1.5]), 'label-form'],
  [
    'another number of features',
    async () => (await new MLPClassifier(small).fit(x, y)).predict([[1]]),
    'shape-mismatch',
  ],
])('perceptrons refuse %s', async (_, refused, code) => {
  await expect((async () => refused())()).rejects.toMatchObject({ code });
});

it('does not speak of functions that nobody called when samples cannot be kept apart', async () => {
  const model = new MLPClassifier({ earlyStopping: true });
  for (const [rows, labels] of [
    [
      [[1], [2], [3]],
      [0, 0, 1],
    ],
    [
      [[1], [2], [3], [4]],
      [0, 0, 1, 1],
    ],
  ]) {
    const error = await model.fit(rows as number[][], labels as number[]).catch((reason: Error) => reason);
    expect((error as Error).message).toMatch(/^MLPClassifier (earlyStopping|validationFraction) /);
    expect((error as Error).message).not.toMatch(/stratify|trainTestSplit/);
  }
});
