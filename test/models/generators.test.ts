import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resetWarnings } from '../../src/core/warnings.js';
import { Dense, Embedding, Sequential, setWarnings, type Tensor, tensor } from '../../src/index.js';
import { any, said } from './error-cases.js';
import { line, quiet, slope } from './line.js';

let warnings: string[] = [];
beforeEach(() => {
  warnings = [];
  resetWarnings();
  setWarnings((text) => void warnings.push(text));
});
afterEach(() => setWarnings(true));

type Pair = readonly [x: number[], y: number[]];
const pairs: readonly Pair[] = [
  [
    [1, 2],
    [2, 4],
  ],
  [[3], [6]],
  [
    [-1, 0.5],
    [-2, 1],
  ],
];
function* some(list = pairs) {
  yield* list;
}
function* endless() {
  for (;;) yield* pairs;
}
const trained = async (source: Parameters<Sequential['fit']>[0], options = {}) => {
  const model = line(0.05);
  const { history, epoch } = await model.fit(any(source), { ...quiet, ...options });
  return { loss: history.loss, epoch, slope: slope(model) };
};

describe('batches that come one by one', () => {
  test('train as the same arrays do, from every kind of source', async () => {
    const model = line(0.05);
    const [x, y] = [pairs.slice(0, 1).flatMap(([x]) => x), pairs.slice(0, 1).flatMap(([, y]) => y)];
    const options = { batchSize: 2, epochs: 3, shuffle: false, ...quiet };
    const { history } = await model.fit(x, y, options);
    const one = pairs.slice(0, 1);
    async function* later() {
      for (const pair of one) {
        await Promise.resolve();
        yield pair;
      }
    }
    const endlessly = (function* () {
      for (;;) yield* one;
    })();
    const expected = { loss: history.loss, epoch: [0, 1, 2], slope: slope(model) };
    const tensors = one.map(([x, y]) => [tensor(x).expandDims(-1), tensor(y)] as const);
    expect(await trained(() => some(one), { epochs: 3 })).toEqual(expected);
    expect(await trained(() => later(), { epochs: 3 })).toEqual(expected);
    expect(await trained({ [Symbol.iterator]: () => some(one) }, { epochs: 3 })).toEqual(expected);
    expect(await trained(tensors, { epochs: 3 })).toEqual(expected);
    expect(await trained(one, { epochs: 3 })).toEqual(expected);
    expect(await trained(endlessly, { epochs: 3, stepsPerEpoch: 1 })).toEqual(expected);
  });

  test('may have several sizes, and weights', async () => {
    const model = line(0);
    const weighted = () => [
      [[1], [2], [3]] as const,
      [
        [1, 1],
        [4, 0],
        [0.5, 9],
      ] as const,
    ];
    const { history } = await model.fit(any(weighted), { ...quiet });
    // Weighted means of 2 samples count twice: (1 · 3 · 4 + 2 · (0.5 · 16 + 0) / 2) / 3.
    expect(history.loss![0]).toBeCloseTo((12 + 8) / 3, 5);
  });

  test('go on in the next epoch where the last has ended', async () => {
    const seen: number[] = [];
    const model = line(0);
    const callbacks = [{ onEpochEnd: (_: number, logs: { loss: number }) => void seen.push(logs.loss) }];
    await model.fit(endless(), { stepsPerEpoch: 2, epochs: 3, callbacks, ...quiet });
    // Losses y²: batches 1 2 | 3 1 | 2 3.
    const of = [(4 + 16) / 2, 36, (4 + 1) / 2];
    const mean = (a: number, b: number) =>
      (of[a]! * (a === 1 ? 1 : 2) + of[b]! * (b === 1 ? 1 : 2)) / (a === 1 || b === 1 ? 3 : 4);
    expect(seen.map((n) => n.toFixed(4))).toEqual(
      [mean(0, 1), mean(2, 0), mean(1, 2)].map((n) => n.toFixed(4)),
    );
  });

  test('that a generator gives run out, with a warning, and training stops', async () => {
    expect((await trained(some(), { epochs: 4 })).epoch).toEqual([0]);
    expect(warnings).toEqual([
      'fit ran out of data. Ask for fewer steps, or give a function that makes a generator: it is called for each pass.',
    ]);
    expect((await trained(some(), { epochs: 4, stepsPerEpoch: 2 })).epoch).toEqual([0, 1]);
    expect(warnings[1]).toContain('fit ran out of data before 2 steps of an epoch were done.');
  });

  test('begin anew where a function makes them, also when the steps of an epoch divide them', async () => {
    expect((await trained(() => some(), { epochs: 4, stepsPerEpoch: 3 })).epoch).toEqual([0, 1, 2, 3]);
    expect(warnings).toEqual([]);
  });

  test('are evaluated and predicted for', async () => {
    const model = line(0);
    model.setWeights([[[3]]]);
    expect((await model.evaluate(() => some())).loss).toBeCloseTo((1 + 4 + 9 + 1 + 0.25) / 5, 5);
    expect((await model.evaluate(endless(), { steps: 1 })).loss).toBeCloseTo(2.5, 5);
    expect((await model.predict(() => some())).toArray()).toEqual([[3], [6], [9], [-3], [1.5]]);
    expect((await model.predict(endless(), { steps: 2 })).shape).toEqual([3, 1]);
    expect((await model.predict([[tensor([[1], [2]])], [tensor([[5]])]])).toArray()).toEqual([
      [3],
      [6],
      [15],
    ]);
  });

  test('are watched, from the first one in each epoch', async () => {
    const model = line(0);
    const watched = { validationData: () => endless(), validationSteps: 2, epochs: 2 };
    const { history } = await model.fit([1], [1], { ...watched, ...quiet });
    const mean = (4 + 16 + 36) / 3;
    expect(history.val_loss!.map((n) => n.toFixed(3))).toEqual([mean.toFixed(3), mean.toFixed(3)]);
  });

  test('show how many there were once they have ended', async () => {
    const steps: (number | null)[] = [];
    const callbacks = [{ setParams: (params: { steps: number | null }) => void steps.push(params.steps) }];
    await trained(() => some(), { callbacks });
    await trained(() => some(), { callbacks, stepsPerEpoch: 2 });
    expect(steps).toEqual([null, 2]);
  });

  test('come from generators that are closed when training ends early', async () => {
    let isClosed = false;
    function* closing() {
      try {
        for (;;) yield pairs[0]!;
      } finally {
        isClosed = true;
      }
    }
    await trained(() => closing(), { stepsPerEpoch: 2 });
    expect(isClosed).toBe(true);
  });

  test('end with their error when the generator throws', async () => {
    function* failing() {
      yield pairs[0]!;
      throw new Error('disk');
    }
    expect(await said(() => trained(failing()))).toContain('disk');
  });
});

