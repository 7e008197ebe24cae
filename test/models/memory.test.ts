import { expect, test } from 'vitest';
import { currentBackend } from '../../src/backends/choose.js';
import { Dense, Dropout, Sequential, setRandomSeed, tensor } from '../../src/index.js';

/** Bytes of live JavaScript objects, everything unreachable having been collected. */
async function liveBytes(): Promise<number> {
  const { gc } = globalThis as { gc?: () => void };
  if (!gc) throw new Error('the tests run with --expose-gc');
  for (let i = 0; i < 4; i++) {
    gc();
    // Finalizers, which give back places in the heap, run in a turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return process.memoryUsage().heapUsed;
}

const wasmBytes = (): number => currentBackend().reservedBytes();

const net = () => {
  const model = new Sequential([
    new Dense(8, { activation: 'relu', inputShape: [4] }),
    new Dropout(0.25),
    new Dense(1, { activation: 'sigmoid' }),
  ]);
  model.compile({ optimizer: 'adam', loss: 'binary_crossentropy', metrics: ['accuracy'] });
  return model;
};
const x = Array.from({ length: 40 }, (_, i) => [Math.sin(i), Math.cos(i), Math.sin(2 * i), 1]);
const y = x.map(([a, b]) => [a! > b! ? 1 : 0]);
/** What a megabyte of noise (code caches, the test runner's own notes) may add. */
const noise = 2 ** 21;

test('ten thousand predictions leave memory as it was', { timeout: 120_000 }, async () => {
  setRandomSeed(1);
  const model = net();
  const batch = tensor(x);
  for (let i = 0; i < 200; i++) await model.predict(batch, { verbose: 0 });
  const [live, wasm] = [await liveBytes(), wasmBytes()];
  for (let i = 0; i < 10_000; i++) await model.predict(batch, { verbose: 0 });
  expect((await liveBytes()) - live).toBeLessThan(noise);
  expect(wasmBytes()).toBe(wasm);
});

test('a thousand short fits of one model leave memory as it was', { timeout: 120_000 }, async () => {
  setRandomSeed(1);
  const model = net();
  for (let i = 0; i < 50; i++) await model.fit(x, y, { verbose: 0 });
  const [live, wasm] = [await liveBytes(), wasmBytes()];
  for (let i = 0; i < 1_000; i++) await model.fit(x, y, { verbose: 0 });
  expect((await liveBytes()) - live).toBeLessThan(noise);
  expect(wasmBytes()).toBe(wasm);
});

test('models that are dropped give their places back', { timeout: 120_000 }, async () => {
  const train = async () => void (await net().fit(x, y, { verbose: 0 }));
  for (let i = 0; i < 30; i++) await train();
  const [live, wasm] = [await liveBytes(), wasmBytes()];
  for (let i = 0; i < 60; i++) {
    await train();
    if (i % 10 === 9) await liveBytes();
  }
  expect((await liveBytes()) - live).toBeLessThan(2 * noise);
  expect(wasmBytes()).toBe(wasm);
});
