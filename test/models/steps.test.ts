import { describe, expect, test } from 'vitest';
import {
  arange,
  Dense,
  Embedding,
  Flatten,
  Sequential,
  StringLookup,
  setBackend,
  type Tensor,
  Variable,
  zeros,
} from '../../src/index.js';
import { arrayFeed } from '../../src/models/bound-steps.js';
import type { Examples } from '../../src/models/data-adapter.js';
import { Pacer } from '../../src/models/pause.js';
import { Programs } from '../../src/models/programs.js';
import { said } from './error-cases.js';
import { line, quiet } from './line.js';

describe('steps over arrays', () => {
  /** Each step notes `Σ x y w` of its batch. */
  async function sums(
    limit: number,
    options: { batchSize?: number; steps?: number; shuffle?: boolean },
    epochs: number,
  ) {
    const total = new Variable(zeros([]), { name: 'total' });
    const step = ({ x, y, w }: { x: Tensor; y: Tensor; w?: Tensor }) =>
      void total.assign(x.mul(y).mul(w!).sum());
    const range = (n: number) => arange(n).cast('float32');
    const sample: Examples = { x: range(10), y: range(10).add(1), w: range(10).mul(0.5) };
    const { batchSize = null, steps = null, shuffle = false } = options;
    const feed = arrayFeed(new Programs(), sample, { method: 'fit', batchSize, steps, shuffle }, limit);
    const bound = await feed.bind({ kind: 'train', step }, new Pacer(null));
    const seen: number[][] = [];
    for (let epoch = 0; epoch < epochs; epoch++) {
      seen.push([]);
      for (bound.begin(false); bound.ready(); ) {
        bound.run();
        seen.at(-1)!.push(total.item() as number);
      }
    }
    bound.release();
    return seen;
  }
  const of = (rows: number[]) => rows.reduce((sum, i) => sum + i * (i + 1) * i * 0.5, 0);
  const whole = 2 ** 20;

  for (const [name, limit] of [
    ['in the heap', whole],
    ['too large for it', 0],
  ] as const) {
    test(`${name} take all rows in order, the rest last`, async () => {
      const expected = [of([0, 1, 2, 3]), of([4, 5, 6, 7]), of([8, 9])];
      expect(await sums(limit, { batchSize: 4 }, 2)).toEqual([expected, expected]);
      expect(await sums(limit, { steps: 2 }, 1)).toEqual([[of([0, 1, 2, 3, 4]), of([5, 6, 7, 8, 9])]]);
    });

    test(`${name} go on where the last epoch has ended, and begin again after the last row`, async () => {
      const [a, b, c] = [of([0, 1, 2, 3]), of([4, 5, 6, 7]), of([8, 9])];
      expect(await sums(limit, { batchSize: 4, steps: 2 }, 3)).toEqual([[a, b], [c], [a, b]]);
      expect(await sums(limit, { batchSize: 4, steps: 9 }, 2)).toEqual([
        [a, b, c],
        [a, b, c],
      ]);
    });

    test(`${name} take every row once when mixed, in another order in each pass`, async () => {
      const [first, second] = await sums(limit, { batchSize: 1, shuffle: true }, 2);
      const sorted = (list: number[]) => list.toSorted((p, q) => p - q);
      expect(sorted(first!)).toEqual(Array.from({ length: 10 }, (_, i) => of([i])));
      expect(sorted(second!)).toEqual(sorted(first!));
      expect(second).not.toEqual(first);
    });
  }
});

test('steps that cannot be traced leave the backend free, and give their places back', async () => {
  const x = arange(10).cast('float32');
  const feed = arrayFeed(
    new Programs(),
    { x, y: x, w: null },
    {
      ...{ method: 'fit', batchSize: 4, steps: null, shuffle: true },
    },
  );
  const step = ({ x }: { x: Tensor }) => void x.reshape([3]);
  await expect(feed.bind({ kind: 'train', step }, new Pacer(null))).rejects.toThrow('reshape');
  setBackend('reference');
  setBackend('wasm');
});

