import { float } from '../../core/fields.js';
import { full } from '../../tensor/tensor.js';
import type { Variable } from '../../tensor/variable.js';
import { learningRate } from './fields.js';
import { optimizer, type Step, type Update } from './optimizer.js';

/**
 * `a ← a + g²`, `w - learningRate · g / √(a + epsilon)`: each element moves the less the more it has moved.
 *
 * Source: Duchi et al. 2011; Keras's `Adagrad`.
 *
 * @example
 * new Adagrad({ learningRate: 0.01 });
 */
export class Adagrad extends /* @__PURE__ */ optimizer('Adagrad', () => ({
  /** Size of a step. */
  learningRate: learningRate(0.001),
  /** What the sums of squares begin with. */
  initialAccumulatorValue: float(0.1, { min: 0 }),
  /** Keeps the division finite. */
  epsilon: float(1e-7, { min: 0 }),
})) {
  override get isPointwise() {
    return this.update === Adagrad.prototype.update;
  }

  override slotBlocks() {
    return [['accumulator']];
  }

  override firstValue(_: string, { shape }: Variable) {
    return full(shape, this.config.initialAccumulatorValue);
  }

  override update({ variable, gradient, slots, learningRate }: Step): Update {
    const accumulator = slots.accumulator!.add(gradient.square());
    const move = gradient.mul(learningRate).div(accumulator.add(this.config.epsilon).sqrt());
    return { variable: variable.sub(move), slots: { accumulator } };
  }
}
