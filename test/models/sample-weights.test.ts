import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resetWarnings } from '../../src/core/warnings.js';
import { Dense, Embedding, Sequential, SGD, setWarnings, tensor, zeros } from '../../src/index.js';
import { any, said } from './error-cases.js';
import { line, quiet } from './line.js';

let warnings: string[] = [];
beforeEach(() => {
  warnings = [];
  resetWarnings();
  setWarnings((text) => void warnings.push(text));
});
afterEach(() => setWarnings(true));

/** Predicts 0 for ever. */
function still(metrics: 'mae'[] = [], weightedMetrics: 'mae'[] = []) {
  const model = line();
  model.compile({ optimizer: new SGD({ learningRate: 0 }), loss: 'mse', metrics, weightedMetrics });
  return model;
}

describe('sample weights', () => {
  test('count in the loss and in weighted metrics, whose name tells them apart', async () => {
    const sampleWeight = [1, 2, 0];
    const model = still(['mae'], ['mae']);
    expect(model.metricsNames).toEqual(['loss', 'mae', 'weighted_mae']);
    const logs = await model.evaluate([1, 1, 1], [1, 3, 5], { sampleWeight });
    expect(logs).toEqual({ loss: expect.closeTo(19 / 3, 4), mae: 3, weighted_mae: expect.closeTo(7 / 3, 5) });
  });

  test('are split and mixed with their examples', async () => {
    const model = still([], ['mae']);
    const [x, y] = [
      [1, 1, 1, 1],
      [1, 2, 3, 4],
    ];
    const options = {
      sampleWeight: [1, 0, 1, 0.5],
      validationSplit: 0.25,
      batchSize: 1,
      epochs: 3,
      ...quiet,
    };
    const { history } = await model.fit(x, y, options);
    expect(history.mae!.map((n) => n.toFixed(5))).toEqual(['2.00000', '2.00000', '2.00000']);
    expect(history.val_mae).toEqual([4, 4, 4]);
    expect(history.val_loss![0]).toBeCloseTo(8, 5);
  });

  test('of validation come as the third of a tuple', async () => {
    const { history } = await still().fit([1], [1], {
      validationData: [
        [1, 1],
        [1, 3],
        [2, 1],
      ],
      ...quiet,
    });
    expect(history.val_loss).toEqual([5.5]);
  });

  test('may be one for each step of a sequence', async () => {
    const model = new Sequential([new Dense(1, { kernelInitializer: 'zeros', inputShape: [2, 1] })]);
    model.compile({ loss: 'mse', weightedMetrics: ['mae'] });
    const y = tensor([[[1], [3]]]);
    expect(await model.evaluate(zeros([1, 2, 1]), y, { sampleWeight: [[1, 0.5]] })).toEqual({
      loss: (1 + 4.5) / 2,
      mae: expect.closeTo(2.5 / 1.5, 5),
    });
  });

  test('that are negative or NaN are let pass with a warning', async () => {
    await still().fit([1, 1], [1, 1], { sampleWeight: [1, -2], ...quiet });
    expect(warnings).toEqual([
      'fit sampleWeight has a negative weight, -2, in row 1: training makes the loss of that example larger.',
    ]);
    await still().evaluate([1, 1], [1, 1], { sampleWeight: [Number.NaN, 1] });
    expect(warnings.at(-1)).toBe('evaluate sampleWeight has NaN in row 0: the loss becomes NaN.');
  });

  test('of another length or shape are refused', async () => {
    const text = await said(() => still().fit([1, 1], [1, 1], { sampleWeight: [1], ...quiet }));
    expect(text).toContain(
      'DataError: fit sampleWeight expected a weight for each of 2 targets of shape [2], received weights of shape [1].',
    );
    const other = await said(() => still().evaluate([1, 1], [1, 1], { sampleWeight: zeros([2, 3]) }));
    expect(other).toContain('ShapeError: evaluate sampleWeight expected a weight for each of 2 targets');
  });
});

