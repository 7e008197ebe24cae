import { describe, expect, test, vi } from 'vitest';
import { resetWarnings } from '../../src/core/warnings.js';
import {
  concatenate,
  Dense,
  Embedding,
  Flatten,
  Input,
  type Layer,
  layer,
  ones as onesOf,
  Sequential,
  setRandomSeed,
  type Tensor,
  tensor,
} from '../../src/index.js';

describe('one batch that nobody watches', () => {
  const model = () => {
    setRandomSeed(5);
    return new Sequential([new Dense(3, { activation: 'tanh', inputShape: [2] })]);
  };
  const x = tensor(Array.from({ length: 7 }, (_, i) => [i, Math.sin(i)]));

  test('has the outputs that it has in a loop, and in smaller batches', async () => {
    const made = model();
    const outputs = (await made.predict(x)).toArray();
    let told: Tensor | undefined;
    const callbacks = [
      {
        onPredictBatchEnd: (_: number, logs: { outputs: Tensor }) => {
          told = logs.outputs;
        },
      },
    ];
    expect((await made.predict(x, { callbacks })).toArray()).toEqual(outputs);
    expect(told!.toArray()).toEqual(outputs);
    expect((await made.predict(x, { batchSize: 3 })).toArray()).toEqual(outputs);
    expect((await made.predict(x, { batchSize: 7 })).toArray()).toEqual(outputs);
    expect((await made.predict(x, { steps: 2 })).toArray()).toEqual(outputs);
    expect((await made.predictOnBatch(x)).toArray()).toEqual(outputs);
  });

  test('is refused once the signal is aborted', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(model().predict(x, { signal })).rejects.toThrow('enough');
  });

  test('does not heed a stop of another run', async () => {
    const made = model();
    made.stopPredicting = true;
    expect((await made.predict(x)).shape).toEqual([7, 3]);
    expect(made.stopPredicting).toBe(false);
  });

  test('keeps its outputs when the next one is computed', async () => {
    const made = model();
    const first = await made.predict(x);
    const values = [...first.data()];
    await made.predict(x.mul(2));
    expect([...first.data()]).toEqual(values);
  });
});

describe('a prediction for a tensor of the form of the last one', () => {
  test('sees new weights, another form, and what is odd about the values', async () => {
    const model = new Sequential([new Embedding(4, 2, { inputShape: [1] }), new Flatten()]);
    const ids = (...values: number[]) =>
      tensor(
        values.map((id) => [id]),
        { dtype: 'int32' },
      );
    const predicted = async (x: Tensor) => (await model.predict(x)).toArray();
    const before = await predicted(ids(1));
    expect(await predicted(ids(1))).toEqual(before);
    model.setWeights([
      [
        [0, 0],
        [5, 6],
        [7, 8],
        [9, 9],
      ],
    ]);
    expect(await predicted(ids(1))).toEqual([[5, 6]]);
    expect(await predicted(ids(2))).toEqual([[7, 8]]);
    expect(await predicted(ids(2, 1))).toEqual([
      [7, 8],
      [5, 6],
    ]);
    // The layer looks at the values of each.
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
    resetWarnings();
    await predicted(ids(1, 4));
    expect(warned.mock.calls.flat().join()).toContain('predict x has id 4 in row 1');
    warned.mockRestore();
    expect((await model.predictOnBatch(ids(3, 1))).toArray()).toEqual([
      [9, 9],
      [5, 6],
    ]);
  });
});

describe('batches of a tensor', () => {
  test('end where a callback stops them, with the outputs until then', async () => {
    const model = new Sequential([new Dense(1, { kernelInitializer: 'ones', inputShape: [1] })]);
    const x = tensor([[1], [2], [3], [4], [5]]);
    const seen: unknown[] = [];
    const callbacks = [
      {
        onPredictBatchEnd(batch: number, { outputs }: { outputs: Tensor }) {
          seen.push(outputs.toArray());
          model.stopPredicting = batch === 1;
        },
      },
    ];
    for (let time = 0; time < 2; time++)
      expect((await model.predict(x, { batchSize: 2, callbacks })).toArray()).toEqual([[1], [2], [3], [4]]);
    expect(seen.slice(0, 2)).toEqual([
      [[1], [2]],
      [[3], [4]],
    ]);
    expect((await model.predict(x, { batchSize: 2 })).toArray()).toEqual([[1], [2], [3], [4], [5]]);
  });
});