describe('batches are refused', () => {
  const refused =
    (body: () => unknown, ...lines: string[]) =>
    async () => {
      const text = await said(body);
      for (const each of lines) expect(text).toContain(each);
    };
  test(
    'when they are of another shape than the first',
    refused(
      () =>
        trained([
          [tensor([[1]]), [2]],
          [tensor([[1, 2]]), [2]],
        ]),
      "Dense 'dense' expected inputs of shape [batch, 1], received [1, 2].",
      'where  model.fit > batch 1 > Sequential',
    ),
  );
  test(
    'when their targets are',
    refused(() => {
      const model = new Sequential([new Embedding(4, 2)]);
      model.compile({ loss: (_, yPred: Tensor) => yPred.mean() });
      return model.fit(
        [
          [tensor([[1]]), tensor([[1]])],
          [tensor([[1]]), tensor([[1, 2]])],
        ],
        quiet,
      );
    }, 'fit batches expected targets of shape [batch, 1], as in the first one, received [1, 2].'),
  );
  test(
    'when only some have weights',
    refused(
      () =>
        trained([
          [tensor([[1]]), [2]],
          [tensor([[1]]), [2], [1]],
        ]),
      'fit batches expected [x, y], as in the first one, received [x, y, sampleWeight].',
    ),
  );
  test(
    'when there are none',
    refused(() => trained([].values()), 'fit batches expected at least one batch, received none.'),
  );
  test(
    'when they are no arrays',
    refused(
      () => trained(any([5].values())),
      'fit batches expected batches [x, y] or [x, y, sampleWeight], received 5.\n  where  model.fit > batch 0\n  fix    Write `yield [x, y]`.',
    ),
  );
  test(
    'when a function makes no batches',
    refused(
      () => trained(() => 5 as never),
      'fit batches expected a function to return something to go through',
    ),
  );
  test(
    'when there are targets beside them',
    refused(() => line().fit(any(some()), [1], quiet), 'fit y expected no targets beside batches'),
  );
  for (const [name, value] of [
    ['batchSize', 3],
    ['sampleWeight', [1]],
    ['validationSplit', 0.5],
  ] as const) {
    test(
      `when ${name} says what they say themselves`,
      refused(
        () => trained(some(), { [name]: value }),
        `fit ${name} expected to be left out where the data come in batches`,
      ),
    );
  }
  test(
    'when x alone is given',
    refused(() => line().fit(any([1, 2]), any(undefined)), 'fit y expected a tensor'),
  );
  test(
    'when a validation finds none left',
    refused(
      () => line().fit([1], [1], { epochs: 2, validationData: some(), ...quiet }),
      "Sequential 'sequential' expected at least one batch to measure on, received a generator that has ended.",
    ),
  );
});

test('a model without a stated shape is built by the first batch', async () => {
  const model = new Sequential([new Dense(1)]);
  model.compile({ loss: 'mse' });
  await model.fit([[tensor([[1, 2, 3]]), [1]]], quiet);
  expect(model.inputShape).toEqual([null, 3]);
});

describe('a generator that was opened is closed', () => {
  const pair = [[1], [1]] as const;
  const badPair = [[[1, 2, 3]], [1]] as const;
  function watched(batch: readonly unknown[]) {
    const state = { isClosed: false };
    const open = function* () {
      try {
        for (;;) yield batch as never;
      } finally {
        state.isClosed = true;
      }
    };
    return { state, open };
  }
  const failing: Readonly<Record<string, (open: () => Generator<never>) => Promise<unknown>>> = {
    'when its first batch is refused': (open) => line().evaluate(open, { steps: 1 }),
    'when the validation data are refused': (open) =>
      line().fit(open, { stepsPerEpoch: 1, validationData: badPair as never, ...quiet }),
    'when a callback throws': (open) =>
      line().fit(open, {
        stepsPerEpoch: 1,
        callbacks: [
          {
            onTrainBegin() {
              throw new Error('not today');
            },
          },
        ],
        ...quiet,
      }),
  };
  for (const [when, run] of Object.entries(failing))
    test(when, async () => {
      const { state, open } = watched(when.includes('first') ? badPair : pair);
      await expect(run(open)).rejects.toThrow();
      expect(state.isClosed).toBe(true);
    });
});
