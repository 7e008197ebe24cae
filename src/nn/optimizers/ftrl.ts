import { float } from '../../core/fields.js';
import { full, type Tensor } from '../../tensor/tensor.js';
import type { Variable } from '../../tensor/variable.js';
import { learningRate } from './fields.js';
import { optimizer, type Step, type Update } from './optimizer.js';

/**
 * Follow the regularized leader: with `p = -learningRatePower`, `h = g + 2 · l2Shrinkage · w` and `n' = n + g²`,
 * `z ← z + h - (n'ᵖ - nᵖ) / learningRate · w`,
 * `w = (clip(z, -l1, l1) - z) / (n'ᵖ / learningRate + 2 · l2 + beta / learningRate)`.
 *
 * Source: McMahan et al. 2013; Keras's `Ftrl`.
 *
 * @example
 * new Ftrl({ learningRate: 0.1, l1RegularizationStrength: 0.01 });
 */
export class Ftrl extends /* @__PURE__ */ optimizer('Ftrl', () => ({
  /** Size of a step. */
  learningRate: learningRate(0.001),
  /** How fast steps become smaller: -0.5 for the root of the sum of squares, 0 for not at all. */
  learningRatePower: float(-0.5, { max: 0 }),
  /** What the sums of squares begin with. */
  initialAccumulatorValue: float(0.1, { min: 0 }),
  /** Makes weights 0. */
  l1RegularizationStrength: float(0, { min: 0 }),
  /** Keeps weights small. */
  l2RegularizationStrength: float(0, { min: 0 }),
  /** Keeps weights small, as a part of the gradient. */
  l2ShrinkageRegularizationStrength: float(0, { min: 0 }),
  /** Makes the first steps smaller. */
  beta: float(0),
})) {
  override get isPointwise() {
    return this.update === Ftrl.prototype.update;
  }

  override slotBlocks() {
    return [['accumulator', 'linear']];
  }

  override firstValue(name: string, { shape }: Variable) {
    return full(shape, name === 'linear' ? 0 : this.config.initialAccumulatorValue);
  }

  override update({ variable, gradient, slots, learningRate }: Step): Update {
    const { config } = this;
    const [l1, l2] = [config.l1RegularizationStrength, config.l2RegularizationStrength];
    const root = (squares: Tensor) => squares.pow(-config.learningRatePower);
    const accumulator = slots.accumulator!.add(gradient.square());
    const shrunk = gradient.add(variable.mul(2 * config.l2ShrinkageRegularizationStrength));
    const growth = root(accumulator).sub(root(slots.accumulator!)).div(learningRate);
    const linear = slots.linear!.add(shrunk.sub(growth.mul(variable)));
    const divisor = root(accumulator)
      .add(config.beta)
      .div(learningRate)
      .add(2 * l2);
    const after = linear.clip(-l1, l1).sub(linear).div(divisor);
    return { variable: after, slots: { accumulator, linear } };
  }
}
