/** Callbacks of a few lines. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  Callback,
  Dense,
  EarlyStopping,
  ExponentialDecay,
  History,
  LambdaCallback,
  LearningRateScheduler,
  ProgbarLogger,
  ReduceLROnPlateau,
  Sequential,
  SGD,
  setWarnings,
  TerminateOnNaN,
} from '../../../src/index.js';
import { line, quiet, slope } from '../line.js';

let printed: string[] = [];
let warned: string[] = [];
beforeEach(() => {
  [printed, warned] = [[], []];
  setWarnings((text) => void warned.push(text));
  vi.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text));
});
afterEach(() => {
  setWarnings(true);
  vi.restoreAllMocks();
});

describe('a class without options', () => {
  test('extends Callback as it is', async () => {
    class Halving extends Callback {
      override onEpochEnd() {
        this.model.optimizer!.learningRate /= 2;
      }
    }
    const model = line(0.5);
    await model.fit([1], [1], { epochs: 2, callbacks: [new Halving()], ...quiet });
    expect(model.optimizer!.learningRate).toBe(0.125);
  });
});

describe('LambdaCallback', () => {
  test('is its functions', async () => {
    const told: unknown[] = [];
    const lambda = new LambdaCallback({
      onEpochEnd: (epoch, { loss }) => void told.push([epoch, loss]),
      onTrainEnd: () => void told.push('end'),
    });
    await line(0).fit([1], [2], { callbacks: [lambda], ...quiet });
    expect(told).toEqual([[0, 4], 'end']);
    expect(lambda.onTrainBatchEnd).toBeUndefined();
  });

  test('knows the names of the hooks', () => {
    expect(() => new LambdaCallback({ onEpochEnds: () => {} } as object)).toThrow(
      "Did you mean 'onEpochEnd'?",
    );
  });
});

describe('TerminateOnNaN', () => {
  const broken = (callback: Callback) =>
    line(1e30).fit([1, 1, 1, 1], [1, 1, 1, 1], { batchSize: 1, epochs: 3, callbacks: [callback], ...quiet });

  test('ends the training after the batch', async () => {
    const { epoch } = await broken(new TerminateOnNaN());
    expect(epoch).toEqual([0]);
    expect(printed).toEqual(['Batch 1: Invalid loss, terminating training']);
  });

  test('throws if asked to', async () => {
    await expect(broken(new TerminateOnNaN(true))).rejects.toThrow(
      'TerminateOnNaN expected a finite loss, received inf in batch 1.',
    );
  });
});

describe('LearningRateScheduler', () => {
  test('takes numbers only', async () => {
    const callbacks = [new LearningRateScheduler((() => undefined) as never)];
    await expect(line().fit([1], [1], { callbacks, ...quiet })).rejects.toThrow(
      'LearningRateScheduler schedule expected a number of 0 or more, received nothing.',
    );
  });

  test('is refused by an optimizer with a schedule', async () => {
    const model = new Sequential([new Dense(1, { inputShape: [1] })]);
    model.compile({ optimizer: new SGD({ learningRate: new ExponentialDecay(0.1, 10, 0.5) }), loss: 'mse' });
    const callbacks = [new LearningRateScheduler((_, rate) => rate)];
    await expect(model.fit([1], [1], { callbacks, ...quiet })).rejects.toThrow(
      'SGD learningRate expected to be set only where it was made with a number, ' +
        'received a rate for an optimizer made with an ExponentialDecay.',
    );
  });

  test('changes the next step without another program', async () => {
    const model = line();
    const callbacks = [new LearningRateScheduler((epoch) => (epoch === 0 ? 0.25 : 0))];
    const { history } = await model.fit([1], [1], { epochs: 2, callbacks, ...quiet });
    expect(history.learning_rate).toEqual([0.25, 0]);
    expect(slope(model)).toBe(0.5);
  });
});

describe('callbacks that watch a value', () => {
  test('warn once when logs do not have it, and name those that are there', async () => {
    const callbacks = [new ReduceLROnPlateau()];
    await line().fit([1], [1], { epochs: 3, callbacks, ...quiet });
    expect(warned).toEqual([
      "ReduceLROnPlateau watches 'val_loss', but the logs have loss, learning_rate. " +
        'Give `fit` a `validationSplit` or `validationData`.',
    ]);
  });

  const direction = (monitor: string) => {
    const callback = new EarlyStopping({ monitor });
    return (callback as unknown as { direction(): string }).direction();
  };

  test.each([
    ['max', 'acc accuracy val_binary_accuracy auc val_precision_1 recall f1_score fbeta_score r2_score'],
    [
      'max',
      'mean_io_u binary_iou sensitivity_at_specificity pearson_correlation cosine_similarity top_k_acc',
    ],
    [
      'min',
      'loss val_loss mse val_mae rmse mape msle mean_squared_error kl_divergence poisson hinge logcosh',
    ],
    ['min', 'accent_loss face_mae val_sparse_categorical_crossentropy squared_hinge bce huber error_rate'],
  ])('take %s for better by the names %s', (better, names) => {
    for (const name of names.split(' ')) expect([name, direction(name)]).toEqual([name, better]);
  });

  test('want to be told where a name does not tell', () => {
    expect(() => direction('val_mine')).toThrow(
      "EarlyStopping mode expected 'min' or 'max' for 'val_mine', whose name does not tell which is better",
    );
  });

  test('refuse a factor that makes the rate larger', () => {
    expect(() => new ReduceLROnPlateau({ factor: 1 })).toThrow('expected a number below 1, received 1');
  });
});

describe('History', () => {
  test('that is given goes on with its lists, and numbers the epochs of the last training', async () => {
    const [model, history] = [line(), new History()];
    const options = { epochs: 2, callbacks: [history], ...quiet };
    expect(await model.fit([1], [1], options)).toBe(history);
    await model.fit([1], [1], { ...options, initialEpoch: 1 });
    expect([history.history.loss!.length, history.epoch]).toEqual([3, [1]]);
    expect(JSON.parse(JSON.stringify(history))).toEqual({ history: history.history, epoch: [1] });
  });
});

describe('ProgbarLogger', () => {
  test('shows what other callbacks have added to the logs', async () => {
    const callbacks = [new ProgbarLogger(), new LearningRateScheduler(() => 0.5)];
    await line().fit([1], [1], { epochs: 2, callbacks: callbacks.toReversed(), verbose: 2 });
    expect(printed[1]).toMatch(/^1\/1 - .*\/step - loss: 1\.0000 - learning_rate: 0\.5000$/);
    expect(printed.map((text) => text.split(' - ')[0])).toEqual(['Epoch 1/2', '1/1', 'Epoch 2/2', '1/1']);
  });

  test('is silent in validation and at verbose 0', async () => {
    const options = { validationData: [[1], [1]] as const, callbacks: [new ProgbarLogger()] };
    await line().fit([1], [1], { ...options, verbose: 0 });
    expect(printed).toEqual([]);
    await line().fit([1], [1], { ...options, verbose: 2 });
    expect(printed).toEqual([expect.stringMatching(/^1\/1 - .* - loss: 1\.0000 - val_loss: /)]);
  });
});
