import { bool, float } from '../../core/fields.js';
import { full, type Tensor } from '../../tensor/tensor.js';
import { optimizer, type Step, type Update } from './optimizer.js';

/**
 * `m ← m + (g - m)(1 - beta1)`, `v ← v + (g² - v)(1 - beta2)`,
 * `w - learningRate · √(1 - beta2ᵗ) / (1 - beta1ᵗ) · m / (√v + epsilon)`.
 *
 * Source: Kingma and Ba 2014, in the form before section 2.1, where `epsilon` is the paper's epsilon hat;
 * Keras's `Adam`.
 *
 * @example
 * new Adam({ learningRate: 1e-3 });
 */
export class Adam extends /* @__PURE__ */ optimizer('Adam', () => ({
  /** Size of a step. */
  learningRate: float(0.001, { min: 0 }),
  /** How much of the average gradient is kept at each step. */
  beta1: float(0.9, { min: 0, below: 1 }),
  /** How much of the average squared gradient is kept at each step. */
  beta2: float(0.999, { min: 0, below: 1 }),
  /** Keeps the division finite. */
  epsilon: float(1e-7, { min: 0 }),
  /** Whether to divide by the greatest average so far. Reddi et al. 2018. */
  amsgrad: bool(false),
})) {
  override slotBlocks() {
    return [['momentum', 'velocity'], ...(this.config.amsgrad ? [['velocity_hat']] : [])];
  }

  override update({ variable, gradient, slots, learningRate, count }: Step): Update {
    const { beta1, beta2, epsilon } = this.config;
    const moved = (average: Tensor, towards: Tensor, beta: number) =>
      average.add(towards.sub(average).mul(1 - beta));
    const momentum = moved(slots.momentum!, gradient, beta1);
    const velocity = moved(slots.velocity!, gradient.square(), beta2);
    const greatest = slots.velocity_hat?.maximum(velocity);
    const rest = (beta: number) => full([], beta).pow(count).neg().add(1);
    const rate = learningRate.mul(rest(beta2).sqrt()).div(rest(beta1));
    const step = momentum.mul(rate).div((greatest ?? velocity).sqrt().add(epsilon));
    return {
      variable: variable.sub(step),
      slots: { momentum, velocity, ...(greatest && { velocity_hat: greatest }) },
    };
  }
}
