/** Predictions of large batches, which are computed a part at a time where that gives the same bits. */
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { currentBackend, setBackend } from '../../src/backends/choose.js';
import {
  AveragePooling2D,
  BatchNormalization,
  Conv1D,
  Conv2D,
  concatenate,
  Dense,
  Dropout,
  Embedding,
  Flatten,
  GlobalAveragePooling1D,
  GlobalAveragePooling2D,
  Input,
  type Layer,
  LayerNormalization,
  layer,
  MaxPooling2D,
  random,
  SeparableConv2D,
  Sequential,
  type Tensor,
} from '../../src/index.js';

const batchSize = 256;

afterAll(() => {
  setBackend('wasm');
});

const nets: Readonly<Record<string, () => readonly Layer[]>> = {
  'convolutions and pooling': () => [
    new Conv2D(32, 3, { activation: 'relu', inputShape: [28, 28, 1] }),
    new MaxPooling2D(2),
    new Conv2D(64, 3, { activation: 'relu' }),
    new MaxPooling2D(2),
    new Dropout(0.5),
    new Flatten(),
    new Dense(3, { activation: 'softmax' }),
  ],
  'normalization, padding and strides': () => [
    new Conv2D(16, 3, { padding: 'same', inputShape: [24, 24, 2] }),
    new BatchNormalization(),
    new Conv2D(16, 5, { padding: 'same', activation: 'tanh' }),
    new LayerNormalization(),
    new AveragePooling2D(2),
    new SeparableConv2D(24, 3, { strides: 2 }),
    new GlobalAveragePooling2D(),
    new Dense(3),
  ],
  'words, along time': () => [
    new Embedding(50, 32, { inputShape: [120] }),
    new Conv1D(64, 3, { activation: 'gelu' }),
    new Conv1D(64, 3, { activation: 'sigmoid' }),
    new GlobalAveragePooling1D(),
    new Dense(4),
  ],
};

/** The outputs of batches that are computed whole. */
async function whole(model: Sequential, x: Tensor): Promise<unknown[]> {
  const made: unknown[] = [];
  for (let from = 0; from < x.shape[0]!; from += batchSize) {
    const rows = Math.min(batchSize, x.shape[0]! - from);
    const start = x.shape.map((_, d) => (d === 0 ? from : 0));
    const y = await model.predictOnBatch(x.slice(start, [rows, ...x.shape.slice(1)]));
    made.push(...(y.toArray() as unknown[]));
  }
  return made;
}

const inputsFor = (model: Sequential, rows: number): Tensor => {
  const x = random.uniform([rows, ...(model.inputShape!.slice(1) as number[])], { seed: 7 });
  const isWords = model.inputShape!.length === 2;
  const made = isWords ? x.mul(50).floor() : x;
  made.data();
  return made;
};

/** Rows of the inputs that are put into the heap while something runs. */
async function rowsPlaced(x: Tensor, body: () => Promise<unknown>): Promise<number[]> {
  const made: number[] = [];
  const backend = currentBackend();
  const allocate = backend.allocate.bind(backend);
  const spy = vi.spyOn(backend, 'allocate').mockImplementation((dtype, size) => {
    made.push((size * x.shape[0]!) / x.size);
    return allocate(dtype, size);
  });
  await body();
  spy.mockRestore();
  return made.filter((rows) => rows > 1 && Number.isInteger(rows));
}

describe.each(['one thread', 'two threads'])('in %s', (where) => {
  beforeEach(() => {
    setBackend('wasm', { threads: where === 'one thread' ? 1 : 2 });
  });

  it.each(Object.entries(nets))('a batch has the same bits in parts: %s', async (_, layers) => {
    const model = new Sequential([...layers()]);
    // The last batch has more rows than a part, or fewer.
    for (const rows of [batchSize, 2 * batchSize + 130, batchSize + 3]) {
      const x = inputsFor(model, rows);
      const expected = await whole(model, x);
      const predicted = async () => (await model.predict(x, { batchSize })).toArray();
      const placed = await rowsPlaced(x, async () => expect(await predicted()).toEqual(expected));
      expect(placed).not.toContain(batchSize);
      // The second time rows are read in the heap.
      expect(await predicted()).toEqual(expected);
      expect(await predicted()).toEqual(expected);
    }
  });
});