describe('class weights', () => {
  const classifier = (units = 3) => {
    const model = new Sequential([
      new Dense(units, { activation: 'softmax', kernelInitializer: 'zeros', inputShape: [1] }),
    ]);
    model.compile({
      optimizer: new SGD({ learningRate: 0 }),
      loss: 'crossentropy',
      weightedMetrics: ['accuracy'],
    });
    return model;
  };
  const x = zeros([4, 1]);
  const expected = (2 + 2 + 1 + 5) / 4;

  test('are the weights of numbered and of one-hot classes, 1 where none is named', async () => {
    const rows = [0, 0, 1, 2].map((label) => [0, 1, 2].map((n) => Number(n === label)));
    for (const y of [[0, 0, 1, 2], [[0], [0], [1], [2]], rows]) {
      for (const classWeight of [
        { 0: 2, 2: 5 },
        new Map([
          [0, 2],
          [2, 5],
        ]),
      ]) {
        const { history } = await classifier().fit(x, any(y), { classWeight, ...quiet });
        expect(history.loss![0]).toBeCloseTo(Math.log(3) * expected, 4);
      }
    }
  });

  test('do not count in validation, split off or given', async () => {
    const options = { classWeight: { 0: 2, 2: 5 }, validationSplit: 0.5, shuffle: false, ...quiet };
    const { history } = await classifier().fit(x, [0, 0, 1, 2], options);
    expect(history.loss![0]).toBeCloseTo(Math.log(3) * 2, 4);
    expect(history.val_loss![0]).toBeCloseTo(Math.log(3), 4);
  });

  test('count in batches of a generator', async () => {
    const batches = () => [[x, tensor([0, 0, 1, 2], { dtype: 'int32' })]] as const;
    const { history } = await classifier().fit(batches, { classWeight: { 0: 2, 2: 5 }, ...quiet });
    expect(history.loss![0]).toBeCloseTo(Math.log(3) * expected, 4);
  });

  test('for a class that no target has are most likely a slip', async () => {
    await classifier().fit(x, [0, 0, 1, 2], { classWeight: { 1: 2, 3: 5 }, ...quiet });
    expect(warnings).toEqual(['fit classWeight names class 3, but no target has it: there are 0, 1, 2.']);
  });

  test('are refused beside sample weights, for other targets, and as something else', async () => {
    const trying = (options: object, y: unknown = [0, 0, 1, 2]) =>
      said(() => classifier().fit(x, any(y), { ...options, ...quiet }));
    expect(await trying({ classWeight: { 0: 2 }, sampleWeight: [1, 1, 1, 1] })).toContain(
      'fit classWeight expected no `sampleWeight` beside it, received both.',
    );
    for (const classWeight of [{ a: 1 }, { 0: -1 }, { 0: 'x' }, [1, 2]])
      expect(await trying({ classWeight })).toContain(
        'fit classWeight expected a factor of 0 or more for each class',
      );
    const rows = [
      [1, 0, 0],
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ];
    expect(await trying({ classWeight: { 3: 1 } }, rows)).toContain(
      'fit classWeight expected class numbers from 0 to 2, received 3.',
    );
    const steps = new Sequential([new Dense(2, { inputShape: [3, 1] })]);
    steps.compile({ loss: 'mse' });
    expect(
      await said(() => steps.fit(zeros([1, 3, 1]), zeros([1, 3, 2]), { classWeight: { 0: 1 } })),
    ).toContain('fit classWeight expected targets that are class numbers or one-hot rows');
  });
});

test('a mask leaves steps out of the loss and of means, as if they had not been there', async () => {
  const model = new Sequential([
    new Embedding(5, 2, { maskZero: true, inputShape: [4] }),
    new Dense(1, { kernelInitializer: 'ones' }),
  ]);
  model.compile({
    optimizer: new SGD({ learningRate: 0 }),
    loss: 'mse',
    metrics: ['mae'],
    weightedMetrics: ['mae'],
  });
  model.setWeights([
    [
      [9, 9],
      [1, 0],
      [2, 0],
      [3, 0],
      [4, 0],
    ],
    [[1], [1]],
    [0],
  ]);
  const [x, y] = [
    tensor([
      [1, 2, 0, 0],
      [4, 0, 0, 0],
    ]),
    zeros([2, 4, 1]),
  ];
  expect(await model.evaluate(x, y)).toEqual({
    loss: expect.closeTo(7, 5),
    mae: expect.closeTo(7 / 3, 5),
    weighted_mae: expect.closeTo(7 / 3, 5),
  });
  const sampleWeight = [
    [1, 0, 1, 1],
    [2, 1, 1, 1],
  ];
  const logs = await model.evaluate(x, y, { sampleWeight });
  expect(logs.loss).toBeCloseTo((1 + 2 * 16) / 3, 4);
  expect(logs.weighted_mae).toBeCloseTo((1 + 2 * 4) / 3, 5);
  expect((await model.fit(x, y, quiet)).history.loss![0]).toBeCloseTo(7, 5);
});
