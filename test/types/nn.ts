// Lines marked with `@ts-expect-error` must not compile; all others must. `tsc` checks this file, nothing runs it.

import { arg, float, int } from '../../src/core/fields.js';
import { relu, threshold } from '../../src/nn/activations.js';
import { lossFor, metricFor, optimizerFor } from '../../src/nn/choose.js';
import { MaxNorm } from '../../src/nn/constraints.js';
import { activation } from '../../src/nn/fields.js';
import { Constant } from '../../src/nn/initializers.js';
import { loss } from '../../src/nn/loss.js';
import { BinaryCrossentropy, MeanSquaredError, SparseCategoricalCrossentropy } from '../../src/nn/losses.js';
import { Mean, metrics } from '../../src/nn/metrics.js';
import { Adam } from '../../src/nn/optimizers/adam.js';
import { optimizer, type Step, type Update } from '../../src/nn/optimizers/optimizer.js';
import { L1L2, L2 } from '../../src/nn/regularizers.js';
import { GlorotUniform } from '../../src/nn/variance-scaling.js';
import { ones } from '../../src/tensor/create.js';

export const right = () => [
  new Adam(),
  new Adam({ learningRate: 1e-4, clipnorm: 1, weightDecay: null }),
  new BinaryCrossentropy({ fromLogits: true, reduction: 'none', name: 'bits' }),
  new L2(0.5),
  new L2(),
  new L1L2(0.1, 0.2),
  new L1L2(undefined, 0.2),
  new GlorotUniform({ seed: 3 }),
  new Constant([[1, 2]]),
  new Constant(),
  new MaxNorm({ maxValue: 3, axis: [0, 1] }),
  relu(ones([1]), { maxValue: 6 }),
  threshold(ones([1]), { threshold: 1, defaultValue: 0 }),
  new metrics.MeanSquaredError({ name: 'squares' }),
  lossFor('mse'),
  lossFor('ce'),
  lossFor((yTrue, yPred) => yTrue.sub(yPred).abs().mean()),
  metricFor('accuracy'),
  metricFor(new MeanSquaredError()),
  metricFor(new Mean()),
  optimizerFor('adam'),
  Adam.fromConfig({ learning_rate: 0.1 }).config.beta1.toFixed(),
];

export const wrong = () => [
  // @ts-expect-error no such option
  new Adam({ rate: 1e-4 }),
  // @ts-expect-error learningRate is an option
  new Adam(1e-4),
  // @ts-expect-error no such reduction
  new BinaryCrossentropy({ reduction: 'average' }),
  // @ts-expect-error labels of this loss cannot be smoothed
  new SparseCategoricalCrossentropy({ labelSmoothing: 0.1 }),
  // @ts-expect-error l2 is positional
  new L2({ l2: 0.5 }),
  // @ts-expect-error maxValue is an option
  new MaxNorm(3),
  // @ts-expect-error its name alone does not say from where on
  activation('threshold'),
  // @ts-expect-error both must be given
  threshold(ones([1])),
  // @ts-expect-error no such loss
  lossFor('msee'),
  // @ts-expect-error a metric is no loss
  lossFor(new Mean()),
  // @ts-expect-error no such metric
  metricFor('acuracy'),
  // @ts-expect-error Keras spells it rmsprop
  optimizerFor('rms_prop'),
];

// What a user writes has nothing that ours do not use.
class Power extends loss(
  'Power',
  (exponent = arg(int({ min: 1 }))) => ({
    /** Power of the error. */
    exponent,
  }),
  (yTrue, yPred, { exponent }) => yPred.sub(yTrue).abs().pow(exponent).mean(-1),
) {}
new Power(3, { reduction: 'sum' }).config.exponent.toFixed();
// @ts-expect-error exponent is missing
new Power();

export class SignDescent extends optimizer('SignDescent', () => ({
  /** Size of a step. */
  learningRate: float(0.01),
})) {
  override update({ variable, gradient, learningRate }: Step): Update {
    return { variable: variable.sub(gradient.sign().mul(learningRate)) };
  }
}

export const unfinished = () => [
  loss(
    'Wrong',
    // @ts-expect-error an option is a field
    () => ({ rate: 0.5 }),
    (_, yPred) => yPred,
  ),
  loss(
    'Wrong',
    // @ts-expect-error an option without a default must be positional
    () => ({ rate: float() }),
    (_, yPred) => yPred,
  ),
  // @ts-expect-error an optimizer has a learning rate
  optimizer('Wrong', () => ({ rate: float(1) })),
];
