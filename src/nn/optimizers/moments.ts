/** Running averages of gradients and of their squares, which most optimizers keep. */

import { float } from '../../core/fields.js';
import { entryOf } from '../../core/record.js';
import { full, type Tensor } from '../../tensor/tensor.js';
import { learningRate } from './fields.js';
import type { Step } from './step.js';

/** Options of Adam and its kin. */
export const momentFields = () => ({
  /** Size of a step. */
  learningRate: learningRate(0.001),
  /** How much of the average gradient is kept at each step. */
  beta1: float(0.9, { min: 0, below: 1 }),
  /** How much of the average squared gradient is kept at each step. */
  beta2: float(0.999, { min: 0, below: 1 }),
  /** Keeps the division finite. */
  epsilon: float(1e-7, { min: 0 }),
});

/** `average + (towards - average)(1 - beta)`. */
export const moved = (average: Tensor, towards: Tensor, beta: number): Tensor =>
  average.add(towards.sub(average).mul(1 - beta));

/** `beta · average + (1 - beta) towards`. */
export const mixed = (average: Tensor, towards: Tensor, beta: number): Tensor =>
  average.mul(beta).add(towards.mul(1 - beta));

/** `1 - betaᵗ`: what an average that began at 0 has got of what it averages. One tensor for all weights of a step. */
export function share(beta: number, count: Tensor): Tensor {
  const known = shares.get(count) ?? new Map<number, Tensor>();
  shares.set(count, known);
  return entryOf(known, beta, () => full([], beta).pow(count).neg().add(1));
}
const shares = /* @__PURE__ */ new WeakMap<Tensor, Map<number, Tensor>>();

interface Betas {
  readonly beta1: number;
  readonly beta2: number;
}

/** The slots `momentum` and `velocity` after a step: averages of the gradient and of its square. */
export const moments = ({ slots, gradient }: Step, { beta1, beta2 }: Betas) => ({
  momentum: moved(slots.momentum!, gradient, beta1),
  velocity: moved(slots.velocity!, gradient.square(), beta2),
});

/** Names of the slots that `moments` gives. */
export const momentSlots: readonly string[] = ['momentum', 'velocity'];
