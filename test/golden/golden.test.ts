/** The golden cases of Keras that are kept here, a test a family. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type GoldenFile, runFile, summaryLine } from './runner.js';

const folder = new URL('cases/', import.meta.url);
const files = readdirSync(folder).map(
  (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as GoldenFile,
);
const fileOf = (family: string, id: string) =>
  files.find((file) => file.family === family && file.cases.some((c) => c.id === id))!;
const slow = { timeout: 120_000 };

describe('the golden cases', () => {
  it.each(files.map((file) => [file.family, file] as const))(
    'of %s hold, where the library has the class',
    slow,
    async (_, file) => {
      const { failed, passed, unsupported } = await runFile(file);
      expect(failed).toEqual([]);
      expect(passed.length + unsupported.length).toBe(file.cases.length);
      expect(passed.length).toBeGreaterThan(0);
    },
  );

  it.each([
    ['training', 'mlp_binary'],
    ['training', 'mlp_softmax_sparse'],
    ['summary', 'mlp'],
    ['summary', 'frozen_layer'],
    ['summary', 'unbuilt'],
  ])('of %s hold for %s, which everybody meets first', slow, async (family, id) => {
    const { cases } = fileOf(family, id);
    const report = await runFile({ family, cases: cases.filter((c) => c.id === id) });
    expect(summaryLine(report)).toBe(`${family}: 1 passed, 0 failed, 0 unsupported`);
  });
});

/** The first number, or the first letter, under these keys becomes another one. */
function changed(given: unknown, [key, ...rest]: readonly (string | number)[]): unknown {
  if (key === undefined) return typeof given === 'number' ? given + 0.05 : `${String(given)}.`;
  const copy = structuredClone(given) as Record<string | number, unknown>;
  copy[key] = changed(copy[key], rest);
  return copy;
}

/** A number of Keras's in each family, by the case and the way to it. */
const changes = [
  ['activations', 'sigmoid', ['y', 'data', 3]],
  ['activations', 'sigmoid', ['grad', 'data', 9]],
  ['initializers', 'Ones/3/0', ['exact', 'data', 0]],
  ['initializers', 'GlorotUniform/40x60', ['expected', 'std']],
  ['layers', 'Dense/linear', ['outputs', 0, 'data', 5]],
  ['layers', 'Dense/linear', ['grads', 'inputs', 0, 'data', 1]],
  ['layers', 'Dense/linear', ['grads', 'weights', 'bias', 'data', 1]],
  ['losses', 'MeanSquaredError/default', ['results', 'sum', 'value', 'data', 0]],
  ['losses', 'MeanSquaredError/default', ['results', 'none', 'grad', 'data', 0]],
  ['metrics', 'Accuracy', ['results', 2, 'data', 0]],
  ['metrics', 'Accuracy', ['weighted_state', 1, 'data', 0]],
  ['optimizers', 'SGD/default_lr', ['steps', 9, 'params', 1, 0]],
  ['optimizers', 'SGD/default_lr', ['full_config', 'learning_rate']],
  ['regularizers', 'L1/0', ['value']],
  ['schedules', 'CosineDecay/warmup', ['values', 12]],
  ['summary', 'mlp', ['text']],
  ['training', 'mlp_binary', ['history', 'loss', 4]],
  ['training', 'mlp_binary', ['printed_verbose2', 1]],
  ['training', 'mlp_binary', ['final_weights', 3, 'data', 0]],
  ['training', 'mlp_binary', ['predictions', 'data', 0]],
] as const;

describe('another number than Keras has', () => {
  it.each(changes)('in %s is found in %s', slow, async (family, id, way) => {
    const found = fileOf(family, id).cases.find((c) => c.id === id);
    const report = await runFile({ family, cases: [changed(found, way) as { id: string }] });
    expect(report.failed.map((f) => f.id)).toEqual([id]);
    expect(report.failed[0]!.reason).toMatch(/^on reference: .* Keras has /);
  });
});
