import { float } from '../../core/fields.js';
import { learningRate } from './fields.js';
import { mixed } from './moments.js';
import { optimizer, type Step, type Update } from './optimizer.js';

/**
 * `w - learningRate · sign(beta1 · m + (1 - beta1) g)`, `m ← beta2 · m + (1 - beta2) g`.
 *
 * Source: Chen et al. 2023; Keras's `Lion`.
 *
 * @example
 * new Lion({ learningRate: 1e-4, weightDecay: 0.01 });
 */
export class Lion extends /* @__PURE__ */ optimizer('Lion', () => ({
  /** Size of a step. */
  learningRate: learningRate(0.001),
  /** How much of the average counts beside the gradient in a step. */
  beta1: float(0.9, { above: 0, max: 1 }),
  /** How much of the average is kept at each step. */
  beta2: float(0.99, { min: 0, max: 1 }),
})) {
  override get isPointwise() {
    return this.update === Lion.prototype.update;
  }

  override slotBlocks() {
    return [['momentum']];
  }

  override update({ variable, gradient, slots, learningRate }: Step): Update {
    const { beta1, beta2 } = this.config;
    const direction = mixed(slots.momentum!, gradient, beta1).sign();
    return {
      variable: variable.sub(direction.mul(learningRate)),
      slots: { momentum: mixed(slots.momentum!, gradient, beta2) },
    };
  }
}
