import { describe, expect, test } from 'vitest';
import {
  BatchNormalization,
  compiled,
  Dense,
  layer,
  Sequential,
  type Tensor,
  tensor,
  zeros,
} from '../../src/index.js';

const x = tensor([
  [1, 10],
  [3, 30],
]);
const values = (weight: Tensor) => Array.from(weight.data(), (n) => Math.round(n * 1e5) / 1e5);

describe('BatchNormalization', () => {
  test('keeps moving averages up while training, and not otherwise', () => {
    const each = new BatchNormalization({ momentum: 0.9 });
    each.apply(x);
    expect([values(each.movingMean), values(each.movingVariance)]).toEqual([
      [0, 0],
      [1, 1],
    ]);
    each.apply(x, { training: true });
    expect([values(each.movingMean), values(each.movingVariance)]).toEqual([
      [0.2, 2],
      [1, 10.9],
    ]);
  });

  test('computes and learns in a program what it does outside of one', () => {
    const [inside, outside] = [
      new BatchNormalization({ momentum: 0.5 }),
      new BatchNormalization({ momentum: 0.5 }),
    ];
    const program = compiled(({ x }) => ({ y: inside.apply(x!, { training: true }) }));
    for (let step = 0; step < 2; step++) {
      expect(program.call({ x }).y!.toArray()).toEqual(outside.apply(x, { training: true }).toArray());
      expect(values(inside.movingVariance)).toEqual(values(outside.movingVariance));
    }
  });

  test('has mean 0 and variance 1 after training data, to which the weights are applied', () => {
    const y = new BatchNormalization({ epsilon: 0, gammaInitializer: 'ones', betaInitializer: 'ones' });
    expect(values(y.apply(x, { training: true }))).toEqual([0, 0, 2, 2]);
  });

  test('runs as in prediction while it is frozen, also inside of a frozen layer', () => {
    const frozen = new BatchNormalization({ trainable: false });
    frozen.apply(x, { training: true });
    expect(values(frozen.movingMean)).toEqual([0, 0]);
    class Block extends layer('Block', () => ({})) {
      readonly inner = new BatchNormalization();
      override call(x: Tensor) {
        return this.inner.apply(x);
      }
    }
    const before = new Block({ trainable: false });
    before.apply(x, { training: true });
    expect(values(before.inner.movingMean)).toEqual([0, 0]);
    const block = new Block();
    block.apply(x, { training: true });
    block.trainable = false;
    block.apply(x, { training: true });
    expect(values(block.inner.movingMean)).toEqual([0.02, 0.2]);
    block.trainable = true;
    expect(block.inner.trainable).toBe(true);
  });

  test('uses the averages as they are after `fit`, in `predict`', async () => {
    const model = new Sequential([new BatchNormalization({ momentum: 0, epsilon: 0 })]);
    model.compile({ loss: 'mse', optimizer: 'sgd' });
    await model.fit(x, zeros([2, 2]), { batchSize: 2, verbose: 0 });
    const known = (await model.predict([[2, 20]])).toArray();
    expect(known).toEqual((model.layers[0] as BatchNormalization).beta!.expandDims(0).toArray());
  });

  test('needs a known number of channels, and always the same', () => {
    const each = new BatchNormalization({ name: 'bn' });
    expect(() => each.computeOutputShape([null, null])).toThrow(
      "BatchNormalization 'bn' axis expected axes of known size, each once, of inputs of shape [batch, any], received -1.",
    );
    each.apply(zeros([2, 4, 3]));
    expect(() => each.apply(zeros([2, 4, 2]))).toThrow(
      "BatchNormalization 'bn' expected inputs of shape [batch, any, 3], received [2, 4, 2].",
    );
    expect(each.apply(zeros([1, 9, 3])).shape).toEqual([1, 9, 3]);
  });

  test('takes a mask of one axis less than the inputs', () => {
    const each = new BatchNormalization({ name: 'bn' });
    const mask = tensor([
      [true, false],
      [true, true],
    ]);
    expect(() => each.apply(x, { training: true, mask })).toThrow(
      "BatchNormalization 'bn' expected a mask of shape [2], received [2, 2].",
    );
  });

  test('refuses bounds that cross, and devices it does not have', () => {
    expect(() => new BatchNormalization({ renormClipping: { rmin: 2, rmax: 1 } })).toThrow(
      'BatchNormalization renormClipping expected an object of numbers: rmin, rmax, not below rmin, and dmax, not below 0 or null',
    );
    expect(() => new BatchNormalization({ synchronized: true })).toThrow(
      'BatchNormalization synchronized expected false, received true.',
    );
  });

  test('trains next to other layers', async () => {
    const model = new Sequential([new Dense(4), new BatchNormalization(), new Dense(1)]);
    model.compile({ loss: 'mse', optimizer: 'adam' });
    const { history } = await model.fit(x, [1, 2], { epochs: 30, verbose: 0 });
    expect(history.loss!.at(-1)!).toBeLessThan(history.loss![0]!);
    expect(model.trainableWeights).toHaveLength(6);
    expect(model.nonTrainableWeights).toHaveLength(2);
  });
});
