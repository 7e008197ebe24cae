/** Compiling for `fit`, `evaluate` and `predict` leaves turns to others. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Dense, type Sequential, setBackend, setRandomSeed, tensor } from '../../src/index.js';
import { line, quiet } from './line.js';

let turns = 0;
let next: NodeJS.Immediate;
beforeEach(() => {
  // By this clock everything takes long.
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 10));
  turns = 0;
  const count = () => {
    turns++;
    next = setImmediate(count);
  };
  next = setImmediate(count);
});
afterEach(() => {
  clearImmediate(next);
  vi.restoreAllMocks();
});

const [x, y] = [
  [1, 2, 3],
  [2, 4, 6],
];

async function turnsOf(work: () => Promise<unknown>): Promise<number> {
  const before = turns;
  await work();
  return turns - before;
}

test('the first fit, also of a last batch that is smaller, has many turns more than the next', async () => {
  const model = line();
  const before: number[] = [];
  const callbacks = [
    { onTrainBatchBegin: () => void before.push(turns), onTrainEnd: () => void before.push(turns) },
  ];
  const options = { batchSize: 2, shuffle: false, callbacks, ...quiet };
  const first = await turnsOf(() => model.fit(x, y, options));
  const [whole, smaller, end] = before as [number, number, number];
  expect(whole).toBeGreaterThan(50);
  expect(smaller - whole).toBeGreaterThan(50);
  expect(end - smaller).toBeLessThan(20);
  expect(await turnsOf(() => model.fit(x, y, options))).toBeLessThan(first / 4);
});

const runs: Readonly<Record<string, (model: Sequential) => Promise<unknown>>> = {
  'fit of a generator': (model) =>
    model.fit(
      [
        [
          [[1], [2]],
          [1, 2],
        ],
      ],
      quiet,
    ),
  evaluate: (model) => model.evaluate(x, y, quiet),
  'predict of a batch': (model) => model.predict(x, quiet),
  'predict of batches': (model) => model.predict(x, { batchSize: 2, ...quiet }),
};
for (const [name, run] of Object.entries(runs)) {
  test(`the first ${name} has turns while it compiles`, async () => {
    const model = line();
    const first = await turnsOf(() => run(model));
    expect(first).toBeGreaterThan(20);
    expect(await turnsOf(() => run(model))).toBeLessThan(first / 2);
  });
}

test('predictions at once wait for one compilation', async () => {
  const traced = vi.spyOn(Dense.prototype, 'call');
  const model = line();
  const before = traced.mock.calls.length;
  const all = await Promise.all([1, 2, 3, 4].map((n) => model.predict([n], quiet)));
  expect(traced.mock.calls.length - before).toBe(1);
  expect(all.map((one) => one.item())).toEqual([0, 0, 0, 0]);
});

test('a signal ends fit while it compiles, and leaves the model as it was', async () => {
  const trained = async (model: Sequential) => {
    setRandomSeed(1);
    return (await model.fit(x, y, { epochs: 3, ...quiet })).history;
  };
  const expected = await trained(line());
  const model = line();
  const control = new AbortController();
  const begun = vi.fn();
  const options = { signal: control.signal, callbacks: [{ onTrainBegin: begun }], ...quiet };
  const running = model.fit(x, y, options);
  setImmediate(() => setImmediate(() => control.abort(new Error('enough'))));
  await expect(running).rejects.toThrow('enough');
  expect(begun).not.toHaveBeenCalled();
  setBackend('reference'); // which is refused while something is bound
  setBackend('wasm');
  expect(await trained(model)).toEqual(expected);
  expect(tensor([1]).add(1).item()).toBe(2);
});
