import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resetWarnings } from '../../src/core/warnings.js';
import { iris } from '../../src/datasets/index.js';
import {
  Dense,
  EarlyStopping,
  Normalization,
  Sequential,
  SGD,
  SparseCategoricalCrossentropy,
  setWarnings,
  tensor,
  Variable,
} from '../../src/index.js';

let said: string[] = [];
beforeEach(() => {
  said = [];
  resetWarnings();
  setWarnings((text) => void said.push(text));
});
afterEach(() => setWarnings(true));

function line(learningRate = 0): Sequential {
  const model = new Sequential([new Dense(1, { inputShape: [2], name: 'first' }), new Dense(1)]);
  model.compile({ optimizer: new SGD({ learningRate }), loss: 'mse' });
  return model;
}

describe('training goes on with a warning, said once,', () => {
  test('when the inputs have NaN', async () => {
    const x = [
      [1, 2],
      [3, Number.NaN],
      [Number.NaN, 4],
    ];
    const { history } = await line().fit(x, [1, 2, 3], { epochs: 3, verbose: 0 });
    expect(history.loss).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(said).toEqual([
      'fit x has NaN in row 1, column 1: every weight it reaches becomes NaN. Fill missing values first, for example with the mean of their column.',
      "The loss became NaN. The first layer with NaN or Infinity in its weights is Dense 'first'. The inputs have NaN or Infinity.",
    ]);
  });

  test('when the rows that validationSplit holds back are sorted by class', async () => {
    const model = new Sequential([new Dense(3, { activation: 'softmax', inputShape: [4] })]);
    model.compile({ loss: 'sparse_categorical_crossentropy' });
    const { x, y } = iris();
    await model.fit(x, y, { validationSplit: 0.2, verbose: 0 });
    expect(said).toEqual([
      'validationSplit holds the last 30 rows back, which have 1 of 3 classes: the rows are sorted. ' +
        'Shuffle them first, or split them by `trainTestSplit` and give `validationData`.',
    ]);
    said = [];
    resetWarnings();
    const mixed = y.data().map((_, i) => (i * 7) % 3);
    await model.fit(x, mixed, { validationSplit: 0.2, verbose: 0 });
    await model.fit(x, mixed, { validationSplit: 0.01, verbose: 0 });
    expect(said).toEqual([]);
  });

  test('when the answers have NaN', async () => {
    await line().fit([[1, 2]], [Number.NaN], { verbose: 0 });
    expect(said[0]).toMatch(/^fit y has NaN in row 0: /);
  });

  test('when NaN is far down in the inputs, or in the answers', async () => {
    const x = Array.from({ length: 100 }, (_, i) => [i === 77 ? Number.NaN : 0, 0]);
    await line().fit(x, Array(100).fill(1), { verbose: 0 });
    expect(said[1]).toContain('The inputs have NaN or Infinity.');
    await line().fit([[1, 2]], [Number.NaN], { verbose: 0 });
    expect(said[3]).toContain('The targets have NaN or Infinity.');
  });

  test('when a variable got NaN since the last run; a tensor never changes, and is looked through once', async () => {
    const changing = new Variable(tensor([[1, 2]]));
    const constant = tensor([[1, 2]]);
    for (const x of [changing, constant]) await line().evaluate(x, [1]);
    constant.values()[0] = Number.NaN;
    await line().evaluate(constant, [1]);
    expect(said).toEqual([]);
    changing.assign(tensor([[1, Number.NaN]]));
    await line().evaluate(changing, [1]);
    expect(said[0]).toMatch(/^evaluate x has NaN in row 0, column 1: /);
  });

  test('when the loss depends on no weight', async () => {
    const model = line();
    model.compile({ optimizer: 'sgd', loss: (y, p) => y.sub(p.round()).square() });
    await model.fit([[1, 2]], [1], { verbose: 0, epochs: 2 });
    expect(said.filter((text) => text.startsWith('Training changes nothing: the loss '))).toHaveLength(1);
    model.compile({ optimizer: 'sgd', loss: (y, p) => y.sub(p).square() });
    said = [];
    await model.fit([[1, 2]], [1], { verbose: 0 });
    expect(said).toEqual([]);
  });

  test('when what is only measured has NaN, without a word on weights', async () => {
    await line().evaluate([[1, Number.NaN]], [1]);
    expect(said[0]).toMatch(/^evaluate x has NaN in row 0, column 1: measures become NaN\. /);
  });

  test('when the loss becomes NaN, with the likely cause', async () => {
    await line(1e30).fit([[1, 2]], [3], { epochs: 5, verbose: 0 });
    expect(said).toEqual([
      'A learning rate of 1e+30 is unusually large: most trainings take 0.1 or less.',
      "The loss became NaN. The first layer with NaN or Infinity in its weights is Dense 'first'. The most common cause is a learning rate that is too large: it is 1e+30.",
    ]);
  });

  test('when softmax is taken over one unit', async () => {
    const model = new Sequential([new Dense(1, { activation: 'softmax', name: 'head' })]);
    model.compile({ loss: 'mse' });
    await model.fit([[1, 2]], [1], { epochs: 2, verbose: 0 });
    expect(said).toEqual([
      "Dense 'head' has softmax over one unit, which is always 1. Use 'sigmoid', or a unit for each class.",
    ]);
  });

  test('when one unit is taken for the only class', async () => {
    const trained = (loss: 'categorical_crossentropy' | 'sparse_categorical_crossentropy', y: number[][]) => {
      const model = new Sequential([new Dense(1, { activation: 'sigmoid', name: 'head' })]);
      model.compile({ loss });
      return model.fit([[1, 2]], y, { verbose: 0 });
    };
    await trained('categorical_crossentropy', [[1]]);
    expect(said).toEqual([
      "categorical_crossentropy of one class is always 0. Use 'sigmoid' and 'binary_crossentropy' for two classes in one output.",
    ]);
    await expect(trained('sparse_categorical_crossentropy', [[1]])).rejects.toThrow(
      'class numbers from 0 to 0',
    );
    expect(said[1]).toBe(
      "Dense 'head' has one unit, which is one class alone for a loss of class numbers. Use 'sigmoid' and 'binary_crossentropy' for two classes in one output, or softmax over a unit for each.",
    );
  });

  test('when a loss of probabilities is given scores', async () => {
    const trained = async (loss: 'binary_crossentropy' | SparseCategoricalCrossentropy, units = 1) => {
      resetWarnings();
      const model = new Sequential([new Dense(units, { name: 'head' })]);
      model.compile({ loss });
      await model.fit([[1, 2]], [0], { verbose: 0 });
    };
    await trained('binary_crossentropy');
    await trained(new SparseCategoricalCrossentropy(), 3);
    await trained(new SparseCategoricalCrossentropy({ fromLogits: true }), 3);
    expect(said.filter((text) => text.startsWith('Dense'))).toEqual([
      "Dense 'head' has no activation, but binary_crossentropy takes probabilities. Use 'sigmoid', or `new BinaryCrossentropy({ fromLogits: true })` as the loss.",
      "Dense 'head' has no activation, but sparse_categorical_crossentropy takes probabilities. Use 'softmax', or `new SparseCategoricalCrossentropy({ fromLogits: true })` as the loss.",
    ]);
  });

  test('when a Normalization has learnt nothing', async () => {
    const normalization = new Normalization({ name: 'scale' });
    const model = new Sequential([normalization, new Dense(1)]);
    await model.predict([[1, 2]]);
    expect(said).toEqual([
      "Normalization 'scale' has not learnt from data, and changes nothing. Call its `adapt` first.",
    ]);
    resetWarnings();
    normalization.adapt([[1, 2]]);
    await model.predict([[1, 2]]);
    expect(said.length).toBe(1);
  });

  test('once for one unit with class numbers, though two places see it', async () => {
    const model = new Sequential([new Dense(1, { activation: 'softmax', name: 'head' })]);
    model.compile({ loss: 'sparse_categorical_crossentropy' });
    await model.fit([[1, 2]], [0], { verbose: 0 });
    expect(said.length).toBe(1);
  });

  test('when EarlyStopping watches what is not measured', async () => {
    await line().fit([[1, 2]], [1], { epochs: 2, verbose: 0, callbacks: [new EarlyStopping()] });
    expect(said).toEqual([
      "EarlyStopping watches 'val_loss', but the logs have loss. Give `fit` a `validationSplit` or `validationData`.",
    ]);
  });

  test('and again in the next fit', async () => {
    const model = line();
    const x = tensor([[1, Number.NaN]]);
    await model.fit(x, [1], { verbose: 0 });
    const once = said.length;
    await model.fit(x, [1], { verbose: 0 });
    expect(said.length).toBe(2 * once);
  });
});
