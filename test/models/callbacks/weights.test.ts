/** Callbacks that keep or exchange weights. */
import { describe, expect, test } from 'vitest';
import { Dense, ModelCheckpoint, Sequential, SGD, SwapEMAWeights } from '../../../src/index.js';
import { line, quiet, slope } from '../line.js';

describe('ModelCheckpoint', () => {
  test('gives back the weights of the best epoch', async () => {
    // The loss only falls, from 1 on.
    const model = line(0.25);
    const best = new ModelCheckpoint({ monitor: 'loss', mode: 'max', saveBestOnly: true });
    const slopes: number[] = [];
    const follow = { onEpochEnd: () => void slopes.push(slope(model)) };
    await model.fit([1], [1], { epochs: 3, callbacks: [best, follow], ...quiet });
    expect([best.epoch, best.best]).toEqual([0, 1]);
    best.restore();
    expect(slope(model)).toBe(slopes[0]);
    expect(slopes[0]).not.toBe(slopes[2]);
  });

  test('hears of batches only where it counts them', async () => {
    const [epochs, batches] = [new ModelCheckpoint(), new ModelCheckpoint({ saveFreq: 3 })];
    const model = line();
    const slopes: number[] = [];
    const follow = { onTrainBatchEnd: () => void slopes.push(slope(model)) };
    const callbacks = [epochs, batches, follow];
    await model.fit([1, 1], [1, 1], { batchSize: 1, epochs: 2, callbacks, ...quiet });
    expect(epochs.onTrainBatchEnd).toBeUndefined();
    expect(batches.weights!.map((weight) => weight.item())).toEqual([slopes[2]]);
    expect(batches.epoch).toBe(1);
  });

  test('has nothing to give back before', () => {
    expect(() => new ModelCheckpoint().restore()).toThrow(
      'ModelCheckpoint.restore expected weights that training has kept, received none so far.',
    );
  });
});

describe('SwapEMAWeights', () => {
  const averaged = () => {
    const model = new Sequential([
      new Dense(1, { useBias: false, kernelInitializer: 'zeros', inputShape: [1] }),
    ]);
    const optimizer = new SGD({ learningRate: 0.25, useEma: true, emaMomentum: 0.5 });
    model.compile({ optimizer, loss: 'mse' });
    return model;
  };

  // The slope goes 0, 0.5, 0.75, 0.875; its average, from the first slope on, 0.5, 0.625, 0.75.
  test('evaluates with the averages and trains on with the weights', async () => {
    const model = averaged();
    const seen: number[][] = [];
    const follow = (name: 'onTestBegin' | 'onTestEnd' | 'onEpochEnd') => ({
      [name]: () => void seen.push([slope(model)]),
    });
    const callbacks = [
      new SwapEMAWeights(),
      ...(['onTestBegin', 'onTestEnd', 'onEpochEnd'] as const).map(follow),
    ];
    const options = { epochs: 3, validationData: [[1], [1]] as const, callbacks, ...quiet };
    const { history } = await model.fit([1], [1], options);
    expect(seen.flat()).toEqual([0.5, 0.5, 0.5, 0.625, 0.75, 0.75, 0.75, 0.875, 0.875]);
    expect(history.val_loss).toEqual([0.25, 0.140625, 0.0625]);
    expect(slope(model)).toBe(0.75);
  });

  test('leaves the averages from the end of an epoch to the next if asked to', async () => {
    const model = averaged();
    const seen: number[] = [];
    const callbacks = [new SwapEMAWeights(true), { onEpochEnd: () => void seen.push(slope(model)) }];
    await model.fit([1], [1], { epochs: 3, callbacks, ...quiet });
    expect(seen).toEqual([0.5, 0.625, 0.75]);
    expect(slope(model)).toBe(0.75);
  });

  test('predicts with the averages, and puts the weights back', async () => {
    const model = averaged();
    const callbacks = [new SwapEMAWeights()];
    const during: number[] = [];
    const predict = {
      async onEpochEnd() {
        during.push((await model.predict([1], { callbacks })).item(), slope(model));
      },
    };
    await model.fit([1], [1], { epochs: 2, callbacks: [predict], ...quiet });
    expect(during).toEqual([0.5, 0.5, 0.625, 0.75]);
  });

  test('needs an optimizer that keeps averages', async () => {
    await expect(line().evaluate([1], [1], { callbacks: [new SwapEMAWeights()] })).rejects.toThrow(
      'SwapEMAWeights expected an optimizer with `useEma: true`, received SGD with `useEma: false`.',
    );
  });
});
