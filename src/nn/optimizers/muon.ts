import { bool, float, int, listOf, maybe, text } from '../../core/fields.js';
import { zeros } from '../../tensor/create.js';
import type { Tensor } from '../../tensor/tensor.js';
import type { Variable } from '../../tensor/variable.js';
import { adamUpdate } from './adam.js';
import { learningRate } from './fields.js';
import { optimizer, type Step, type Update } from './optimizer.js';

/**
 * Momentum whose steps are made nearly orthogonal, for matrices; Adam for all other weights. `m ← momentum · m + g`,
 * `x = (g + momentum · m) / ‖·‖`, then `nsSteps` times `x ← a x + (b A + c A²) x` with `A = x xᵀ`, and
 * `w - learningRate · rmsRate · √max(rows, columns) · x`.
 *
 * Source: Jordan et al. 2024; Liu et al. 2025 for `rmsRate`; Keras's `Muon`.
 *
 * @example
 * new Muon({ learningRate: 1e-3, excludeLayers: ['head'] });
 */
export class Muon extends /* @__PURE__ */ optimizer('Muon', () => ({
  /** Size of a step. */
  learningRate: learningRate(0.001),
  /** As `beta1` of Adam. */
  adamBeta1: float(0.9, { min: 0, below: 1 }),
  /** As `beta2` of Adam. */
  adamBeta2: float(0.999, { min: 0, below: 1 }),
  /** Decay of the weights that Adam moves. */
  adamWeightDecay: { ...maybe(float({ min: 0 })), fallback: 0.004 },
  /** Keeps the division of Adam finite. */
  epsilon: float(1e-7, { min: 0 }),
  /** Decay of the other weights. */
  weightDecay: { ...maybe(float({ min: 0 })), fallback: 0.004 },
  /** Regular expressions: weights whose paths, such as `dense/kernel`, match one are left to Adam. */
  excludeLayers: { ...listOf(text()), fallback: [] },
  /** Whether weights with `embedding` in their paths are left to Adam. */
  excludeEmbeddings: bool(true),
  /** Factors of the iteration that makes steps orthogonal: `a`, `b` and `c`. */
  muonA: float(3.4445),
  muonB: float(-4.775),
  muonC: float(2.0315),
  /** What the learning rate is multiplied by for Adam. */
  adamLrRatio: float(1, { min: 0 }),
  /** Share of the last step kept in the next. */
  momentum: float(0.95, { min: 0, max: 1 }),
  /** How often the iteration is run. */
  nsSteps: int(5, { min: 0 }),
  /** Whether to take the gradient's step from where momentum leads. */
  nesterov: bool(true),
  /** Size of an element of a step; that of an orthogonal matrix when null. */
  rmsRate: { ...maybe(float()), fallback: 0.2 },
})) {
  override slotBlocks() {
    return [['momentum', 'velocity']];
  }

  override firstValue(name: string, weight: Variable) {
    return name === 'momentum' || this.#isForAdam(weight) ? zeros(weight.shape) : null;
  }

  override decayOf(weight: Variable) {
    return this.#isForAdam(weight) ? this.config.adamWeightDecay : this.config.weightDecay;
  }

  override update(step: Step): Update {
    const { variable, gradient, slots, learningRate } = step;
    const { adamBeta1: beta1, adamBeta2: beta2, epsilon, adamLrRatio: ratio } = this.config;
    if (slots.velocity)
      return adamUpdate({ ...step, learningRate: learningRate.mul(ratio) }, { beta1, beta2, epsilon });
    const { momentum: kept, nesterov, rmsRate } = this.config;
    const momentum = slots.momentum!.add(gradient.add(slots.momentum!.mul(kept - 1)));
    const move = this.#orthogonal(nesterov ? gradient.add(momentum.mul(kept)) : momentum);
    const size = rmsRate === null ? 1 : Math.sqrt(Math.max(...variable.shape)) * rmsRate;
    return { variable: variable.sub(move.mul(learningRate).mul(size)), slots: { momentum } };
  }

  #isForAdam({ rank, path }: Variable): boolean {
    const { excludeEmbeddings, excludeLayers } = this.config;
    const isEmbedding = excludeEmbeddings && path.toLowerCase().includes('embedding');
    return rank !== 2 || isEmbedding || excludeLayers.some((layer) => new RegExp(layer).test(path));
  }

  /** Newton and Schulz's iteration, on the wider of the matrix and its transpose. */
  #orthogonal(matrix: Tensor): Tensor {
    const { muonA, muonB, muonC, nsSteps } = this.config;
    const isTall = matrix.shape[0]! > matrix.shape[1]!;
    let x = isTall ? matrix.transpose() : matrix;
    x = x.div(x.square().sum().sqrt().add(1e-7));
    for (let step = 0; step < nsSteps; step++) {
      const product = x.matmul(x.transpose());
      const mixed = product.mul(muonB).add(product.mul(muonC).matmul(product));
      x = x.mul(muonA).add(mixed.matmul(x));
    }
    return isTall ? x.transpose() : x;
  }
}
