/** For each code something that a user may do and that ends in the error which `docs/errors.md` shows. */
import { vi } from 'vitest';
import { Heap } from '../../src/backends/wasm/heap.js';
import type { ErrorCode } from '../../src/core/errors.js';
import { fashionMnist, parseCsv, readCsv } from '../../src/datasets/index.js';
import { StandardScaler } from '../../src/estimators/index.js';
import {
  Adam,
  arange,
  Conv2D,
  compiled,
  Dense,
  gradients,
  Normalization,
  parseIdx,
  Sequential,
  StringLookup,
  TerminateOnNaN,
  tensor,
  zeros,
} from '../../src/index.js';

/** Stands for code without types. */
const any = (value: unknown) => value as never;

function digits(loss: 'sparse_categorical_crossentropy' | 'mse' = 'sparse_categorical_crossentropy') {
  const head = new Dense(10, { activation: 'softmax', inputShape: [784], name: 'head' });
  const model = new Sequential([head], { name: 'digits' });
  model.compile({ optimizer: 'adam', loss });
  return model;
}

const images = zeros([32, 784]);
const labels = zeros([32], { dtype: 'int32' });
const quiet = { verbose: 0 } as const;

async function missingBackend(): Promise<void> {
  vi.resetModules();
  const { hasFusedMultiplyAdd } = await import('../../src/backends/wasm/features.js');
  vi.stubGlobal('WebAssembly', undefined);
  try {
    hasFusedMultiplyAdd();
  } finally {
    vi.unstubAllGlobals();
  }
}

async function closedHosts(): Promise<void> {
  vi.stubGlobal('fetch', async () => new Response(null, { status: 403 }));
  try {
    await fashionMnist({ cache: false });
  } finally {
    vi.unstubAllGlobals();
  }
}

async function fitTwice(): Promise<void> {
  const model = digits();
  const first = model.fit(images, labels, quiet);
  const second = model.fit(images, labels, quiet);
  await Promise.allSettled([first, second]);
  await second;
}

function readWhileTraced(): void {
  compiled(({ x }) => {
    if (Number(x!.sum().item()) > 0) return { y: x!.sqrt() };
    return { y: x! };
  }).call({ x: tensor([1, 2]) });
}

function longWay(): void {
  const start = tensor([1, 2]);
  let x = start;
  for (let i = 0; i < 2000; i++) x = x.mul(1.001);
  gradients(x.sum(), [start]);
}

function releasedArray(): void {
  const array = new Heap().store('float32', 1);
  array.free();
  array.get();
}

export const provoked: Readonly<Record<ErrorCode, () => unknown>> = {
  'shape-mismatch': () => digits().fit(zeros([32, 783]), labels, quiet),
  'missing-batch-axis': () => digits().predict(zeros([784])),
  'not-flattened': () => digits().fit(zeros([32, 28, 28, 1]), labels, quiet),
  'missing-channel-axis': () => new Conv2D(32, 3, { name: 'edges' }).apply(zeros([32, 28, 28])),
  'batch-in-shape': () =>
    new Sequential([new Conv2D(32, 3, { inputShape: [null, 28, 28, 1], name: 'edges' })], { name: 'digits' }),
  'window-too-large': () => new Conv2D(32, 5, { name: 'edges' }).apply(zeros([32, 3, 3, 1])),
  'axis-out-of-range': () => zeros([2, 3]).sum(2),
  'empty-axis': () => zeros([3, 0]).max(1),
  'ragged-array': () =>
    tensor([
      [1, 2, 3],
      [4, 5, 6],
      [7, 8],
    ]),
  'option-value': () => new Dense(2.5, { name: 'head' }),
  'option-unknown': () => new Adam(any({ learning_rate: 0.1 })),
  'option-position': () => new Dense(1, any('relu')),
  'config-key': () => Dense.fromConfig({ units: 1, lora_rank: 4 }),
  'config-class': () => Dense.fromConfig({ units: 1, kernel_initializer: { class_name: 'MyInitializer' } }),
  'name-unknown': () => new Dense(1, { activation: any('rleu') }),
  'name-taken': () => new Sequential([new Dense(4, { name: 'head' }), new Dense(1, { name: 'head' })]),
  'argument-value': () => arange(0, 10, 0),
  'length-mismatch': () => digits().fit(zeros([100, 784]), zeros([99], { dtype: 'int32' }), quiet),
  'empty-data': () => digits().fit([], [], quiet),
  'text-in-data': () =>
    tensor(
      any([
        [22, 'female'],
        [38, 'male'],
      ]),
    ),
  'not-finite': () =>
    new StandardScaler().fit([
      [1, 2],
      [3, Number.POSITIVE_INFINITY],
    ]),
  'label-range': () => digits().fit(images, arange(1, 33).mod(11), quiet),
  'label-form': () => digits().fit(images, zeros([32, 10]), quiet),
  'loss-not-finite': () => new TerminateOnNaN(true).onTrainBatchEnd(12, { loss: Number.NaN }),
  'token-form': () => new StringLookup({ vocabulary: ['C', 'Q', 'S'] }).apply(any(['C', 3])),
  'token-unknown': () => new StringLookup({ vocabulary: ['C', 'Q', 'S'], numOovIndices: 0 }).apply(['X']),
  'csv-columns': () =>
    parseCsv('Pclass,Gender,Age\n', { name: 'passengers.csv', columns: ['Pclass', 'Sex'] }),
  'csv-row': () => parseCsv('Name,Age\nBraund, Mr. Owen,22\n', { name: 'passengers.csv' }),
  'missing-file': () => readCsv('pasengers.csv'),
  'download-failed': closedHosts,
  'not-built': () => new Dense(10, { name: 'head' }).countParams(),
  'not-adapted': () => new StringLookup().apply(['S']),
  'not-fitted': () => new StandardScaler().transform([[1, 2]]),
  'not-compiled': () => new Sequential([new Dense(1)], { name: 'digits' }).fit(images, labels, quiet),
  'already-running': fitTwice,
  'already-built': () => new Normalization({ mean: [0], variance: [1] }).adapt(images),
  'traced-value': readWhileTraced,
  'history-lost': longWay,
  'out-of-memory': () => new Heap(16).store('float32', 2 ** 20),
  'backend-missing': missingBackend,
  'file-format': () => parseIdx(new TextEncoder().encode('<!doctype html>'), { name: 'train-labels.gz' }),
  'file-incomplete': () => parseIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 7), { name: 'train-labels' }),
  bug: releasedArray,
};
