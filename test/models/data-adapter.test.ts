import { describe, expect, test } from 'vitest';
import { Dense, Sequential, type Tensor, tensor } from '../../src/index.js';
import { line, quiet } from './line.js';

describe('data of any form', () => {
  const answers: readonly (readonly [string, unknown, unknown])[] = [
    ['nested arrays', [[1], [2]], [[2], [4]]],
    ['lists of one number each', [1, 2], [2, 4]],
    ['flat typed arrays', new Float32Array([1, 2]), new Float32Array([2, 4])],
    ['whole numbers', new Int32Array([1, 2]), new Int32Array([2, 4])],
    ['raw bytes', new Uint8Array([1, 2]), new Uint8Array([2, 4])],
    ['rows of typed arrays', [new Float32Array([1]), new Float32Array([2])], [2, 4]],
    ['tensors', tensor([[1], [2]]), tensor([2, 4])],
    ['tensors of bytes', tensor([[1], [2]], { dtype: 'uint8' }), tensor([2, 4], { dtype: 'int32' })],
  ];
  for (const [name, x, y] of answers) {
    test(`${name} give the same training`, async () => {
      const model = line(0.1);
      const { history } = await model.fit(x as Tensor, y as Tensor, {
        epochs: 2,
        batchSize: 1,
        shuffle: false,
        ...quiet,
      });
      expect(history.loss![0]).toBeCloseTo((4 + 3.2 ** 2) / 2, 5);
      expect(await model.evaluate(x as Tensor, y as Tensor)).toHaveProperty('loss');
    });
  }

  test('truth values are labels', async () => {
    const model = new Sequential([new Dense(1, { activation: 'sigmoid', inputShape: [1] })]);
    model.compile({ optimizer: 'sgd', loss: 'binary_crossentropy', metrics: ['accuracy'] });
    model.setWeights([[[1]], [0]]);
    expect((await model.evaluate([1, -1], [true, false])).accuracy).toBe(1);
  });

  test('labels are whole numbers or one-hot rows, as the loss says', async () => {
    const measured = async (
      loss: 'sparse_categorical_crossentropy' | 'categorical_crossentropy',
      y: unknown,
    ) => {
      const model = new Sequential([
        new Dense(3, { activation: 'softmax', inputShape: [2], kernelInitializer: 'ones' }),
      ]);
      model.compile({ optimizer: 'sgd', loss, metrics: ['accuracy'] });
      return model.evaluate([[1, 2]], y as Tensor);
    };
    const expected = { accuracy: 1, loss: expect.closeTo(Math.log(3), 5) };
    expect(await measured('sparse_categorical_crossentropy', [0])).toEqual(expected);
    expect(await measured('sparse_categorical_crossentropy', [[0]])).toEqual(expected);
    expect(await measured('sparse_categorical_crossentropy', new Uint8Array([0]))).toEqual(expected);
    expect(await measured('categorical_crossentropy', [[1, 0, 0]])).toEqual(expected);
    expect(await measured('categorical_crossentropy', new Float32Array([1, 0, 0]))).toEqual(expected);
  });

  test('images of bytes take the shape that the model knows', async () => {
    const model = new Sequential([new Dense(1, { inputShape: [2, 2], kernelInitializer: 'ones' })]);
    const y = await model.predict(new Uint8Array([255, 1, 2, 3]));
    expect(y.toArray()).toEqual([[[256], [5]]]);
  });
});
