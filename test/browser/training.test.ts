import { Adam, Dense, Sequential, setRandomSeed, tensor } from 'myelin';
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
