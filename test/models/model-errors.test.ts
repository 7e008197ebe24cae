import { describe, expect, test } from 'vitest';
import { Dense, explain, Input, Sequential, zeros } from '../../src/index.js';
import { any, check, digits, said, three } from './error-cases.js';

describe('models', () => {
  check([
    [
      'that were not compiled',
      () => new Sequential([new Dense(1)]).fit([[1]], [1]),
      "StateError: Sequential 'sequential' expected `compile` before `fit`, received no loss and no optimizer.",
      '  where  model.fit',
      "  fix    Call `model.compile({ optimizer: 'adam', loss: 'mse' })` first.",
      '  code   not-compiled',
    ],
    [
      'that have no layers',
      () => new Sequential().predict([[1]]),
      "StateError: Sequential 'sequential' expected at least one layer, received none.",
      '  where  model.predict',
      '  fix    Add one: `model.add(new Dense(1))`.',
      '  code   not-built',
    ],
    [
      'with two layers of one name',
      () => new Sequential([new Dense(1, { name: 'head' }), new Dense(1, { name: 'head' })]),
      "ConfigError: Sequential 'sequential' expected layers with names of their own, received two layers named 'head'.",
      '  fix    Give one of them another `name`.',
      '  code   name-taken',
    ],
    [
      'with one layer twice',
      () => {
        const dense = new Dense(1);
        return new Sequential([dense, dense]);
      },
      "ConfigError: Sequential 'sequential' expected each layer once, received Dense 'dense' a second time.",
      '  fix    Make another one: `new Dense(…)`.',
      '  code   name-taken',
    ],
    [
      'with a class in place of a layer',
      () => new Sequential([any(Dense)]),
      "ConfigError: Sequential 'sequential' expected layers, such as `new Dense(1)`, received the class Dense.",
      '  fix    Write `new` before it.',
      '  code   argument-value',
    ],
    [
      'with a second Input',
      () => new Sequential([Input([2]), new Dense(1), Input([1])]),
      "ConfigError: Sequential 'sequential' expected one Input, before all layers, received InputLayer 'input_layer' after Dense 'dense'.",
      '  fix    Leave it out: further shapes follow from the first.',
      '  code   argument-value',
    ],
    [
      'that are asked for a layer they do not have',
      () => digits().getLayer('dens'),
      "ConfigError: Sequential 'digits' getLayer expected 'dense' or 'dense_1', received 'dens'.",
      "  fix    Did you mean 'dense'?",
      '  code   name-unknown',
    ],
    [
      'given weights of another shape',
      () => digits().setWeights([zeros([784, 16]), zeros([16]), zeros([10, 16]), zeros([10])]),
      "ShapeError: Sequential 'digits' setWeights expected shape [16, 10] for weight 'dense_1/kernel', received [10, 16].",
      '  code   shape-mismatch',
    ],
    [
      'that do not know their inputs yet, explained',
      () => explain(new Sequential([new Dense(2)])),
      "StateError: Sequential 'sequential' expected to know the shape of its inputs before it is explained, received none.",
      '  fix    Give the first layer an `inputShape`.',
      '  code   not-built',
    ],
  ]);

  test('that are evaluated already', async () => {
    const model = digits();
    const [first, second] = [model.evaluate(three, [1, 2, 3]), said(() => model.evaluate(three, [1, 2, 3]))];
    expect((await second).split('\n')[0]).toBe(
      "StateError: Sequential 'digits' expected one `evaluate` at a time, received a second one.",
    );
    expect(await first).toHaveProperty('loss');
  });

  test('that are trained already', async () => {
    const model = digits();
    const first = model.fit(three, [1, 2, 3], { verbose: 0 });
    expect(await said(() => model.fit(three, [1, 2, 3]))).toBe(
      "StateError: Sequential 'digits' expected one `fit` at a time, received a second one.\n" +
        '  where  model.fit\n' +
        '  fix    Wait for the first: `await model.fit(…)`.\n' +
        '  code   already-running',
    );
    await first;
    await model.fit(three, [1, 2, 3], { verbose: 0 });
  });
});
