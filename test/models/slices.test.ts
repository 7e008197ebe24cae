import { afterEach, describe, expect, test, vi } from 'vitest';
import { Dense, Dropout, type Logs, Sequential, setRandomSeed, type Tensor } from '../../src/index.js';
import { Slice } from '../../src/models/slice.js';
import type { BoundProgram } from '../../src/tensor/compiled.js';
import { line, quiet } from './line.js';

afterEach(() => vi.restoreAllMocks());

/** A clock that says what it is told to, in milliseconds. */
function clock(advance: (reading: number) => number): void {
  let [now, readings] = [0, 0];
  vi.spyOn(performance, 'now').mockImplementation(() => {
    now += advance(readings++);
    return now;
  });
}

describe('a slice', () => {
  /** How many steps go into each call where a step takes so long. */
  function sizes(milliseconds: (call: number) => number, most: number, calls: number): number[] {
    let now = 0;
    let call = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    const run = (steps = 1) => {
      now += steps * milliseconds(call++);
    };
    const slice = new Slice();
    return Array.from({ length: calls }, () => slice.run({ run } as BoundProgram, most, 4));
  }

  test('has as many steps as fit into its time', () => {
    expect(sizes(() => 1, 1000, 4)).toEqual([1, 4, 4, 4]);
    expect(sizes(() => 1.5, 1000, 4)).toEqual([1, 2, 2, 2]);
    expect(sizes(() => 2 ** -6, 1000, 6)).toEqual([1, 4, 16, 64, 256, 256]);
  });

  test('has one step where that takes longer', () => {
    expect(sizes(() => 50, 1000, 3)).toEqual([1, 1, 1]);
  });

  test('grows while a coarse clock shows no time, up to what is left', () => {
    expect(sizes(() => 0, 100, 6)).toEqual([1, 4, 16, 64, 100, 100]);
  });

  test('shrinks at once when steps take longer than before, and grows again', () => {
    expect(sizes((call) => (call === 3 ? 2 : 1 / 16), 1000, 6)).toEqual([1, 4, 16, 64, 2, 8]);
  });

  test('keeps its size when the end of the data cuts it short', () => {
    const slice = new Slice();
    clock(() => 0);
    const run = (most: number, milliseconds = 4) =>
      slice.run({ run: () => {} } as unknown as BoundProgram, most, milliseconds);
    expect([1000, 1000, 1000, 3, 1000].map((most) => run(most))).toEqual([1, 4, 16, 3, 64]);
    expect(run(1000, 0)).toBe(1);
  });

  test('learns nothing from a single step that took no time', () => {
    const slice = new Slice();
    clock(() => 0);
    const program = { run: () => {} } as unknown as BoundProgram;
    expect([0, 0, 4, 4].map((milliseconds) => slice.run(program, 1000, milliseconds))).toEqual([1, 1, 1, 4]);
  });
});

describe('training in slices', () => {
  const x = Array.from({ length: 75 }, (_, i) => [Math.sin(i), Math.cos(i), Math.sin(2 * i), 1]);
  const y = x.map(([a, b]) => [a! > b! ? 1 : 0]);
  const sampleWeight = x.map((_, i) => 1 + (i % 3));

  /** Everything that training leaves, to the bit. */
  async function trained(options: object = {}) {
    setRandomSeed(3);
    const model = new Sequential([
      new Dense(8, { activation: 'relu', inputShape: [4] }),
      new Dropout(0.25),
      new Dense(1, { activation: 'sigmoid' }),
    ]);
    model.compile({ optimizer: 'adam', loss: 'binary_crossentropy', metrics: ['accuracy'] });
    const settings = { epochs: 6, batchSize: 2, validationSplit: 0.2, sampleWeight, ...quiet, ...options };
    const { history } = await model.fit(x, y, settings);
    const measured = await model.evaluate(x, y, { batchSize: 4 });
    return { history, measured, weights: model.getWeights().map((weight: Tensor) => [...weight.data()]) };
  }
  const eachBatch = { callbacks: [{ onTrainBatchEnd: () => {}, onTestBatchEnd: () => {} }] };

  const clocks: Readonly<Record<string, (reading: number) => number>> = {
    'a clock by which every step takes long': () => 1000,
    'a clock that stands still': () => 0,
    'a clock by which slices have three steps': () => 4 / 3,
    'a clock that jumps': (reading) => [0, 0, 0.5, 9, 0, 30, 1][reading % 7]!,
  };
  for (const [name, advance] of Object.entries(clocks)) {
    test(`gives the same bits by ${name} as batch by batch`, async () => {
      const expected = await trained(eachBatch);
      clock(advance);
      expect(await trained()).toEqual(expected);
    });
  }

  test('gives the same bits where an epoch ends within the data', async () => {
    const options = { stepsPerEpoch: 7, epochs: 4, validationSteps: 2 };
    const expected = await trained({ ...options, ...eachBatch });
    clock(() => 0);
    expect(await trained(options)).toEqual(expected);
  });

  test('tells listeners every batch in order, the last with the logs of the epoch', async () => {
    clock(() => 0);
    const batches: number[] = [];
    let last: Partial<Logs> = {};
    const listener = {
      onTrainBatchBegin: (batch: number) => void batches.push(batch),
      onTrainBatchEnd: (batch: number, logs: Logs) => {
        batches.push(batch);
        last = { ...logs };
      },
    };
    const { history } = await trained({ epochs: 1, callbacks: [listener] });
    expect(batches).toEqual(Array.from({ length: 30 }, (_, i) => [i, i]).flat());
    expect(last).toEqual({ loss: history.loss![0], accuracy: history.accuracy![0] });
  });

  test('ends soon after a signal, in the middle of an epoch', async () => {
    const control = new AbortController();
    const model = line(0.001);
    const many = Array.from({ length: 2000 }, () => 1);
    clock(() => 3);
    const soon = { onTrainBegin: () => void setImmediate(() => control.abort(new Error('enough'))) };
    const options = { batchSize: 1, signal: control.signal, callbacks: [soon], ...quiet };
    await expect(model.fit(many, many, options)).rejects.toThrow('enough');
    expect(Number(model.optimizer!.iterations.item())).toBeGreaterThan(0);
    expect(Number(model.optimizer!.iterations.item())).toBeLessThan(10);
  });

  test('ends soon after stopTraining was set from outside', async () => {
    const model = line(0.001);
    const many = Array.from({ length: 2000 }, () => 1);
    clock(() => 3);
    const stop = () => {
      model.stopTraining = true;
    };
    const soon = { onTrainBegin: () => void setImmediate(stop) };
    await model.fit(many, many, { batchSize: 1, epochs: 50, callbacks: [soon], ...quiet });
    expect(Number(model.optimizer!.iterations.item())).toBeLessThan(10);
  });
});
