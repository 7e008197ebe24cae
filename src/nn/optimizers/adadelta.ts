import { float } from '../../core/fields.js';
import type { Tensor } from '../../tensor/tensor.js';
import { learningRate } from './fields.js';
import { mixed } from './moments.js';
import { optimizer, type Step, type Update } from './optimizer.js';

/**
 * `a ← rho · a + (1 - rho) g²`, `d = -g √(b + epsilon) / √(a + epsilon)`, `b ← rho · b + (1 - rho) d²`,
 * `w + learningRate · d`. The paper has a learning rate of 1.
 *
 * Source: Zeiler 2012; Keras's `Adadelta`.
 *
 * @example
 * new Adadelta({ learningRate: 1 });
 */
export class Adadelta extends /* @__PURE__ */ optimizer('Adadelta', () => ({
  /** Size of a step. */
  learningRate: learningRate(0.001),
  /** How much of the averages is kept at each step. */
  rho: float(0.95, { min: 0, max: 1 }),
  /** Keeps the division finite, and starts the motion. */
  epsilon: float(1e-7, { min: 0 }),
})) {
  override get isPointwise() {
    return this.update === Adadelta.prototype.update;
  }

  override slotBlocks() {
    return [['accumulated_grad', 'accumulated_delta_var']];
  }

  override update({ variable, gradient, slots, learningRate }: Step): Update {
    const { rho, epsilon } = this.config;
    const root = (x: Tensor) => x.add(epsilon).sqrt();
    const squares = mixed(slots.accumulated_grad!, gradient.square(), rho);
    const move = root(slots.accumulated_delta_var!).mul(gradient).div(root(squares)).neg();
    const moves = mixed(slots.accumulated_delta_var!, move.square(), rho);
    return {
      variable: variable.add(move.mul(learningRate)),
      slots: { accumulated_grad: squares, accumulated_delta_var: moves },
    };
  }
}
