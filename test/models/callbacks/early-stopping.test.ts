import { describe, expect, test, vi } from 'vitest';
import { EarlyStopping, tensor } from '../../../src/index.js';
import type { Network } from '../../../src/models/network.js';

type Options = ConstructorParameters<typeof EarlyStopping>[0];

interface Outcome {
  /** The epoch after which training was stopped; nothing when it was not. */
  readonly stopped: number | undefined;
  /** The epoch whose weights the model has in the end; nothing when they were left alone. */
  readonly restored: number | undefined;
}

/** Runs the callback over values of successive epochs. */
function watched(values: readonly number[], options: Options = {}, name = 'val_loss'): Outcome {
  const stopping = new EarlyStopping({ monitor: name, ...options });
  let epoch = 0;
  let restored: number | undefined;
  const model = {
    stopTraining: false,
    getWeights: () => [tensor(epoch)],
    setWeights: ([weight]: readonly { item(): number }[]) => {
      restored = weight!.item();
    },
  } as unknown as Network;
  stopping.model = model;
  stopping.onTrainBegin();
  for (; epoch < values.length && !model.stopTraining; epoch++)
    stopping.onEpochEnd(epoch, { loss: 0, [name]: values[epoch]! });
  stopping.onTrainEnd();
  return { stopped: model.stopTraining ? epoch - 1 : undefined, restored };
}

const stopOf = (...args: Parameters<typeof watched>) => watched(...args).stopped;

describe('EarlyStopping', () => {
  test('stops at the first epoch without improvement when patience is 0', () => {
    expect(stopOf([3, 2, 2.5, 1])).toBe(2);
    expect(stopOf([3, 2, 1])).toBeUndefined();
  });

  test('never stops at the first epoch', () => {
    expect(stopOf([3])).toBeUndefined();
  });

  test('takes an equal value for no improvement', () => {
    expect(stopOf([2, 2])).toBe(1);
  });

  test('waits as many epochs as its patience', () => {
    expect(stopOf([3, 4, 4, 2, 4, 4, 4], { patience: 3 })).toBe(6);
  });

  test('does not count changes of minDelta or less', () => {
    expect(stopOf([3, 2.5, 2], { minDelta: 0.5 })).toBe(1);
    expect(stopOf([3, 2.25, 1.5], { minDelta: 0.5 })).toBeUndefined();
  });

  test('wants accuracies to grow and losses to shrink, unless told otherwise', () => {
    expect(stopOf([0.5, 0.6, 0.7], {}, 'val_accuracy')).toBeUndefined();
    expect(stopOf([0.5, 0.6, 0.7], {}, 'val_mae')).toBe(1);
    expect(stopOf([0.5, 0.6, 0.7], { mode: 'min' }, 'val_accuracy')).toBe(1);
    expect(stopOf([0.5, 0.6, 0.7], { mode: 'max' }, 'val_mae')).toBeUndefined();
  });

  test('begins to wait anew only when the baseline is beaten too', () => {
    expect(stopOf([5, 4, 3], { baseline: 1, patience: 2 })).toBeUndefined();
    expect(stopOf([5, 4, 4], { baseline: 1, patience: 2 })).toBe(2);
    expect(stopOf([5, 0.5, 0.7, 0.8], { baseline: 1, patience: 2 })).toBe(3);
  });

  test('looks away before startFromEpoch', () => {
    expect(stopOf([1, 2, 3, 4], { startFromEpoch: 2 })).toBe(3);
  });

  test('goes back to the weights of the best epoch when asked', () => {
    expect(watched([3, 1, 2, 2], { patience: 2, restoreBestWeights: true })).toEqual({
      stopped: 3,
      restored: 1,
    });
    expect(watched([3, 2, 1], { restoreBestWeights: true })).toEqual({ stopped: undefined, restored: 2 });
    expect(watched([3, 1, 2]).restored).toBeUndefined();
  });

  test('tells what it did when verbose', () => {
    const print = vi.spyOn(console, 'log').mockImplementation(() => {});
    try {
      watched([3, 1, 2], { verbose: 1, restoreBestWeights: true });
      expect(print.mock.calls.flat()).toEqual([
        'Epoch 3: early stopping',
        'Restoring model weights from the end of the best epoch: 2.',
      ]);
    } finally {
      print.mockRestore();
    }
  });

  test('can be used for a second training', () => {
    const stopping = new EarlyStopping({ monitor: 'loss' });
    stopping.model = { stopTraining: false } as Network;
    for (const values of [
      [3, 4],
      [9, 8],
    ]) {
      stopping.model.stopTraining = false;
      stopping.onTrainBegin();
      for (const [epoch, loss] of values.entries()) stopping.onEpochEnd(epoch, { loss });
    }
    expect(stopping.model.stopTraining).toBe(false);
    expect([stopping.best, stopping.bestEpoch]).toEqual([8, 1]);
  });
});
