/** What changes between runs, or while one goes on, counts from the right moment on. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { setBackend } from '../../src/backends/choose.js';
import {
  arange,
  type CallbackLike,
  compiled,
  Dense,
  Input,
  Sequential,
  SGD,
  tensor,
  Variable,
  zeros,
} from '../../src/index.js';
import { quiet } from './line.js';

beforeEach(() => {
  setBackend('wasm');
});
afterAll(() => {
  setBackend('wasm');
});

const ones = { kernelInitializer: 'ones' } as const;

describe('when another backend is chosen for a while', () => {
  const x = tensor([[1, 2]]);

  test('a prediction finds weights that a model with the same layer has trained there', async () => {
    const shared = new Dense(2, ones);
    const model = new Sequential([Input([2]), shared]);
    const other = new Sequential([Input([2]), shared, new Dense(1, ones)]);
    other.compile({ optimizer: 'sgd', loss: 'mse' });
    await model.predict(x);
    setBackend('reference');
    await other.fit(x, [[5]], quiet);
    setBackend('wasm');
    const values = (await model.predict(x)).toArray();
    expect(values).toEqual(shared.apply(x).toArray());
    expect(values).not.toEqual([[3, 3]]);
  });

  test('a program that stays bound finds variables that went there', () => {
    const [a, b] = [new Variable(tensor([1, 2])), new Variable(tensor([3, 4]))];
    const sum = compiled(({ x }) => ({ y: a.add(b).mul(x!) })).bind({ x: tensor([1, 10]) });
    sum.run();
    setBackend('reference');
    compiled(() => {
      a.assign(a.add(1));
      return {};
    }).call({});
    sum.run();
    const [y] = Object.values(sum.outputs());
    sum.release();
    expect(y!.toArray()).toEqual([5, 70]);
  });
});

const [samples, targets] = [zeros([40, 2]), zeros([40, 1])];
const runs: Readonly<
  Record<string, (model: Sequential, callbacks: readonly CallbackLike[]) => Promise<unknown>>
> = {
  fit: (model, callbacks) => model.fit(samples, targets, { callbacks, ...quiet }),
  evaluate: (model, callbacks) => model.evaluate(samples, targets, { callbacks }),
  predict: (model, callbacks) => model.predict(samples, { callbacks }),
};

test.each(Object.entries(runs))(
  'another backend may be chosen when a callback kept %s from beginning',
  async (_, run) => {
    const model = new Sequential([Input([2]), new Dense(1, ones)]);
    model.compile({ optimizer: 'sgd', loss: 'mse' });
    const failing = {
      setParams() {
        throw new Error('no');
      },
    };
    for (let time = 0; time < 3; time++) await expect(run(model, [failing])).rejects.toThrow('no');
    setBackend('reference');
  },
);

describe('while a model trains', () => {
  // The last batch has 4 examples, and a program of its own that is made when it comes.
  const [x, y] = [arange(40).reshape([20, 2]).mul(0.025), zeros([20, 1])];
  const options = { ...quiet, batchSize: 8, shuffle: false } as const;
  const inFirstBatch = (change: () => void) => ({
    ...options,
    callbacks: [
      {
        onTrainBatchEnd(batch: number) {
          if (batch === 0) change();
        },
      },
    ],
  });

  test('it may be compiled anew, which counts from the next training on for batches of any size', async () => {
    const model = new Sequential([Input([2]), new Dense(1, ones)]);
    model.compile({ optimizer: 'sgd', loss: 'mse' });
    await model.fit(
      x,
      y,
      inFirstBatch(() => model.compile({ optimizer: new SGD({ learningRate: 0 }), loss: 'mae' })),
    );
    const before = model.getWeights().map((weight) => weight.toArray());
    const { history } = await model.fit(x, y, options);
    expect(model.getWeights().map((weight) => weight.toArray())).toEqual(before);
    const { loss } = await model.evaluate(x, y);
    expect(history.loss![0]).toBeCloseTo(loss, 5);
  });

  test.each([true, false])('a layer whose `trainable` was %s goes on so to the end', async (trainable) => {
    const trained = async (change: (layer: Dense) => void) => {
      const layer = new Dense(2, { ...ones, trainable });
      const model = new Sequential([Input([2]), layer, new Dense(1, ones)]);
      model.compile({ optimizer: new SGD({ learningRate: 0.1, momentum: 0.5 }), loss: 'mse' });
      await model.fit(
        x,
        y,
        inFirstBatch(() => change(layer)),
      );
      return model.layers.map(({ weights }) => weights.map((weight) => weight.toArray()));
    };
    const changed = await trained((layer) => {
      layer.trainable = !trainable;
    });
    expect(changed).toEqual(await trained(() => {}));
  });
});
