import { describe, expect, test } from 'vitest';
import { Dense, Embedding, MaxNorm, Sequential, tensor } from '../../src/index.js';

const sgd = { optimizer: 'sgd', loss: 'mse' } as const;

describe('constraints', () => {
  test('hold for weights after each step, by name, instance or function', async () => {
    const dense = new Dense(2, {
      kernelInitializer: 'ones',
      kernelConstraint: new MaxNorm({ maxValue: 0.5 }),
      biasConstraint: (bias) => bias.maximum(0.25),
    });
    const model = new Sequential([dense]);
    model.compile(sgd);
    await model.fit([[1, 1, 1]], [[0, 9]], { verbose: 0 });
    const norms = dense.kernel.square().sum(0).sqrt().data();
    for (const norm of norms) expect(norm).toBeCloseTo(0.5, 5);
    const [low, high] = dense.bias!.data();
    expect(low).toBe(0.25);
    expect(high).toBeGreaterThanOrEqual(0.25);
  });

  test('leave frozen weights and first values as they are', async () => {
    const dense = new Dense(1, {
      kernelInitializer: 'ones',
      kernelConstraint: 'unit_norm',
      trainable: false,
    });
    const model = new Sequential([dense, new Dense(1)]);
    model.compile(sgd);
    await model.fit([[1, 1]], [0], { verbose: 0 });
    expect(dense.kernel.toArray()).toEqual([[1], [1]]);
  });

  test('are part of the configuration', () => {
    const { kernel_constraint, bias_constraint } = new Dense(1, { kernelConstraint: 'non_neg' }).getConfig();
    expect(kernel_constraint).toMatchObject({ class_name: 'NonNeg', module: 'keras.constraints' });
    expect(bias_constraint).toBe(null);
  });

  test('hold for embeddings', async () => {
    const words = new Embedding(3, 2, { embeddingsInitializer: 'ones', embeddingsConstraint: 'unit_norm' });
    const model = new Sequential([words]);
    model.compile(sgd);
    await model.fit(
      tensor([0, 1]),
      [
        [1, 2],
        [3, 4],
      ],
      { verbose: 0 },
    );
    // Norms along the first axis, which is Keras's default.
    for (const norm of words.embeddings.square().sum(0).data()) expect(norm).toBeCloseTo(1, 5);
  });
});
