import { bool } from '../core/fields.js';
import type { Tensor } from '../tensor/tensor.js';
import { estimator } from './estimator.js';
import { floats } from './matrix.js';
import { Scaler } from './scaler.js';

const standardFields = () => ({
  /** Whether to take the mean away. Default true. */
  withMean: bool(true),
  /** Whether to divide by the standard deviation. Default true. */
  withStd: bool(true),
});

interface Feature {
  readonly mean: number;
  readonly variance: number;
  readonly scale: number;
}

/**
 * `(x - mean) / scale` for each feature, the scale being its standard deviation over all samples; 1 for a feature that is constant.
 *
 * Inputs    `[n, features]`; NaN is missing: left out by `fit`, kept by `transform`
 * Outputs   `[n, features]`, float32, computed in float64
 * Throws    ShapeError for another number of features; DataError for infinities and for no data; StateError before `fit`
 *
 * Source: scikit-learn's `StandardScaler`.
 *
 * @example
 * const scaler = new StandardScaler();
 * scaler.fitTransform([[1, 5], [3, 5]]).toArray(); // [[-1, 0], [1, 0]]
 * scaler.inverseTransform([[0, 0]]).toArray(); // [[2, 5]]
 */
export class StandardScaler extends /* @__PURE__ */ estimator('StandardScaler', standardFields, Scaler) {
  #features?: readonly Feature[];

  /** Of each feature. */
  get mean(): Tensor {
    return this.#column('mean');
  }

  /** Of each feature, over all samples. */
  get variance(): Tensor {
    return this.#column('variance');
  }

  /** What each feature is divided by. */
  get scale(): Tensor {
    return this.#column('scale');
  }

  protected override learn(columns: readonly Float64Array[]): void {
    this.#features = columns.map(featureOf);
  }

  protected override change(value: number, feature: number): number {
    const { mean, scale } = this.#features![feature]!;
    const moved = this.config.withMean ? value - mean : value;
    return this.config.withStd ? moved / scale : moved;
  }

  protected override restore(value: number, feature: number): number {
    const { mean, scale } = this.#features![feature]!;
    const stretched = this.config.withStd ? value * scale : value;
    return this.config.withMean ? stretched + mean : stretched;
  }

  #column(name: keyof Feature): Tensor {
    const values = this.learnt(this.#features, name).map((feature) => feature[name]);
    return floats(values, [values.length]);
  }
}

function featureOf(values: Float64Array): Feature {
  const mean = meanOf(values);
  const variance = meanOf(values.map((x) => (x - mean) ** 2));
  // A variance that rounding alone could have made. Source: scikit-learn, `_is_constant_feature`.
  const noise = values.length * Number.EPSILON;
  const isConstant = variance <= noise * variance + (noise * mean) ** 2;
  return { mean, variance, scale: isConstant ? 1 : Math.sqrt(variance) };
}

const meanOf = (values: Float64Array) => values.reduce((sum, x) => sum + x, 0) / values.length;
