import { describe, expect, it } from 'vitest';
import { Adam } from '../../src/nn/optimizers/adam.js';
import type { Optimizer } from '../../src/nn/optimizers/optimizer.js';
import { RMSprop } from '../../src/nn/optimizers/rmsprop.js';
import { SGD } from '../../src/nn/optimizers/sgd.js';
import { compiled } from '../../src/tensor/compiled.js';
import { tensor } from '../../src/tensor/create.js';
import { Variable } from '../../src/tensor/variable.js';

const weight = (...values: number[]) => new Variable(tensor(values), { name: 'kernel' });

/** The weight after these gradients of one element. */
function weightAfter(optimizer: Optimizer, start: number, gradients: readonly number[]): number {
  const w = weight(start);
  for (const g of gradients) optimizer.apply([tensor([g])], [w]);
  return w.item();
}

describe('one step', () => {
  it('of no weights, as in a model without any, changes and counts nothing, as in Keras', () => {
    const optimizer = new SGD({ globalClipnorm: 1 });
    optimizer.apply([], []);
    expect(optimizer.iterations.item()).toBe(0);
  });

  it('of SGD goes against the gradient', () => {
    expect(weightAfter(new SGD({ learningRate: 0.1 }), 1, [2])).toBeCloseTo(0.8, 6);
  });

  it('of momentum keeps a share of the last step', () => {
    expect(weightAfter(new SGD({ learningRate: 0.1, momentum: 0.9 }), 1, [2, 2])).toBeCloseTo(0.8 - 0.38, 6);
  });

  it('of Nesterov looks ahead', () => {
    const nesterov = new SGD({ learningRate: 0.1, momentum: 0.9, nesterov: true });
    expect(weightAfter(nesterov, 1, [2])).toBeCloseTo(1 - 0.18 - 0.2, 6);
  });

  it('of Adam has the size of the learning rate at first', () => {
    expect(weightAfter(new Adam({ learningRate: 0.01 }), 1, [5])).toBeCloseTo(0.99, 6);
    expect(weightAfter(new Adam({ learningRate: 0.01, amsgrad: true }), 1, [-5])).toBeCloseTo(1.01, 6);
  });

  it('leaves 0 in place of averages so small that processors are slow with them', () => {
    const [w, adam] = [weight(1, 1), new Adam()];
    adam.apply([tensor([1e-37, 1e-36])], [w]);
    const momentum = adam.variables.find((v) => v.name.endsWith('momentum'))!;
    expect([...momentum.data()]).toEqual([0, expect.closeTo(1e-37, 42)]);
  });

  it('of RMSprop is divided by the root of a tenth of the square at first', () => {
    expect(weightAfter(new RMSprop({ learningRate: 0.01 }), 1, [5])).toBeCloseTo(
      1 - 0.01 / Math.sqrt(0.1),
      6,
    );
    const centered = new RMSprop({ learningRate: 0.01, centered: true });
    expect(weightAfter(centered, 1, [5])).toBeCloseTo(1 - 0.01 / Math.sqrt(0.1 - 0.01), 6);
  });
});

describe('shared options', () => {
  it('shorten gradients', () => {
    const clip = (options: object) => {
      const [a, b] = [weight(0, 0), weight(0)];
      const optimizer = new SGD({ learningRate: 1, ...options });
      optimizer.apply([tensor([3, 4]), tensor([12])], [a, b]);
      return [...a.data(), ...b.data()].map((value) => Math.round(value * 1e4) / 1e4);
    };
    expect(clip({})).toEqual([-3, -4, -12]);
    expect(clip({ clipnorm: 1 })).toEqual([-0.6, -0.8, -1]);
    expect(clip({ clipvalue: 3.5 })).toEqual([-3, -3.5, -3.5]);
    expect(clip({ globalClipnorm: 6.5 })).toEqual([-1.5, -2, -6]);
    expect(clip({ globalClipnorm: 100 })).toEqual([-3, -4, -12]);
  });

  it('take a share of the weights away', () => {
    expect(weightAfter(new SGD({ learningRate: 0.1, weightDecay: 0.5 }), 1, [2])).toBeCloseTo(
      1 - 0.05 - 0.2,
      6,
    );
  });

  it('average weights, and put the average in their place at the end', () => {
    const optimizer = new SGD({ learningRate: 1, useEma: true, emaMomentum: 0.5 });
    const w = weight(0);
    for (const g of [-1, -1]) optimizer.apply([tensor([g])], [w]);
    expect(w.item()).toBe(2);
    optimizer.finalize();
    expect(w.item()).toBe(1.5);
  });

  it('average gradients of several batches into one step', () => {
    const optimizer = new SGD({ learningRate: 1, gradientAccumulationSteps: 2 });
    const w = weight(0);
    const seen = [1, 3, 5].map((g) => {
      optimizer.apply([tensor([g])], [w]);
      return w.item();
    });
    expect(seen).toEqual([0, -2, -2]);
    expect(optimizer.iterations.item()).toBe(1);
  });

  it('scale the loss and take the scale out of gradients', () => {
    const optimizer = new SGD({ learningRate: 1, lossScaleFactor: 4 });
    expect(optimizer.scaleLoss(tensor(3)).item()).toBe(12);
    expect(weightAfter(optimizer, 0, [8])).toBe(-2);
  });
});

