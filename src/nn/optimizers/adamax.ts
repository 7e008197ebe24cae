import { momentFields, moved, share } from './moments.js';
import { optimizer, type Step, type Update } from './optimizer.js';

/**
 * Adam with the greatest recent gradient in place of the average square: `m ← m + (g - m)(1 - beta1)`,
 * `u ← max(beta2 · u, |g|)`, `w - learningRate · m / ((1 - beta1ᵗ)(u + epsilon))`.
 *
 * Source: Kingma and Ba 2014, section 7; Keras's `Adamax`.
 *
 * @example
 * new Adamax({ learningRate: 1e-3 });
 */
export class Adamax extends /* @__PURE__ */ optimizer('Adamax', momentFields) {
  override get isPointwise() {
    return this.update === Adamax.prototype.update;
  }

  override slotBlocks() {
    return [['momentum', 'norm']];
  }

  override update({ variable, gradient, slots, learningRate, count }: Step): Update {
    const { beta1, beta2, epsilon } = this.config;
    const momentum = moved(slots.momentum!, gradient, beta1);
    const norm = slots.norm!.mul(beta2).maximum(gradient.abs());
    const move = momentum.mul(learningRate).div(share(beta1, count).mul(norm.add(epsilon)));
    return { variable: variable.sub(move), slots: { momentum, norm } };
  }
}
