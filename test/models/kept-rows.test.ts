/** Predictions for a tensor that stays in the heap, whose rows programs read where they lie. */
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { currentBackend, setBackend } from '../../src/backends/choose.js';
import {
  Dense,
  Input,
  Resident,
  Sequential,
  setRandomSeed,
  type Tensor,
  tensor,
  Variable,
} from '../../src/index.js';

const samples = 50;
const width = 7;
const batchSize = 8;

afterAll(() => {
  setBackend('wasm');
});

function line(): Sequential {
  setRandomSeed(7);
  const model = new Sequential([Input([width]), new Dense(3, { activation: 'tanh' })]);
  model.compile({ optimizer: 'sgd', loss: 'mse' });
  return model;
}

const rows = (scale: number, dtype: 'float32' | 'uint8' = 'float32'): Tensor =>
  tensor(
    Array.from({ length: samples * width }, (_, i) => Math.abs(Math.sin(i)) * scale),
    { shape: [samples, width], dtype },
  );

/** Sizes of the arrays that are made in the heap while something runs. */
async function placesMade(body: () => Promise<unknown>): Promise<number[]> {
  const made: number[] = [];
  const backend = currentBackend();
  const allocate = backend.allocate.bind(backend);
  const spy = vi.spyOn(backend, 'allocate').mockImplementation((dtype, size) => {
    made.push(size);
    return allocate(dtype, size);
  });
  await body();
  spy.mockRestore();
  return made;
}

describe.each(['reference', 'one thread', 'two threads'])('on %s', (where) => {
  beforeEach(() => {
    if (where === 'reference') setBackend('reference');
    else setBackend('wasm', { threads: where === 'one thread' ? 1 : 2 });
  });

  it.each(['float32', 'uint8'] as const)('they are the same at every time: %s', async (dtype) => {
    const [model, x] = [line(), rows(9, dtype)];
    const predicted = async () => (await model.predict(x, { batchSize })).toArray();
    const first = await predicted();
    expect(first).toEqual((await model.predict(x, { batchSize: samples })).toArray());
    for (let time = 0; time < 3; time++) expect(await predicted()).toEqual(first);
    expect((await model.predict(x, { batchSize: 20 })).toArray()).toEqual(first);
    expect((await model.predict(x, { steps: 4 })).toArray()).toEqual(first);
    const weights = model.getWeights().map((weight) => weight.mul(2));
    model.setWeights(weights);
    const other = line();
    other.setWeights(weights);
    expect(await predicted()).toEqual((await other.predict(rows(9, dtype), { batchSize })).toArray());
  });

  it('the tensor is put there once, when it comes again', async () => {
    const [model, x] = [line(), rows(2)];
    const predicted = () => model.predict(x, { batchSize });
    expect(await placesMade(predicted)).not.toContain(samples * width);
    expect(await placesMade(predicted)).toContain(samples * width);
    const made = await placesMade(predicted);
    for (const copied of [samples, batchSize, samples % batchSize])
      expect(made).not.toContain(copied * width);
  });

  it('it lies there after a training or an evaluation too', async () => {
    const [model, x, y] = [line(), rows(3), rows(1).slice([0, 0], [samples, 3])];
    y.data();
    await model.evaluate(x, y);
    expect(await placesMade(() => model.predict(x, { batchSize }))).toContain(samples * width);
    expect(await placesMade(() => model.evaluate(x, y))).not.toContain(samples * width);
  });

  it('a variable is read anew each time', async () => {
    const [model, x] = [line(), new Variable(rows(1))];
    for (const scale of [1, 2, 3]) {
      x.assign(rows(scale));
      const found = (await model.predict(x, { batchSize })).toArray();
      expect(found).toEqual((await model.predict(rows(scale), { batchSize })).toArray());
    }
  });

  it('a run that is broken off leaves the next one whole', async () => {
    const [model, x] = [line(), rows(4)];
    const first = (await model.predict(x, { batchSize })).toArray();
    const stopped = new AbortController();
    const callbacks = [{ onPredictBatchEnd: () => stopped.abort(new Error('enough')) }];
    const run = model.predict(x, { batchSize, callbacks, signal: stopped.signal });
    await expect(run).rejects.toThrow('enough');
    for (let time = 0; time < 2; time++)
      expect((await model.predict(x, { batchSize })).toArray()).toEqual(first);
  });

  it('another backend is refused from the start, and taken afterwards', async () => {
    const [model, x] = [line(), rows(5)];
    const other = where === 'reference' ? 'wasm' : 'reference';
    const first = (await model.predict(x, { batchSize })).toArray();
    for (let time = 0; time < 2; time++) {
      const run = model.predict(x, { batchSize });
      expect(() => setBackend(other)).toThrow('expected no program to be bound');
      expect((await run).toArray()).toEqual(first);
    }
    setBackend(other);
  });

  it('a run whose programs find no room lets another backend be chosen', async () => {
    const [model, x] = [line(), rows(6)];
    await model.predict(x, { batchSize });
    await model.predict(x, { batchSize });
    const full = vi.spyOn(Resident.prototype, 'has').mockImplementation(() => {
      throw new Error('full');
    });
    await expect(model.predict(x, { batchSize })).rejects.toThrow('full');
    full.mockRestore();
    setBackend(where === 'reference' ? 'wasm' : 'reference');
  });
});
