import { bool, float } from '../../core/fields.js';
import { zeros } from '../../tensor/create.js';
import type { Tensor } from '../../tensor/tensor.js';
import type { Variable } from '../../tensor/variable.js';
import { learningRate } from './fields.js';
import { optimizer, type Step, type Update } from './optimizer.js';

/** A matrix of which the means of rows and columns are known. */
const factored = (rows: Tensor, columns: Tensor) => {
  const share = rows.div(rows.mean(-1, { keepDims: true }));
  return { rows, columns, velocity: share.expandDims(-1).mul(columns.expandDims(-2)) };
};

const rootMeanSquare = (x: Tensor) => x.square().mean().sqrt();

/**
 * Adam without momentum, whose average square `v` of a matrix is made of the averages `r` of its rows and `c` of its
 * columns: with `beta = 1 - t^beta2Decay`, each is kept by `beta`, `v = r c / mean(r)`, `u = g / √v`, and
 * `w - max(epsilon2, rms(w)) · min(learningRate, 1 / √t) · u / max(1, rms(u) / clipThreshold)`.
 *
 * Source: Shazeer and Stern 2018; Keras's `Adafactor`.
 *
 * @example
 * new Adafactor({ learningRate: 0.01 });
 */
export class Adafactor extends /* @__PURE__ */ optimizer('Adafactor', () => ({
  /** Largest size of a step, relative to the weight. */
  learningRate: learningRate(0.001),
  /** How fast the averages slow down. */
  beta2Decay: float(-0.8),
  /** Keeps squares above 0. */
  epsilon1: float(1e-30, { min: 0 }),
  /** Least size that a weight is taken to have. */
  epsilon2: float(0.001, { min: 0 }),
  /** Greatest root mean square of a step before it is scaled. */
  clipThreshold: float(1, { above: 0 }),
  /** In Keras's files; steps have the size `min(learningRate, 1 / √t)` either way, as in Keras. */
  relativeStep: bool(true),
})) {
  override slotBlocks() {
    return [['rows', 'columns', 'velocity']];
  }

  override firstValue(name: string, { shape }: Variable) {
    if (name === 'velocity') return zeros(shape);
    if (shape.length < 2) return zeros([]);
    return zeros(name === 'rows' ? shape.slice(0, -1) : [...shape.slice(0, -2), shape.at(-1)!]);
  }

  override update({ variable, gradient, slots, learningRate, count }: Step): Update {
    const { beta2Decay, epsilon1, epsilon2, clipThreshold } = this.config;
    const beta = count.pow(beta2Decay).neg().add(1);
    const kept = (name: string, now: Tensor) => slots[name]!.mul(beta).add(now.mul(beta.neg().add(1)));
    const squares = gradient.square().add(epsilon1);
    const after =
      squares.rank < 2
        ? { velocity: kept('velocity', squares) }
        : factored(kept('rows', squares.mean(-1)), kept('columns', squares.mean(-2)));
    const step = gradient.div(after.velocity.sqrt());
    const short = step.div(rootMeanSquare(step).div(clipThreshold).maximum(1));
    const rate = learningRate.minimum(count.rsqrt()).mul(rootMeanSquare(variable).maximum(epsilon2));
    return { variable: variable.sub(short.mul(rate)), slots: after };
  }
}
