/** Data of a run that stay in the heap for the next one. */
import { afterEach, expect, it, vi } from 'vitest';
import { currentBackend, setBackend } from '../../src/backends/choose.js';
import { Dense, Input, Sequential, type Tensor, tensor, Variable } from '../../src/index.js';

const samples = 50;
const width = 7;

afterEach(() => {
  vi.restoreAllMocks();
  setBackend('wasm');
});

function data(scale: number): { readonly x: Tensor; readonly y: Tensor } {
  const numbers = Array.from({ length: samples * width }, (_, i) => Math.sin(i) * scale);
  return {
    x: tensor(numbers, { shape: [samples, width] }),
    y: tensor(numbers.slice(0, samples), { shape: [samples, 1] }),
  };
}

function line() {
  const model = new Sequential([Input([width]), new Dense(1, { kernelInitializer: 'ones' })]);
  model.compile({ optimizer: 'sgd', loss: 'mse' });
  return (x: Tensor, y: Tensor) => model.fit(x, y, { epochs: 2, batchSize: 10, shuffle: false, verbose: 0 });
}

/** Sizes of the arrays that are made in the heap from now on. */
function watchPlaces(): number[] {
  const made: number[] = [];
  const backend = currentBackend();
  const allocate = backend.allocate.bind(backend);
  vi.spyOn(backend, 'allocate').mockImplementation((dtype, size) => {
    made.push(size);
    return allocate(dtype, size);
  });
  return made;
}

const examples = samples * width;
const count = (made: readonly number[]) => made.filter((size) => size === examples).length;

it('the same tensors are put into the heap for the first two runs only, and train alike', async () => {
  const [train, other] = [line(), line()];
  const { x, y } = data(1);
  const made = watchPlaces();
  const losses: number[] = [];
  for (let run = 0; run < 4; run++) losses.push(...(await train(x, y)).history.loss!);
  expect(count(made)).toBe(2);
  const again: number[] = [];
  for (let run = 0; run < 4; run++) {
    const fresh = data(1);
    again.push(...(await other(fresh.x, fresh.y)).history.loss!);
  }
  expect(losses).toEqual(again);
});

it('another backend has places of its own', async () => {
  const train = line();
  const { x, y } = data(2);
  for (let run = 0; run < 3; run++) await train(x, y);
  setBackend('wasm', { threads: 1 });
  setBackend('reference');
  const made = watchPlaces();
  const { history } = await train(x, y);
  expect(count(made)).toBe(1);
  expect(history.loss!.every(Number.isFinite)).toBe(true);
});

it('a variable is put there each time, because it may have changed', async () => {
  const train = line();
  const { x, y } = data(3);
  const moving = new Variable(x);
  const made = watchPlaces();
  for (let run = 0; run < 3; run++) await train(moving, y);
  expect(count(made)).toBe(3);
});

it('of many data sets the oldest go', async () => {
  const train = line();
  const sets = [4, 5, 6, 7].map(data);
  for (let run = 0; run < 2; run++) for (const { x, y } of sets) await train(x, y);
  const made = watchPlaces();
  const last = sets.at(-1)!;
  await train(last.x, last.y);
  expect(count(made)).toBe(0);
  await train(sets[0]!.x, sets[0]!.y);
  expect(count(made)).toBe(1);
});

it('a run that is broken off while data are copied leaves nothing that another would take for data', async () => {
  const train = line();
  const { x, y } = data(0.5);
  await train(x, y);
  const stopped = new AbortController();
  const model = new Sequential([Input([width]), new Dense(1, { kernelInitializer: 'ones' })]);
  model.compile({ optimizer: 'sgd', loss: 'mse' });
  const values = vi.spyOn(x, 'values').mockImplementationOnce(() => x.values());
  // The second time that somebody asks for the values they are about to be copied.
  values.mockImplementation(() => {
    stopped.abort(new Error('enough'));
    throw new Error('enough');
  });
  const options = { epochs: 2, batchSize: 10, shuffle: false, verbose: 0 } as const;
  await expect(model.fit(x, y, { ...options, signal: stopped.signal })).rejects.toThrow('enough');
  values.mockRestore();
  const fresh = data(0.5);
  const [found, expected] = [await line()(x, y), await line()(fresh.x, fresh.y)];
  expect(found.history.loss).toEqual(expected.history.loss);
});
