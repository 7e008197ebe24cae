import { describe, expect, test } from 'vitest';
import { Dense, Normalization, Sequential, tensor } from '../../src/index.js';

const data = [
  [1, 10],
  [3, 30],
];

describe('Normalization', () => {
  test('learns mean and variance of each feature', () => {
    const normalization = new Normalization();
    normalization.adapt(data);
    expect(normalization.mean.toArray()).toEqual([[2, 20]]);
    expect(normalization.variance.toArray()).toEqual([[1, 100]]);
    expect(normalization.weights.map((weight) => weight.toArray())).toEqual([[2, 20], [1, 100], 2]);
    expect(normalization.apply(tensor([[4, 0]])).toArray()).toEqual([[2, -2]]);
  });

  test('changes nothing before it has learnt', () => {
    expect(new Normalization().apply(tensor([[4, 0]])).toArray()).toEqual([[4, 0]]);
  });

  test('learns one mean for all features when no axis is kept', () => {
    const normalization = new Normalization({ axis: null });
    normalization.adapt(data);
    expect(normalization.mean.toArray()).toEqual([[11]]);
  });

  test('undoes itself', () => {
    const [there, back] = [new Normalization(), new Normalization({ invert: true })];
    for (const each of [there, back]) each.adapt(data);
    expect(back.apply(there.apply(tensor(data))).toArray()).toEqual(data);
  });

  test('gives 0 and not NaN for a feature that never changes', () => {
    const normalization = new Normalization();
    normalization.adapt([[5], [5]]);
    expect(normalization.apply(tensor([[5]])).toArray()).toEqual([[0]]);
  });

  test('takes known numbers in place of data', () => {
    const normalization = new Normalization({ mean: [1, 2], variance: [4, 9] });
    expect(normalization.apply(tensor([[3, 5]])).toArray()).toEqual([[1, 1]]);
    expect(normalization.weights).toEqual([]);
    expect(() => normalization.adapt(data)).toThrow(
      "Normalization 'normalization' adapt expected a layer that learns mean and variance, received one that was given them as options.",
    );
    expect(() => new Normalization({ mean: 1 }).apply(tensor(data))).toThrow(
      "Normalization 'normalization' expected both mean and variance, or neither, received mean alone.",
    );
  });

  test('refuses an axis that is not there, and no data', () => {
    expect(() => new Normalization({ axis: 2 }).apply(tensor(data))).toThrow(
      "Normalization 'normalization' axis expected axes of known size, each once, of inputs of shape [batch, 2], received 2.",
    );
    expect(() => new Normalization().adapt([])).toThrow('adapt expected at least one sample, received none.');
  });

  test('is not changed by training, but by learning after a prediction', async () => {
    const normalization = new Normalization({ inputShape: [2] });
    const model = new Sequential([normalization, new Dense(1, { kernelInitializer: 'ones' })]);
    model.compile({ loss: 'mse' });
    expect((await model.predict([[4, 0]])).toArray()).toEqual([[4]]);
    normalization.adapt(data);
    expect((await model.predict([[4, 0]])).toArray()).toEqual([[0]]);
    await model.fit(data, [0, 0], { verbose: 0 });
    expect(normalization.mean.toArray()).toEqual([[2, 20]]);
  });
});
