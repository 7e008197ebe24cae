import { describe, expect, test } from 'vitest';
import { Dense, layer, Sequential, type Tensor, zeros } from '../../src/index.js';

class Block extends layer('Block', () => ({})) {
  readonly first = new Dense(4, { kernelRegularizer: 'l2' });
  readonly #second = new Dense(2);
  override call(x: Tensor) {
    return this.#second.apply(this.first.apply(x));
  }
}

function model() {
  const block = new Block({ inputShape: [3] });
  const made = new Sequential([block, new Dense(1)]);
  made.compile({ loss: 'mse', optimizer: 'sgd' });
  return { block, made };
}

describe('layers that a layer applies', () => {
  test('are part of it: their weights are counted, in order, with their penalties', () => {
    const { block, made } = model();
    expect(block.weights.map(({ shape }) => shape)).toEqual([[3, 4], [4], [4, 2], [2]]);
    expect(made.countParams()).toBe(16 + 10 + 3);
    expect(made.losses).toHaveLength(1);
  });

  test('learn with it, unless they or it are frozen', async () => {
    const { block, made } = model();
    const train = () => made.fit([[1, 2, 3]], [1], { verbose: 0 });
    const changed = async () => {
      const before = block.getWeights().map(String);
      await train();
      return block.getWeights().map((weight, i) => String(weight) !== before[i]);
    };
    expect(await changed()).toEqual([true, true, true, true]);
    block.first.trainable = false;
    expect(await changed()).toEqual([false, false, true, true]);
    expect(made.losses).toHaveLength(0);
    block.trainable = false;
    expect(await changed()).toEqual([false, false, false, false]);
  });

  test('are not shared with the layers around it', () => {
    const { made } = model();
    made.forward(zeros([1, 3]));
    expect(made.layers[1]!.countParams()).toBe(3);
  });
});
