import { describe, expect, test, vi } from 'vitest';
import {
  type CallbackLike,
  Dense,
  Dropout,
  History,
  L2,
  Sequential,
  SGD,
  setRandomSeed,
} from '../../src/index.js';
import { line, quiet, slope } from './line.js';

describe('fit', () => {
  test('takes one step a batch, the last of which may be smaller', async () => {
    const batches: number[] = [];
    const model = line();
    const callbacks = [{ onTrainBatchEnd: (batch: number) => void batches.push(batch) }];
    await model.fit([1, 2, 3, 4, 5], [1, 2, 3, 4, 5], { batchSize: 2, callbacks, ...quiet });
    expect(batches).toEqual([0, 1, 2]);
    expect(model.optimizer!.iterations.item()).toBe(3);
  });

  test('reports the loss as the mean over samples, not over batches', async () => {
    // Nothing is learnt, so the loss of each sample is y².
    const { history } = await line(0).fit([1, 1, 1], [0, 0, 3], { batchSize: 2, shuffle: false, ...quiet });
    expect(history.loss).toEqual([3]);
  });

  test('sees the examples in order without shuffling', async () => {
    const model = line(0.5);
    await model.fit([1, 1], [1, 3], { batchSize: 1, shuffle: false, ...quiet });
    // w ← w - 0.5 · 2 (w - y): each step jumps to the last answer.
    expect(slope(model)).toBe(3);
  });

  test('mixes the examples anew in each epoch, by the seed', async () => {
    const orders = async () => {
      setRandomSeed(5);
      const model = line(0.5);
      const seen: number[] = [];
      const callbacks = [{ onTrainBatchEnd: () => void seen.push(slope(model)) }];
      const y = [1, 2, 3, 4, 5, 6, 7];
      await model.fit([1, 1, 1, 1, 1, 1, 1], y, { batchSize: 1, epochs: 2, callbacks, ...quiet });
      return [seen.slice(0, 7), seen.slice(7)];
    };
    const [first, second] = await orders();
    expect([...first!].sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect([...second!].sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(first).not.toEqual(second);
    expect(await orders()).toEqual([first, second]);
  });

  test('mixes the rest that makes the last batch, too', async () => {
    setRandomSeed(1);
    const last = new Set<number>();
    for (let i = 0; i < 20; i++) {
      const model = line(0.5);
      await model.fit([1, 1, 1], [1, 2, 3], { batchSize: 2, ...quiet });
      last.add(slope(model));
    }
    expect(last).toEqual(new Set([1, 2, 3]));
  });

  test('takes the last part for validation, before mixing', async () => {
    const { history } = await line(0).fit([1, 1, 1, 1], [1, 1, 1, 5], { validationSplit: 0.25, ...quiet });
    expect(history).toEqual({ loss: [1], val_loss: [25] });
  });

  test('validates with the weights at the end of the epoch', async () => {
    const model = line(0.5);
    const { history } = await model.fit([1], [2], {
      validationData: [
        [1, 1, 1],
        [3, 3, 2],
      ],
      batchSize: 2,
      ...quiet,
    });
    expect(history.loss).toEqual([4]);
    expect(history.val_loss![0]).toBeCloseTo(2 / 3, 6);
  });

  test('prefers validationData to validationSplit', async () => {
    const { history } = await line(0).fit([1, 1], [1, 1], {
      validationData: [[1], [3]],
      validationSplit: 0.5,
      ...quiet,
    });
    expect(history).toEqual({ loss: [1], val_loss: [9] });
  });

  test('has the penalties of regularizers in loss and val_loss', async () => {
    const kernel = { kernelInitializer: 'ones', kernelRegularizer: new L2(0.5), useBias: false } as const;
    const model = new Sequential([new Dense(1, { ...kernel, inputShape: [1] })]);
    model.compile({ optimizer: new SGD({ learningRate: 0 }), loss: 'mse', metrics: ['mse'] });
    const { history } = await model.fit([1], [1], { validationData: [[1], [1]], ...quiet });
    expect(history).toEqual({ loss: [0.5], mse: [0], val_loss: [0.5], val_mse: [0] });
    expect(await model.evaluate([1], [1])).toEqual({ loss: 0.5, mse: 0 });
  });

  test('leaves frozen layers as they are, without compiling again', async () => {
    const model = new Sequential([new Dense(2, { inputShape: [1] }), new Dense(1)]);
    model.compile({ optimizer: 'sgd', loss: 'mse' });
    model.getLayer(0).trainable = false;
    const before = model.getLayer(0).getWeights();
    const head = model.getLayer(1).getWeights();
    await model.fit([1, 2], [3, 4], quiet);
    expect(model.getLayer(0).getWeights().map(String)).toEqual(before.map(String));
    expect(model.getLayer(1).getWeights().map(String)).not.toEqual(head.map(String));
  });

  test('counts epochs from initialEpoch on', async () => {
    const { epoch, history } = await line().fit([1], [1], { initialEpoch: 3, epochs: 5, ...quiet });
    expect(epoch).toEqual([3, 4]);
    expect(history.loss!.length).toBe(2);
  });

  test('gives a History that is empty without epochs', async () => {
    const result = await line().fit([1], [1], { epochs: 0, ...quiet });
    expect(result).toBeInstanceOf(History);
    expect(result.history).toEqual({});
  });

  test('goes on from where the last fit ended', async () => {
    const model = line();
    await model.fit([1], [1], quiet);
    const before = slope(model);
    await model.fit([1], [1], quiet);
    expect(slope(model)).toBeGreaterThan(before);
    expect(model.optimizer!.iterations.item()).toBe(2);
  });

  test('drops out at random while training, the same by the same seed', async () => {
    const trained = async () => {
      setRandomSeed(2);
      const model = new Sequential([new Dropout(0.5, { inputShape: [4] }), new Dense(1)]);
      model.compile({ optimizer: 'sgd', loss: 'mse' });
      await model.fit([[1, 2, 3, 4]], [1], { epochs: 5, ...quiet });
      return String(model.getWeights());
    };
    expect(await trained()).toBe(await trained());
  });

  test('ends when a callback sets stopTraining', async () => {
    const model = line();
    const stop: CallbackLike = {
      onEpochEnd(epoch) {
        model.stopTraining = epoch === 1;
      },
    };
    const { epoch } = await model.fit([1], [1], { epochs: 9, callbacks: [stop], ...quiet });
    expect(epoch).toEqual([0, 1]);
  });

  test('is rejected with the reason of a signal, and keeps the weights that it has', async () => {
    const control = new AbortController();
    const model = line(0.001);
    const x = Array.from({ length: 2000 }, () => 1);
    const soon = { onTrainBegin: () => void setImmediate(() => control.abort(new Error('enough'))) };
    const options = { batchSize: 1, epochs: 1e6, signal: control.signal, callbacks: [soon], ...quiet };
    const running = model.fit(x, x, options);
    await expect(running).rejects.toThrow('enough');
    expect(slope(model)).toBeGreaterThan(0);
    await expect(model.fit([1], [1], { signal: control.signal, ...quiet })).rejects.toThrow('enough');
    await model.fit([1], [1], quiet);
  });

  test('lets other work have its turn after some milliseconds', async () => {
    let [turns, now] = [0, 0];
    const reading = vi.spyOn(performance, 'now').mockImplementation(() => {
      now += 5;
      return now;
    });
    const count = () => {
      turns++;
      if (reading.getMockImplementation()) setImmediate(count);
    };
    const callbacks = [{ onTrainBegin: () => void setImmediate(count) }];
    const x = Array.from({ length: 500 }, () => 1);
    await line(0.001).fit(x, x, { batchSize: 1, callbacks, ...quiet });
    reading.mockRestore();
    expect(turns).toBeGreaterThan(10);
  });

  test('changes the learning rate without compiling again', async () => {
    const model = line(0.5);
    const setRate: CallbackLike = {
      onEpochBegin(epoch) {
        model.optimizer!.learningRate = epoch === 0 ? 0 : 0.5;
      },
    };
    const { history } = await model.fit([1], [2], { epochs: 3, callbacks: [setRate], ...quiet });
    expect(history.loss).toEqual([4, 4, 0]);
  });
});
