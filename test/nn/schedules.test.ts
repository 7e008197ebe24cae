import { describe, expect, test } from 'vitest';
import { float } from '../../src/core/fields.js';
import { Adam } from '../../src/nn/optimizers/adam.js';
import type { Optimizer } from '../../src/nn/optimizers/optimizer.js';
import { SGD } from '../../src/nn/optimizers/sgd.js';
import {
  ExponentialDecay,
  LearningRateSchedule,
  PiecewiseConstantDecay,
  PolynomialDecay,
  schedule,
} from '../../src/nn/schedules.js';
import { compiled } from '../../src/tensor/compiled.js';
import { tensor } from '../../src/tensor/create.js';
import { Variable } from '../../src/tensor/variable.js';

const stairs = () => new PiecewiseConstantDecay([0, 1], [1, 10, 100]);

/** The weight after each of three batches with a gradient of -1, as one program. */
function weights(optimizer: Optimizer): number[] {
  const weight = new Variable(tensor([0]));
  optimizer.build([weight]);
  const step = compiled(({ g }) => {
    optimizer.apply([g!], [weight]);
    return {};
  });
  return [1, 2, 3].map(() => {
    step.call({ g: tensor([-1]) });
    return weight.item();
  });
}

describe('a schedule', () => {
  test('tells the rate of each step inside the program', () => {
    const optimizer = new SGD({ learningRate: stairs() });
    expect(optimizer.learningRate).toBe(1);
    expect(weights(optimizer)).toEqual([1, 11, 111]);
    expect(optimizer.learningRate).toBe(100);
  });

  test('counts batches where gradients are accumulated, as in Keras', () => {
    const optimizer = new SGD({ learningRate: stairs(), gradientAccumulationSteps: 2 });
    expect(weights(optimizer)).toEqual([0, 10, 10]);
    expect([optimizer.iterations.item(), optimizer.learningRate]).toEqual([1, 100]);
  });

  test('is part of decay', () => {
    const optimizer = new SGD({ learningRate: new PolynomialDecay(0.5, 1), weightDecay: 0.5 });
    const weight = new Variable(tensor([1]));
    optimizer.apply([tensor([0])], [weight]);
    expect(weight.item()).toBe(0.75);
  });

  test('may be a function of the step', () => {
    expect(weights(new SGD({ learningRate: (step) => step.add(1) }))).toEqual([1, 3, 6]);
  });

  test('may be declared', () => {
    class Half extends schedule(
      'Half',
      () => ({ first: float(1) }),
      (step, { first }) => step.mul(-Math.LN2).exp().mul(first),
    ) {}
    expect(new Half({ first: 4 }).at(2)).toBeCloseTo(1, 5);
    expect(new Half()).toBeInstanceOf(LearningRateSchedule);
  });

  test('keeps the rate from being set, and has no variable', () => {
    const optimizer = new Adam({ learningRate: stairs() });
    expect(() => {
      optimizer.learningRate = 1;
    }).toThrow(
      '  fix    Make it with a number, `new Adam({ learningRate: 0.01 })`, to set it while training.',
    );
    expect(optimizer.variables.map(({ name }) => name)).toEqual(['iteration']);
    expect(() => {
      new Adam().learningRate = stairs() as never;
    }).toThrow(
      /received a PiecewiseConstantDecay.*\n {2}fix {4}Set a number; a schedule is for the constructor/,
    );
  });

  test("stands in Keras's JSON of the optimizer, which makes it again", () => {
    const json = new SGD({ learningRate: new ExponentialDecay(0.1, 10, 0.5) }).getConfig();
    expect(json.learning_rate).toEqual({
      module: 'keras.optimizers.schedules',
      class_name: 'ExponentialDecay',
      config: {
        initial_learning_rate: 0.1,
        decay_steps: 10,
        decay_rate: 0.5,
        staircase: false,
        name: 'ExponentialDecay',
      },
      registered_name: null,
    });
    const again = SGD.fromConfig(json, { classes: { ExponentialDecay } });
    expect(again.getConfig()).toEqual(json);
    expect((again.config.learningRate as LearningRateSchedule).at(10)).toBeCloseTo(0.05, 8);
  });
});

describe('wrong use', () => {
  test('of as many values as boundaries', () => {
    expect(() => new PiecewiseConstantDecay([1], [1])).toThrow(
      'PiecewiseConstantDecay values expected one value more than there are boundaries, 2, received 1.',
    );
  });

  test('of steps that are none', () => {
    expect(() => new ExponentialDecay(0.1, 0, 0.5)).toThrow(
      'ExponentialDecay decaySteps expected a number above 0, received 0.',
    );
  });

  test('of a class in place of an instance, and of an unknown class', () => {
    expect(() => new SGD({ learningRate: ExponentialDecay as never })).toThrow(
      'SGD learningRate expected a number of 0 or more, a schedule or a function of the step, ' +
        'received the class ExponentialDecay.\n  fix    Write `new ExponentialDecay()`.',
    );
    expect(() => SGD.fromConfig({ learning_rate: { class_name: 'ExponentialDecy', config: {} } })).toThrow(
      "Did you mean 'ExponentialDecay'?",
    );
    expect(() => new SGD({ learningRate: 'ExponentialDecay' as never })).toThrow(
      /received 'ExponentialDecay'/,
    );
  });
});