describe('state', () => {
  it("stands in Keras's order", () => {
    const names = (optimizer: Optimizer) => {
      optimizer.build([
        new Variable(tensor([1]), { name: 'kernel' }),
        new Variable(tensor([1]), { name: 'bias' }),
      ]);
      return optimizer.variables.map(({ name }) => name);
    };
    expect(names(new SGD())).toEqual(['iteration', 'learning_rate']);
    expect(names(new Adam({ amsgrad: true }))).toEqual([
      'iteration',
      'learning_rate',
      'kernel_momentum',
      'kernel_velocity',
      'bias_momentum',
      'bias_velocity',
      'kernel_velocity_hat',
      'bias_velocity_hat',
    ]);
    expect(names(new RMSprop({ momentum: 0.9, centered: true, useEma: true }))).toEqual([
      'iteration',
      'learning_rate',
      'kernel_average',
      'bias_average',
      'kernel_velocity',
      'bias_velocity',
      'kernel_momentum',
      'bias_momentum',
      'kernel_average_gradient',
      'bias_average_gradient',
    ]);
  });

  it('changes inside a program as outside, and the learning rate may be set between two steps', () => {
    const [inside, outside] = [new Adam({ learningRate: 0.1 }), new Adam({ learningRate: 0.1 })];
    const [a, b] = [weight(1, 2), weight(1, 2)];
    inside.build([a]);
    const step = compiled(({ g }) => {
      inside.apply([g!], [a]);
      return {};
    });
    for (const rate of [0.1, 0.1, 0.01]) {
      inside.learningRate = rate;
      outside.learningRate = rate;
      step.call({ g: tensor([0.5, -1]) });
      outside.apply([tensor([0.5, -1])], [b]);
    }
    expect([...a.data()]).toEqual([...b.data()]);
    expect(inside.iterations.item()).toBe(3);
    expect(inside.learningRate).toBe(Math.fround(0.01));
  });
});

describe('wrong use', () => {
  it('of two ways of clipping', () => {
    expect(() => new SGD({ clipnorm: 1, clipvalue: 2 })).toThrow(
      'SGD expected one of clipnorm, globalClipnorm and clipvalue, received clipnorm 1 and clipvalue 2.\n  code   option-value',
    );
  });

  it('of a learning rate that is no number', () => {
    expect(() => {
      new SGD().learningRate = Number.NaN;
    }).toThrow('SGD learningRate expected a number of 0 or more, received NaN.');
  });

  it('of gradients and weights that do not belong together', () => {
    const optimizer = new SGD();
    expect(() => optimizer.apply([], [weight(1)])).toThrow(
      'SGD.apply expected one gradient for each of 1 weights, received 0 gradients.\n  code   length-mismatch',
    );
    optimizer.build([weight(1)]);
    expect(() => optimizer.apply([tensor([1])], [weight(1)])).toThrow(
      "SGD.apply expected the weights it was built with, received 'kernel', which is not among them.\n" +
        '  fix    Call `model.compile` again, with a new SGD, after a change of layers or of `trainable`.\n  code   not-built',
    );
  });
});

describe("Keras's JSON of an optimizer", () => {
  it('has every option and the present learning rate, and makes an equal optimizer', () => {
    const adam = new Adam({ clipnorm: 0.5 });
    adam.learningRate = 0.01;
    expect(adam.getConfig()).toEqual({
      name: 'adam',
      learning_rate: 0.009999999776482582,
      weight_decay: null,
      clipnorm: 0.5,
      global_clipnorm: null,
      clipvalue: null,
      use_ema: false,
      ema_momentum: 0.99,
      ema_overwrite_frequency: null,
      loss_scale_factor: null,
      gradient_accumulation_steps: null,
      beta_1: 0.9,
      beta_2: 0.999,
      epsilon: 1e-7,
      amsgrad: false,
    });
    expect(Adam.fromConfig(adam.getConfig()).getConfig()).toEqual(adam.getConfig());
    expect(adam.getConfig({ minimal: true })).toEqual({ learning_rate: 0.009999999776482582, clipnorm: 0.5 });
    expect(new RMSprop().getConfig().name).toBe('rm_sprop');
  });
});