describe('validation', () => {
  const epochsWith = async (options: object) => {
    const seen: number[] = [];
    const callbacks = [
      { onEpochEnd: (epoch: number, logs: object) => void ('val_loss' in logs && seen.push(epoch + 1)) },
    ];
    await line().fit([1], [1], { epochs: 6, validationData: [[1], [1]], callbacks, ...options, ...quiet });
    return seen;
  };

  test('happens after every so many epochs, or after those of a list', async () => {
    expect(await epochsWith({ validationFreq: 4 })).toEqual([4]);
    expect(await epochsWith({ validationFreq: 2, initialEpoch: 3 })).toEqual([4, 6]);
    expect(await epochsWith({ validationFreq: [1, 5, 9] })).toEqual([1, 5]);
  });

  test('has batches and steps of its own', async () => {
    let batches = 0;
    const model = line(0);
    const callbacks = [{ onTestBatchEnd: () => void batches++ }];
    const validationData = [
      [1, 1, 1, 1, 1],
      [1, 1, 2, 2, 9],
    ] as const;
    const options = { validationData, callbacks, epochs: 2, ...quiet };
    const { history } = await model.fit([1], [1], { ...options, validationBatchSize: 2, validationSteps: 2 });
    expect([batches, history.val_loss]).toEqual([4, [2.5, 2.5]]);
  });
});

describe('a run', () => {
  test('ends when it is told to, with what it has', async () => {
    const model = line(0);
    const stop = {
      onTestBatchEnd() {
        model.stopEvaluating = true;
      },
      onPredictBatchEnd: (batch: number, { outputs }: { outputs: Tensor }) => {
        expect(outputs.shape).toEqual([1, 1]);
        model.stopPredicting = batch === 1;
      },
    };
    const options = { batchSize: 1, callbacks: [stop] };
    expect((await model.evaluate([1, 1], [2, 9], options)).loss).toBe(4);
    expect((await model.predict([1, 2, 3], options)).shape).toEqual([2, 1]);
  });

  test('takes as many steps as are asked for', async () => {
    const model = line(0);
    expect((await model.evaluate([1, 1, 1], [1, 1, 9], { batchSize: 1, steps: 2 })).loss).toBe(1);
    expect((await model.predict([1, 2, 3, 4, 5], { steps: 2 })).shape).toEqual([5, 1]);
    expect((await model.predict([1, 2, 3, 4, 5], { steps: 2, batchSize: 2 })).shape).toEqual([4, 1]);
  });
});

describe('a model whose first layer takes words', () => {
  const reader = () => {
    const lookup = new StringLookup({ vocabulary: ['a', 'b', 'c'] });
    const model = new Sequential([lookup, new Embedding(4, 2), new Flatten(), new Dense(1)]);
    model.compile({ optimizer: 'adam', loss: 'mse' });
    return model;
  };
  const words = [
    ['a', 'b'],
    ['c', 'z'],
    ['b', 'b'],
  ];

  test('is trained, evaluated and asked with words', async () => {
    const model = reader();
    const { history } = await model.fit(words, [1, 2, 3], { epochs: 3, validationSplit: 0.3, ...quiet });
    expect(history.loss!.length).toBe(3);
    expect(history.loss![2]).toBeLessThan(history.loss![0]!);
    expect(await model.evaluate(() => [[words, [1, 2, 3]] as const])).toHaveProperty('loss');
    const outputs = await model.predict(words);
    expect(outputs.shape).toEqual([3, 1]);
    expect(model.apply(words as never).toArray()).toEqual(outputs.toArray());
  });

  test('takes them nowhere else', async () => {
    const late = () => new Sequential([new Flatten(), new StringLookup({ vocabulary: ['a'] })]);
    expect(await said(late)).toContain(
      'expected layers that take words or look numbers up before all others',
    );
  });
});
