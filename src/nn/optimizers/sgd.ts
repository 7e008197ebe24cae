import { bool, float } from '../../core/fields.js';
import { learningRate } from './fields.js';
import { optimizer, type Step, type Update } from './optimizer.js';

/**
 * `w - learningRate · g`; with momentum `v ← momentum · v - learningRate · g`, `w + v`.
 *
 * Source: Keras's `SGD`; Sutskever et al. 2013 for the form of Nesterov's momentum.
 *
 * @example
 * new SGD({ learningRate: 0.1, momentum: 0.9, nesterov: true });
 */
export class SGD extends /* @__PURE__ */ optimizer('SGD', () => ({
  /** Size of a step. */
  learningRate: learningRate(0.01),
  /** Share of the last step kept in the next, from 0 to 1. */
  momentum: float(0, { min: 0, max: 1 }),
  /** Whether to take the gradient's step from where momentum leads. */
  nesterov: bool(false),
})) {
  override get isPointwise() {
    return this.update === SGD.prototype.update;
  }

  override slotBlocks() {
    return this.config.momentum === 0 ? [] : [['momentum']];
  }

  override update({ variable, gradient, slots, learningRate }: Step): Update {
    const { momentum, nesterov } = this.config;
    const step = gradient.mul(learningRate);
    if (!slots.momentum) return { variable: variable.sub(step) };
    const velocity = slots.momentum.mul(momentum).sub(step);
    const move = nesterov ? velocity.mul(momentum).sub(step) : velocity;
    return { variable: variable.add(move), slots: { momentum: velocity } };
  }
}