describe('a batch is computed whole', () => {
  class Mixed extends layer('Mixed', () => ({})) {
    override call(x: Tensor) {
      return x.sub(x.mean(0));
    }
  }
  class First extends layer('First', () => ({})) {
    override call(x: Tensor) {
      return x.sub(
        x.slice(
          x.shape.map(() => 0),
          [1, ...x.shape.slice(1)],
        ),
      );
    }
  }
  class Counted extends layer('Counted', () => ({})) {
    override call(x: Tensor) {
      return x.shape[0]! < batchSize ? x : x.mul(2);
    }
  }
  class Sized extends layer('Sized', () => ({})) {
    override call(x: Tensor) {
      if (x.shape[0]! > 8 && x.shape[0]! < 64) throw new Error('another size');
      return x.mul(2);
    }
  }
  class Twice extends layer('Twice', () => ({})) {
    override call(x: Tensor) {
      return concatenate([x, x], 0);
    }
  }
  const made = [Mixed, First, Counted, Sized, Twice];

  it.each(made.map((kind) => [kind.name, kind] as const))('where a layer needs that: %s', async (_, Kind) => {
    const model = new Sequential([Input([28, 28, 1]), ...nets['convolutions and pooling']!(), new Kind()]);
    const x = inputsFor(model, batchSize);
    const expected = (await model.predictOnBatch(x)).toArray();
    const predicted = async () => expect((await model.predict(x, { batchSize })).toArray()).toEqual(expected);
    await predicted();
    await predicted();
  });

  it('where it fits into the cache', async () => {
    const model = new Sequential([new Conv2D(4, 3, { inputShape: [8, 8, 1] }), new Flatten(), new Dense(2)]);
    const x = inputsFor(model, 2 * batchSize);
    expect(await rowsPlaced(x, () => model.predict(x, { batchSize }))).toContain(batchSize);
  });
});

describe('a batch in parts', () => {
  const net = () => new Sequential([...nets['convolutions and pooling']!()]);

  it('is one batch for those who listen', async () => {
    const model = net();
    const x = inputsFor(model, 2 * batchSize + 50);
    const told: unknown[] = [];
    const callbacks = [
      {
        onPredictBatchBegin: (batch: number) => void told.push(batch),
        onPredictBatchEnd: (batch: number, { outputs }: { outputs: Tensor }) =>
          void told.push([batch, outputs.toArray()]),
      },
    ];
    const y = (await model.predict(x, { batchSize, callbacks })).toArray() as unknown[];
    const rows = (batch: number) => y.slice(batch * batchSize, (batch + 1) * batchSize);
    expect(told).toEqual([0, 1, 2].flatMap((batch) => [batch, [batch, rows(batch)]]));
  });

  it('ends where a callback stops it, and where it is aborted', async () => {
    const model = net();
    const x = inputsFor(model, 2 * batchSize + 50);
    const y = (await model.predict(x, { batchSize })).toArray() as unknown[];
    const stopping = [
      {
        onPredictBatchEnd: () => {
          model.stopPredicting = true;
        },
      },
    ];
    const until = await model.predict(x, { batchSize, callbacks: stopping });
    expect(until.toArray()).toEqual(y.slice(0, batchSize));
    const stopped = new AbortController();
    const aborting = [{ onPredictBatchEnd: () => stopped.abort(new Error('enough')) }];
    const run = model.predict(x, { batchSize, callbacks: aborting, signal: stopped.signal });
    await expect(run).rejects.toThrow('enough');
    expect((await model.predict(x, { batchSize })).toArray()).toEqual(y);
  });

  it('sees new weights, and layers that are added', async () => {
    const model = net();
    const x = inputsFor(model, batchSize);
    const predicted = async () => (await model.predict(x, { batchSize })).toArray();
    await predicted();
    model.setWeights(model.getWeights().map((weight) => weight.mul(2)));
    expect(await predicted()).toEqual(await whole(model, x));
    model.add(new Dense(2));
    expect(await predicted()).toEqual(await whole(model, x));
  });

  it('leaves memory as it was', async () => {
    const model = net();
    const x = inputsFor(model, batchSize + 60);
    for (let time = 0; time < 3; time++) await model.predict(x, { batchSize });
    const before = currentBackend().reservedBytes();
    for (let time = 0; time < 20; time++) await model.predict(x, { batchSize });
    expect(currentBackend().reservedBytes()).toBe(before);
    setBackend('reference');
    setBackend('wasm');
  });
});
