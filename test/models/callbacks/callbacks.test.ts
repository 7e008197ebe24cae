import { describe, expect, test } from 'vitest';
import { Callback, type CallbackLike, callback } from '../../../src/index.js';
import { line, quiet } from '../line.js';

describe('callbacks', () => {
  const hooks = [
    ...['onTrainBegin', 'onTrainEnd', 'onEpochBegin', 'onEpochEnd', 'onTrainBatchBegin', 'onTrainBatchEnd'],
    ...['onTestBegin', 'onTestEnd', 'onTestBatchBegin', 'onTestBatchEnd'],
    ...['onPredictBegin', 'onPredictEnd', 'onPredictBatchBegin', 'onPredictBatchEnd'],
  ];
  const listener = (told: string[]) =>
    Object.fromEntries(
      hooks.map((hook) => [
        hook,
        (first: unknown) =>
          void told.push(`${hook.slice(2)} ${typeof first === 'number' ? first : ''}`.trim()),
      ]),
    );

  test('are told in the order of Keras', async () => {
    const told: string[] = [];
    const options = { batchSize: 1, callbacks: [listener(told)], ...quiet };
    await line().fit([1, 2], [1, 2], { ...options, validationData: [[1], [1]] });
    expect(told).toEqual([
      ...['TrainBegin', 'EpochBegin 0'],
      ...['TrainBatchBegin 0', 'TrainBatchEnd 0', 'TrainBatchBegin 1', 'TrainBatchEnd 1'],
      ...['TestBegin', 'TestBatchBegin 0', 'TestBatchEnd 0', 'TestEnd'],
      ...['EpochEnd 0', 'TrainEnd'],
    ]);
  });

  test('are told of evaluations and predictions', async () => {
    const told: string[] = [];
    const options = { callbacks: [listener(told)] };
    const model = line();
    await model.evaluate([1], [1], options);
    await model.predict([1], options);
    expect(told).toEqual([
      ...['TestBegin', 'TestBatchBegin 0', 'TestBatchEnd 0', 'TestEnd'],
      ...['PredictBegin', 'PredictBatchBegin 0', 'PredictBatchEnd 0', 'PredictEnd'],
    ]);
  });

  test('see means over the epoch so far in each batch', async () => {
    const seen: number[] = [];
    const callbacks: CallbackLike[] = [{ onTrainBatchEnd: (_, { loss }) => void seen.push(loss) }];
    await line(0).fit([1, 1], [1, 3], { batchSize: 1, shuffle: false, callbacks, ...quiet });
    expect(seen).toEqual([1, 5]);
  });

  test('are waited for, and what they add to the logs is kept', async () => {
    const callbacks: CallbackLike[] = [
      {
        async onEpochEnd(epoch, logs) {
          await Promise.resolve();
          logs.rate = epoch * 10;
        },
      },
    ];
    const { history } = await line().fit([1], [1], { epochs: 3, callbacks, ...quiet });
    expect(history.rate).toEqual([0, 10, 20]);
  });

  test('of a class have their model and the numbers of the run', async () => {
    class Watch extends callback('Watch', () => ({})) {
      seen: unknown[] = [];
      override onTrainBegin() {
        this.seen.push(this.model.name, this.params);
      }
    }
    const watch = new Watch();
    await line().fit([1, 2, 3], [1, 2, 3], { batchSize: 2, epochs: 4, callbacks: [watch], ...quiet });
    expect(watch).toBeInstanceOf(Callback);
    expect(watch.seen).toEqual(['sequential', { epochs: 4, steps: 2, verbose: 0 }]);
  });

  test('may evaluate and predict between two batches', async () => {
    const model = line(0.5);
    const seen: number[] = [];
    const callbacks: CallbackLike[] = [
      {
        async onTrainBatchEnd() {
          await model.evaluate([1, 1], [0, 0], { batchSize: 1 });
          seen.push((await model.predict([1])).item());
        },
      },
    ];
    await model.fit([1, 1, 1], [1, 2, 3], { batchSize: 1, shuffle: false, callbacks, ...quiet });
    expect(seen).toEqual([1, 2, 3]);
  });

  test('that throw end the training with their error, and the model can be trained again', async () => {
    const model = line();
    const callbacks = [{ onEpochEnd: () => Promise.reject(new Error('mine')) }];
    await expect(model.fit([1], [1], { callbacks, ...quiet })).rejects.toThrow('mine');
    await model.fit([1], [1], quiet);
  });
});
