import { describe, expect, test, vi } from 'vitest';
import { expectNumbersClose } from '../nn/goldens.js';
import { compiledModel, given, trainingCase } from './keras.js';

const withoutTimes = (line: string) => line.replace(/ - \d+s - \d+(s|ms|us)\/step/, ' - <t> - <t>/step');

describe.each(['mlp_binary', 'mlp_softmax_sparse'])('%s trains as in Keras', (name) => {
  const expected = trainingCase(name);
  const { fit } = expected;
  const [x, y] = [given(expected.x), given(expected.y)];
  const options = { epochs: fit.epochs, batchSize: fit.batch_size, shuffle: false };

  test('to the same history, weights and predictions', async () => {
    const model = compiledModel(expected);
    const { history, epoch } = await model.fit(x, y, { ...options, verbose: 0 });
    expect(Object.keys(history)).toEqual(Object.keys(expected.history));
    for (const [key, values] of Object.entries(expected.history))
      expectNumbersClose(history[key]!, values, 1e-4);
    expect(epoch).toEqual([0, 1, 2, 3, 4]);
    for (const [i, weight] of model.getWeights().entries())
      expectNumbersClose(weight.data(), expected.final_weights[i]!.data, 1e-3);
    const [count] = expected.predictions.shape;
    const predictions = (await model.predict(x)).data().slice(0, expected.predictions.data.length);
    expect(count).toBeGreaterThan(0);
    expectNumbersClose(predictions, expected.predictions.data, 1e-3);
  });

  test('to the same measures before and after', async () => {
    const model = compiledModel(expected);
    const measure = () => model.evaluate(x, y, { batchSize: fit.batch_size });
    const before = await measure();
    await model.fit(x, y, { ...options, verbose: 0 });
    const after = await measure();
    for (const [key, value] of Object.entries(expected.evaluate_before))
      expect(before[key]).toBeCloseTo(value, 4);
    for (const [key, value] of Object.entries(expected.evaluate_after))
      expect(after[key]).toBeCloseTo(value, 3);
  });

  test('and prints the same at verbose 2', async () => {
    const print = vi.spyOn(console, 'log').mockImplementation(() => {});
    try {
      await compiledModel(expected).fit(x, y, { ...options, verbose: 2 });
      const lines = print.mock.calls.map(([line]) => withoutTimes(String(line)));
      expect(lines).toEqual(expected.printed_verbose2);
    } finally {
      print.mockRestore();
    }
  });
});
