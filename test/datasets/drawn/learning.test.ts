/** How hard the drawn clothes are: what docs/decisions/0013-drawn-silhouettes.md says, on its smallest setting. */

import { afterAll, describe, expect, test } from 'vitest';
import { drawnFashion } from '../../../src/datasets/index.js';
import {
  Adam,
  Conv2D,
  CosineDecay,
  Dense,
  Flatten,
  type Layer,
  MaxPooling2D,
  Sequential,
  setRandomSeed,
  tensor,
} from '../../../src/index.js';

const [trained, tested, batchSize] = [3000, 1000, 64];

/** Pictures as `[n, 28, 28, 1]` from 0 to 1, and labels. */
function parts() {
  const { x, y } = drawnFashion({ nSamples: trained + tested });
  const [pixels, labels] = [Float32Array.from(x.data(), (value) => Number(value) / 255), y.data()];
  const part = (from: number, to: number) =>
    [
      tensor(pixels.slice(784 * from, 784 * to), { shape: [to - from, 28, 28, 1] }),
      tensor(Int32Array.from(labels.slice(from, to), Number)),
    ] as const;
  return { train: part(0, trained), test: part(trained, trained + tested) };
}

const { train, test: held } = parts();

/** On the pictures that it was not trained on. */
async function accuracyOf(layers: Layer[], epochs: number): Promise<number> {
  setRandomSeed(0);
  const model = new Sequential(layers);
  model.compile({
    optimizer: new Adam({ learningRate: new CosineDecay(0.003, (epochs * trained) / batchSize) }),
    loss: 'sparse_categorical_crossentropy',
    metrics: ['accuracy'],
  });
  await model.fit(...train, { epochs, batchSize, verbose: 0 });
  const { accuracy } = await model.evaluate(...held, { verbose: 0 });
  return Number(accuracy);
}

describe('drawnFashion', () => {
  afterAll(() => setRandomSeed(0));

  test('a linear model learns something, but stays below 0.85', async () => {
    const linear = [new Flatten({ inputShape: [28, 28, 1] }), new Dense(10, { activation: 'softmax' })];
    const accuracy = await accuracyOf(linear, 15);
    expect(accuracy).toBeGreaterThan(0.5);
    expect(accuracy).toBeLessThan(0.85);
  });

  test('a small convolutional net passes 0.95', async () => {
    const layers = [
      new Conv2D(16, 3, { activation: 'relu', inputShape: [28, 28, 1] }),
      new MaxPooling2D(2),
      new Conv2D(32, 3, { activation: 'relu' }),
      new MaxPooling2D(2),
      new Flatten(),
      new Dense(64, { activation: 'relu' }),
      new Dense(10, { activation: 'softmax' }),
    ];
    expect(await accuracyOf(layers, 6)).toBeGreaterThan(0.95);
  }, 60_000);
});
