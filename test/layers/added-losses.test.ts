import { describe, expect, test } from 'vitest';
import {
  ActivityRegularization,
  Dense,
  Dropout,
  L1,
  layer,
  Sequential,
  type Tensor,
  tensor,
  zeros,
} from '../../src/index.js';

const ones = { kernelInitializer: 'ones', useBias: false } as const;
const sum = (values: readonly Tensor[]) => values.reduce((total, value) => total + value.item(), 0);

describe('a penalty on outputs', () => {
  test('is a mean over the batch', () => {
    const dense = new Dense(1, { ...ones, activityRegularizer: new L1(0.5) });
    dense.apply(
      tensor([
        [1, 2],
        [3, 4],
      ]),
    );
    expect(sum(dense.losses)).toBe((0.5 * (3 + 7)) / 2);
  });

  test('of ActivityRegularization is that of its inputs', () => {
    const each = new ActivityRegularization({ l1: 1, l2: 0.5 });
    each.apply(tensor([[-1, 2]]));
    expect(sum(each.losses)).toBe(3 + 0.5 * 5);
  });

  test('is that of the last call, and none before the first', () => {
    const each = new ActivityRegularization({ l1: 1 });
    expect(each.losses).toEqual([]);
    each.apply(tensor([[1]]));
    each.apply(tensor([[5]]));
    expect(sum(each.losses)).toBe(5);
  });

  test('is in the loss of a model, in training as in evaluation', async () => {
    const model = new Sequential([new Dense(1, { ...ones, activityRegularizer: new L1(0.5) })]);
    model.compile({ loss: 'mse', optimizer: 'sgd' });
    const { loss } = await model.evaluate([[1], [2], [3]], [1, 2, 3], { batchSize: 2 });
    // Means over batches of 2 and 1, weighted by their sizes.
    expect(loss).toBeCloseTo(0.5 * 2, 6);
    const { history } = await model.fit([[1], [2]], [1, 2], { verbose: 0 });
    expect(history.loss![0]).toBeCloseTo(0.5 * 1.5, 6);
    expect((model.layers[0] as Dense).kernel.item()).toBeCloseTo(1 - 0.01 * 0.5 * 1.5, 6);
  });

  test('counts while the layer is frozen, unlike a penalty on weights', () => {
    const dense = new Dense(1, { ...ones, kernelRegularizer: 'l2', activityRegularizer: 'l2' });
    dense.apply(tensor([[1]]));
    expect(dense.losses).toHaveLength(2);
    dense.trainable = false;
    expect(dense.losses).toHaveLength(1);
  });
});

/** Adds what it is told to the loss, by a layer inside as well. */
class Told extends layer('Told', () => ({})) {
  readonly inner = new ActivityRegularization({ l1: 1 });
  override call(x: Tensor) {
    this.addLoss(x.sum());
    return this.inner.apply(this.inner.apply(x));
  }
}

describe('losses that a layer adds itself', () => {
  test('count with those of layers inside, all of one call', () => {
    const told = new Told();
    told.apply(tensor([[2]]));
    told.apply(tensor([[3]]));
    expect(told.losses.map((loss) => loss.item())).toEqual([3, 3, 3]);
  });

  test('of a traced program are none of those outside of it', async () => {
    const told = new Told();
    const model = new Sequential([told, new Dropout(0.5)]);
    model.compile({ loss: 'mse' });
    expect(await model.evaluate([[1]], [[1]])).toEqual({ loss: 3 });
    expect(told.losses).toEqual([]);
    told.apply(zeros([1, 1]));
    expect(told.losses).toHaveLength(3);
  });
});
