/** Networks learn real pictures from IDX files. */
import { describe, expect, test } from 'vitest';
import { readFashionMnist } from '../../src/datasets/index.js';
import {
  Adam,
  Conv2D,
  Dense,
  Flatten,
  type Layer,
  MaxPooling2D,
  Rescaling,
  Sequential,
  setRandomSeed,
  type Tensor,
} from '../../src/index.js';
import { testData } from '../examples/data.js';

const folder = testData('fashion-mnist-700');

const networks: [name: string, layers: () => Layer[], epochs: number, accuracy: number][] = [
  [
    'a dense network',
    () => [
      new Rescaling(1 / 255, { inputShape: [28, 28, 1] }),
      new Flatten(),
      new Dense(64, { activation: 'relu' }),
    ],
    15,
    0.75,
  ],
  [
    'a convolutional network',
    () => [
      new Rescaling(1 / 255, { inputShape: [28, 28, 1] }),
      new Conv2D(8, 3, { activation: 'relu' }),
      new MaxPooling2D(2),
      new Conv2D(16, 3, { activation: 'relu' }),
      new MaxPooling2D(2),
      new Flatten(),
    ],
    12,
    0.7,
  ],
];

describe.skipIf(!folder)('600 pictures of Fashion-MNIST', () => {
  test.each(networks)('teach %s', async (_, layers, epochs, bound) => {
    const { train, test: kept } = await readFashionMnist(folder!);
    const [x, xKept] = [train, kept].map(({ images }) => images.expandDims(-1)) as [Tensor, Tensor];
    setRandomSeed(1);
    const model = new Sequential([...layers(), new Dense(10, { activation: 'softmax' })]);
    model.compile({ optimizer: new Adam(), loss: 'sparse_categorical_crossentropy', metrics: ['accuracy'] });
    const { history } = await model.fit(x, train.labels, { epochs, batchSize: 32, verbose: 0 });
    expect(history.loss!.at(-1)).toBeLessThan(history.loss![0]! / 2);
    const { accuracy } = await model.evaluate(xKept, kept.labels, { verbose: 0 });
    expect(accuracy).toBeGreaterThan(bound);
  });
});
