import { bool, type Optional } from '../core/fields.js';
import type { Tensor } from '../tensor/tensor.js';
import { estimator } from './estimator.js';
import { floats } from './matrix.js';
import { Scaler } from './scaler.js';

type Range = readonly [low: number, high: number];

const range = (): Optional<Range> => ({
  expected: 'two numbers, the first below the second, such as [0, 1]',
  fallback: [0, 1],
  parse: (given) => {
    const isPair = Array.isArray(given) && given.length === 2 && given.every(Number.isFinite);
    return isPair && given[0] < given[1] ? given : undefined;
  },
});

const minMaxFields = () => ({
  /** Where the least and the greatest value of each feature go. Default `[0, 1]`. */
  featureRange: range(),
  /** Whether values beyond those of `fit` become the nearest end of the range. Default false. */
  clip: bool(false),
});

interface Feature {
  readonly least: number;
  readonly greatest: number;
  readonly scale: number;
  readonly offset: number;
}

/**
 * `(x - dataMin) / (dataMax - dataMin)` for each feature, stretched to `featureRange`; a feature that is constant is divided by 1.
 *
 * Inputs    `[n, features]`; NaN is missing: left out by `fit`, kept by `transform`
 * Outputs   `[n, features]`, float32, computed in float64
 * Throws    ShapeError for another number of features; DataError for infinities and for no data; StateError before `fit`
 *
 * Source: scikit-learn's `MinMaxScaler`.
 *
 * @example
 * const scaler = new MinMaxScaler();
 * scaler.fitTransform([[1, 10], [2, 30], [3, 20]]).toArray(); // [[0, 0], [0.5, 1], [1, 0.5]]
 * scaler.transform([[5, 10]]).toArray(); // [[2, 0]]
 */
export class MinMaxScaler extends /* @__PURE__ */ estimator('MinMaxScaler', minMaxFields, Scaler) {
  #features?: readonly Feature[];

  /** The least value of each feature. */
  get dataMin(): Tensor {
    return this.#column('dataMin', ({ least }) => least);
  }

  /** The greatest value of each feature. */
  get dataMax(): Tensor {
    return this.#column('dataMax', ({ greatest }) => greatest);
  }

  /** What each feature is multiplied by. */
  get scale(): Tensor {
    return this.#column('scale', ({ scale }) => scale);
  }

  protected override learn(columns: readonly Float64Array[]): void {
    const [low, high] = this.config.featureRange;
    this.#features = columns.map((values) => {
      const least = values.reduce((a, b) => Math.min(a, b), values[0] ?? Number.NaN);
      const greatest = values.reduce((a, b) => Math.max(a, b), values[0] ?? Number.NaN);
      const size = greatest - least;
      const scale = (high - low) / (size < 10 * Number.EPSILON ? 1 : size);
      return { least, greatest, scale, offset: low - least * scale };
    });
  }

  protected override change(value: number, feature: number): number {
    const { scale, offset } = this.#features![feature]!;
    const changed = value * scale + offset;
    const [low, high] = this.config.featureRange;
    return this.config.clip ? Math.min(high, Math.max(low, changed)) : changed;
  }

  protected override restore(value: number, feature: number): number {
    const { scale, offset } = this.#features![feature]!;
    return (value - offset) / scale;
  }

  #column(name: string, value: (feature: Feature) => number): Tensor {
    const values = this.learnt(this.#features, name).map(value);
    return floats(values, [values.length]);
  }
}
