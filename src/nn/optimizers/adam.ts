import { declared } from '../../core/configurable.js';
import { merge } from '../../core/declaration.js';
import { bool, float } from '../../core/fields.js';
import { optimizerFields } from './fields.js';
import { momentFields, momentSlots, moments, share } from './moments.js';
import { optimizer, type Step, type Update } from './optimizer.js';

interface AdamOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** What Adam makes of a weight with the slots `momentum`, `velocity` and perhaps `velocity_hat`. */
export function adamUpdate(step: Step, options: AdamOptions): Update {
  const { variable, slots, learningRate, count } = step;
  const { momentum, velocity } = moments(step, options);
  const greatest = slots.velocity_hat?.maximum(velocity);
  const rate = learningRate.mul(share(options.beta2, count).sqrt()).div(share(options.beta1, count));
  const move = momentum.mul(rate).div((greatest ?? velocity).sqrt().add(options.epsilon));
  return {
    variable: variable.sub(move),
    slots: { momentum, velocity, ...(greatest && { velocity_hat: greatest }) },
  };
}

const adamFields = () =>
  merge(momentFields(), {
    /** Whether to divide by the greatest average so far. Reddi et al. 2018. */
    amsgrad: bool(false),
  });

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
export class Adam extends /* @__PURE__ */ optimizer('Adam', adamFields) {
  override get isPointwise() {
    return this.update === Adam.prototype.update;
  }

  override slotBlocks() {
    return [momentSlots, ...(this.config.amsgrad ? [['velocity_hat']] : [])];
  }

  override update(step: Step): Update {
    return adamUpdate(step, this.config);
  }
}

const decayingFields = () =>
  merge(adamFields(), {
    /** Share of each weight taken away at each step, times the learning rate. */
    weightDecay: float(0.004, { min: 0 }),
  });

/**
 * Adam with weight decay, which stays out of the averages of gradients.
 *
 * Source: Loshchilov and Hutter 2017; Keras's `AdamW`.
 *
 * @example
 * new AdamW({ learningRate: 1e-3, weightDecay: 0.01 });
 */
export class AdamW extends /* @__PURE__ */ declared(Adam, 'AdamW', decayingFields, optimizerFields) {}
