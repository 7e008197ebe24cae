import { describe, expect, test } from 'vitest';
import { Dense, Sequential, SGD } from '../../src/index.js';
import { said } from './error-cases.js';
import { line, quiet, slope } from './line.js';

function model(loss: 'mse' | 'binary_crossentropy' = 'mse') {
  const activation = loss === 'mse' ? 'linear' : 'sigmoid';
  const made = new Sequential([new Dense(1, { kernelInitializer: 'ones', activation, inputShape: [2] })]);
  made.compile({
    optimizer: new SGD({ learningRate: 0.1 }),
    loss,
    metrics: ['mae'],
    weightedMetrics: ['mae'],
  });
  return made;
}
const x = [
  [1, 2],
  [3, 4],
  [0, 1],
];
const y = [2, 5, 1];
const close = (logs: Record<string, number>) =>
  Object.fromEntries(Object.entries(logs).map(([name, value]) => [name, expect.closeTo(value, 4)]));

describe('one batch', () => {
  // The numbers are those of Keras 3.15.1.
  test('trains with weights, and gives what it alone measures', async () => {
    const made = model();
    expect(await made.trainOnBatch(x, y, { sampleWeight: [1, 2, 0.5] })).toEqual(
      close({ loss: 3, mae: 1, weighted_mae: 1.428571 }),
    );
    expect(await made.trainOnBatch(x, y)).toEqual(
      close({ loss: 13.994076, mae: 3.288889, weighted_mae: 3.288889 }),
    );
    expect(await made.testOnBatch(x, y, { sampleWeight: [1, 0, 3] })).toEqual(
      close({ loss: 4.918599, mae: 3.743704, weighted_mae: 1.66 }),
    );
    const outputs = (await made.predictOnBatch(x)).data();
    for (const [i, value] of [5.333333, 11.795556, 2.102222].entries())
      expect(outputs[i]).toBeCloseTo(value, 4);
    expect(made.optimizer!.iterations.item()).toBe(2);
  });

  test('trains with class weights', async () => {
    const made = model('binary_crossentropy');
    const { loss } = await made.trainOnBatch(x, [0, 1, 1], { classWeight: { 0: 3, 1: 0.5 } });
    expect(loss).toBeCloseTo(3.10095, 4);
    const [kernel] = made.getWeights();
    expect(kernel!.data()[0]).toBeCloseTo(0.904788, 5);
    expect(kernel!.data()[1]).toBeCloseTo(0.814028, 5);
  });

  test('after batch is what fit does', async () => {
    const [one, other] = [line(), line()];
    for (const [x, y] of [
      [1, 2],
      [2, 3],
      [3, 1],
    ] as const)
      await one.trainOnBatch([x], [y]);
    await other.fit([1, 2, 3], [2, 3, 1], { batchSize: 1, shuffle: false, ...quiet });
    expect(slope(one)).toBe(slope(other));
  });

  test('is measured between two steps of a fit without a trace', async () => {
    const made = line(0);
    const seen: number[] = [];
    const callbacks = [
      { onTrainBatchEnd: async () => void seen.push((await made.testOnBatch([1], [7])).loss) },
    ];
    const { history } = await made.fit([1, 1], [1, 3], { batchSize: 1, shuffle: false, callbacks, ...quiet });
    expect([history.loss, seen]).toEqual([[5], [49, 49]]);
  });

  test('is not trained while a fit runs, and not without compile', async () => {
    const made = line();
    const running = made.fit([1, 1], [1, 1], quiet);
    expect(await said(() => made.trainOnBatch([1], [1]))).toContain('expected one `fit` at a time');
    await running;
    const bare = new Sequential([new Dense(1)]);
    expect(await said(() => bare.trainOnBatch([[1]], [1]))).toContain(
      'expected `compile` before `trainOnBatch`',
    );
    expect(await said(() => bare.testOnBatch([[1]], [1]))).toContain(
      'expected `compile` before `testOnBatch`',
    );
  });

  test('is trained after an evaluation that fails, and not with it', async () => {
    const made = line();
    const failing = { onTestBatchEnd: () => Promise.reject(new Error('no')) };
    const failed = made.evaluate([1, 1], [1, 1], { callbacks: [failing] }).catch(String);
    const trained = made.trainOnBatch([1], [1]);
    expect(await trained).toEqual(await line().trainOnBatch([1], [1]));
    expect(await failed).toContain('no');
  });

  test('needs no state: the metrics can be forgotten by hand, too', async () => {
    const made = model();
    const first = await made.testOnBatch(x, y);
    made.resetMetrics();
    expect(await made.testOnBatch(x, y)).toEqual(first);
  });
});
