import { merge } from '../../core/declaration.js';
import { float, int } from '../../core/fields.js';
import { tensor, zeros } from '../../tensor/create.js';
import type { Variable } from '../../tensor/variable.js';
import { learningRate } from './fields.js';
import { momentFields, momentSlots, moved, share } from './moments.js';
import { optimizer, type Step, type Update } from './optimizer.js';

/**
 * AdamW that needs no schedule. Beside the weight `w` it keeps `z`, which gradients move, and `w` leads from `z` to the
 * mean `x` of all `z`: `z ← z - learningRate · g / (√(v / (1 - beta2ᵗ)) + epsilon)`, `x ← x + (z - x) / t`,
 * `w = (1 - beta1) z + beta1 · x`.
 *
 * Source: Defazio et al. 2024; Keras's `ScheduleFreeAdamW`.
 *
 * @example
 * new ScheduleFreeAdamW({ warmupSteps: 100, weightDecay: 0.01 });
 */
export class ScheduleFreeAdamW extends /* @__PURE__ */ optimizer('ScheduleFreeAdamW', () =>
  merge(momentFields(), {
    /** Size of a step. */
    learningRate: learningRate(0.0025),
    /** Keeps the division finite. */
    epsilon: float(1e-8, { min: 0 }),
    /** Steps in which the rate rises from 0. */
    warmupSteps: int(0, { min: 0 }),
  }),
) {
  override get isPointwise() {
    return this.update === ScheduleFreeAdamW.prototype.update;
  }

  override slotBlocks() {
    return [momentSlots];
  }

  override firstValue(name: string, weight: Variable) {
    const { shape } = weight;
    return name === 'momentum' ? tensor(weight.data(), { shape }) : zeros(shape);
  }

  override update({ variable, gradient, slots, learningRate, count }: Step): Update {
    const { beta1, beta2, epsilon, warmupSteps } = this.config;
    const rate = warmupSteps > 0 ? learningRate.mul(count.div(warmupSteps).minimum(1)) : learningRate;
    const velocity = moved(slots.velocity!, gradient.square(), beta2);
    const spread = velocity.div(share(beta2, count)).sqrt().add(epsilon);
    const momentum = slots.momentum!.sub(gradient.mul(rate).div(spread));
    const before = variable.sub(slots.momentum!.mul(1 - beta1)).div(beta1);
    const weight = count.reciprocal();
    const mean = before.mul(weight.neg().add(1)).add(momentum.mul(weight));
    return { variable: momentum.mul(1 - beta1).add(mean.mul(beta1)), slots: { momentum, velocity } };
  }
}
