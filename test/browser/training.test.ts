import {
  Adam,
  BatchNormalization,
  Conv2D,
  Dense,
  Flatten,
  MaxPooling2D,
  parseIdx,
  RandomTranslation,
  Sequential,
  setRandomSeed,
  tensor,
} from 'myelin';
import { expect, test } from 'vitest';

test('a small network learns exclusive or in a page', async () => {
  setRandomSeed(7);
  const model = new Sequential([
    new Dense(16, { activation: 'tanh', inputShape: [2] }),
    new Dense(1, { activation: 'sigmoid' }),
  ]);
  model.compile({
    optimizer: new Adam({ learningRate: 0.05 }),
    loss: 'binary_crossentropy',
    metrics: ['accuracy'],
  });
  const x = tensor([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]);
  const y = [0, 1, 1, 0];
  const { history } = await model.fit(x, y, { epochs: 300, batchSize: 4, verbose: 0 });
  expect(history.loss?.at(-1)).toBeLessThan(0.05);
  const { accuracy } = await model.evaluate(x, y, { verbose: 0 });
  expect(accuracy).toBe(1);
});

test('tensors compute in a page', () => {
  expect(
    tensor([
      [1, 2],
      [3, 4],
    ])
      .matmul(tensor([[1], [1]]))
      .toArray(),
  ).toEqual([[3], [7]]);
});

test('convolutions tell stripes from stripes in a page', async () => {
  setRandomSeed(3);
  const model = new Sequential([
    new RandomTranslation(0.1, { inputShape: [8, 8, 1] }),
    new Conv2D(4, 3, { activation: 'relu', padding: 'same' }),
    new BatchNormalization(),
    new MaxPooling2D(2),
    new Flatten(),
    new Dense(2, { activation: 'softmax' }),
  ]);
  model.compile({ optimizer: new Adam({ learningRate: 0.01 }), loss: 'sparse_categorical_crossentropy' });
  const stripes = (vertical: boolean, shift: number) =>
    Array.from({ length: 8 }, (_, row) =>
      Array.from({ length: 8 }, (_, column) => [((vertical ? column : row) + shift) % 4 < 2 ? 1 : 0]),
    );
  const x = tensor(Array.from({ length: 32 }, (_, i) => stripes(i % 2 === 0, i)));
  const y = Array.from({ length: 32 }, (_, i) => i % 2);
  const { history } = await model.fit(x, y, { epochs: 20, batchSize: 8, verbose: 0 });
  expect(history.loss!.at(-1)).toBeLessThan(history.loss![0]! / 4);
});

test('packed IDX files are read in a page', async () => {
  const file = new Blob([Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 9)]);
  const packed = await new Response(file.stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
  expect((await parseIdx(packed)).toArray()).toEqual([7, 9]);
});
