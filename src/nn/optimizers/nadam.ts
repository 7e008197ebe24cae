import { full, type Tensor } from '../../tensor/tensor.js';
import type { Slots } from './kept.js';
import { momentFields, momentSlots, moments, share } from './moments.js';
import { optimizer, type Step, type Update } from './optimizer.js';

/**
 * Adam with Nesterov's momentum. With `uₜ = beta1 (1 - 0.96ᵗ / 2)` and `Uₜ = u₁ · … · uₜ`:
 * `w - learningRate · (uₜ₊₁ m / (1 - Uₜ₊₁) + (1 - uₜ) g / (1 - Uₜ)) / (√(v / (1 - beta2ᵗ)) + epsilon)`.
 *
 * Source: Dozat 2016; Keras's `Nadam`.
 *
 * @example
 * new Nadam({ learningRate: 1e-3 });
 */
export class Nadam extends /* @__PURE__ */ optimizer('Nadam', momentFields) {
  override get isPointwise() {
    return this.update === Nadam.prototype.update;
  }

  override slotBlocks() {
    return [momentSlots];
  }

  override sharedSlots() {
    return { product: full([], 1) };
  }

  override advance({ product }: Slots, count: Tensor) {
    return { product: product!.mul(this.#factor(count)) };
  }

  override update(step: Step): Update {
    const { variable, gradient, learningRate, count, shared } = step;
    const { beta2, epsilon } = this.config;
    const slots = moments(step, this.config);
    const [now, next] = [this.#factor(count), this.#factor(count.add(1))];
    const rest = (x: Tensor) => x.neg().add(1);
    const mean = slots.momentum
      .mul(next)
      .div(rest(shared.product!.mul(next)))
      .add(gradient.mul(rest(now)).div(rest(shared.product!)));
    const spread = slots.velocity.div(share(beta2, count)).sqrt().add(epsilon);
    return { variable: variable.sub(mean.mul(learningRate).div(spread)), slots };
  }

  #factor(count: Tensor): Tensor {
    return full([], 0.96).pow(count).mul(-0.5).add(1).mul(this.config.beta1);
  }
}