describe('layers that change between two predictions', () => {
  const one = tensor([[1, 2]]);
  const ones = { kernelInitializer: 'ones' } as const;

  test('are seen: one is added, one is taken away, one is frozen', async () => {
    const model = new Sequential([new Dense(1, { ...ones, inputShape: [2] })]);
    const predicted = async () => (await model.predict(one)).toArray();
    expect(await predicted()).toEqual([[3]]);
    model.add(new Dense(2, ones));
    expect(await predicted()).toEqual([[3, 3]]);
    model.pop();
    expect(await predicted()).toEqual([[3]]);
    model.layers[0]!.trainable = false;
    expect(await predicted()).toEqual([[3]]);
    model.setWeights([[[2], [2]], [1]]);
    expect(await predicted()).toEqual([[7]]);
  });

  test('are seen inside a nested model', async () => {
    const inner = new Sequential([new Dense(1, ones)]);
    const model = new Sequential([Input([2]), inner]);
    expect((await model.predict(one)).toArray()).toEqual([[3]]);
    inner.add(new Dense(3, ones));
    expect((await model.predict(one)).toArray()).toEqual([[3, 3, 3]]);
  });

  test("are seen where a model of one's own lists other layers than before", async () => {
    class Switched extends Sequential {
      isShort = false;
      override get layers() {
        return this.isShort ? super.layers.slice(0, 1) : super.layers;
      }
    }
    const model = new Switched([new Dense(2, { ...ones, inputShape: [2] }), new Dense(3, ones)]);
    expect((await model.predict(one)).toArray()).toEqual([[6, 6, 6]]);
    model.isShort = true;
    expect((await model.predict(one)).toArray()).toEqual([[3, 3]]);
  });
});

describe('the program that predicted last', () => {
  const ones = { kernelInitializer: 'ones', useBias: false } as const;

  test('is not asked again after programs of other forms took its place', async () => {
    const model = new Sequential([new Dense(1, { inputShape: [2], ...ones })]);
    const one = tensor([[1, 2]]);
    expect((await model.predict(one)).toArray()).toEqual([[3]]);
    // Each form has a program of its own, and only some stay.
    for (let size = 2; size <= 9; size++) await model.predict(onesOf([2 * size, 2]), { batchSize: size });
    expect((await model.predict(one)).toArray()).toEqual([[3]]);
  });

  test('is forgotten when the model is compiled again', async () => {
    const model = new Sequential([new Dense(1, { inputShape: [2], ...ones })]);
    const one = tensor([[1, 2]]);
    await model.predict(one);
    model.compile({ optimizer: 'sgd', loss: 'mse' });
    await model.fit(one, [[5]], { epochs: 1, verbose: 0 });
    const [[after]] = (await model.predict(one)).toArray() as [[number]];
    expect(after).not.toBe(3);
    expect((await model.predict(one)).toArray()).toEqual([[after]]);
  });
});

describe('outputs of layers that make more rows of a batch, or fewer', () => {
  class Twice extends layer('Twice', () => ({})) {
    override call(x: Tensor) {
      return concatenate([x, x], 0);
    }
  }
  class Total extends layer('Total', () => ({})) {
    override call(x: Tensor) {
      return x.sum(0, { keepDims: true });
    }
  }
  /** Rows of whole batches only: a smaller last one is filled up. */
  class Padded extends layer('Padded', () => ({})) {
    override call(x: Tensor) {
      return x.shape[0] === 1 ? concatenate([x, x], 0) : x;
    }
  }
  const x = () => tensor([[1], [2], [3], [4], [5]]);
  const cases: readonly (readonly [Layer, number[][]])[] = [
    [new Twice(), [[1], [2], [1], [2], [3], [4], [3], [4], [5], [5]]],
    [new Total(), [[3], [7], [5]]],
    [new Padded(), [[1], [2], [3], [4], [5], [5]]],
  ];
  for (const [made, expected] of cases)
    test(`${made.className}: stand one after another, as Keras has them`, async () => {
      const model = new Sequential([Input([1]), made]);
      const again = x();
      // The second time rows are read in the heap.
      for (let time = 0; time < 3; time++) {
        expect((await model.predict(x(), { batchSize: 2 })).toArray()).toEqual(expected);
        expect((await model.predict(again, { batchSize: 2 })).toArray()).toEqual(expected);
      }
    });
});
