import { bool, float } from '../../core/fields.js';
import { learningRate } from './fields.js';
import { mixed } from './moments.js';
import { optimizer, type Step, type Update } from './optimizer.js';

/**
 * `v ← rho · v + (1 - rho) g²`, `w - learningRate · g / √(v + epsilon)`; centered: the square of the mean
 * gradient is taken from `v`; with momentum the steps are summed as `s ← momentum · s + step`.
 *
 * Source: Tieleman and Hinton 2012; Graves 2013 for the centered form; Keras's `RMSprop`.
 *
 * @example
 * new RMSprop({ learningRate: 1e-3, momentum: 0.9 });
 */
export class RMSprop extends /* @__PURE__ */ optimizer('RMSprop', () => ({
  /** Size of a step. */
  learningRate: learningRate(0.001),
  /** How much of the average squared gradient is kept at each step. */
  rho: float(0.9, { min: 0, max: 1 }),
  /** Share of the last step kept in the next, from 0 to 1. */
  momentum: float(0, { min: 0, max: 1 }),
  /** Keeps the division finite. */
  epsilon: float(1e-7, { min: 0 }),
  /** Whether to divide by the gradient's deviation in place of its size. */
  centered: bool(false),
})) {
  override get isPointwise() {
    return this.update === RMSprop.prototype.update;
  }

  override slotBlocks() {
    const { momentum, centered } = this.config;
    return [
      ['velocity'],
      ...(momentum > 0 ? [['momentum']] : []),
      ...(centered ? [['average_gradient']] : []),
    ];
  }

  override update({ variable, gradient, slots, learningRate }: Step): Update {
    const { rho, momentum, epsilon } = this.config;
    const velocity = mixed(slots.velocity!, gradient.square(), rho);
    const mean = slots.average_gradient && mixed(slots.average_gradient, gradient, rho);
    const spread = mean ? velocity.sub(mean.square()) : velocity;
    const step = gradient.mul(learningRate).div(spread.add(epsilon).sqrt());
    const summed = slots.momentum?.mul(momentum).add(step);
    return {
      variable: variable.sub(summed ?? step),
      slots: { velocity, ...(mean && { average_gradient: mean }), ...(summed && { momentum: summed }) },
    };
  }
}
