import { bool, float } from '../core/fields.js';
import { checkNoMore } from '../core/option-names.js';
import type { Numbers } from '../models/data-adapter.js';
import type { Sequential } from '../models/sequential.js';
import type { Tensor } from '../tensor/tensor.js';
import { estimator } from './estimator.js';
import { denseModel, linear, transposed } from './linear/dense-model.js';
import { leastSquares } from './linear/least-squares.js';
import { floats, type Matrix, type targetsOf } from './matrix.js';
import { Regressor } from './regressor.js';

const linearFields = () => ({
  /** Whether the line may pass beside the origin. Default true. */
  fitIntercept: bool(true),
  /**
   * Directions in which the features vary less than this share of where they vary most count as none: features that depend on each
   * other but for rounding do so. Default 1e-6, as in scikit-learn.
   */
  tol: float(1e-6, { min: 0 }),
});

interface Line {
  readonly kernel: Matrix;
  readonly bias: Float64Array;
  readonly rank: number;
}

/**
 * `y ≈ x · coef + intercept` with the least sum of squared errors: solved, not trained. Where features depend on each other (see
 * `tol`), the shortest `coef` that does it.
 *
 * Inputs    `x [n, features]`, finite; `y [n]` or `[n, targets]`
 * Outputs   `coef [features]` or `[targets, features]`, `intercept []` or `[targets]`; float32, computed in float64
 * Throws    ShapeError and DataError for data that does not fit; StateError for results before `fit`
 *
 * Source: Golub and Reinsch 1970; scikit-learn's `LinearRegression`.
 *
 * @example
 * const line = await new LinearRegression().fit([[0], [1], [2]], [1, 3, 5]);
 * line.coef.toArray(); // [2]
 * line.intercept.item(); // 1
 * (await line.predict([[10]])).toArray(); // [21]
 */
export class LinearRegression extends /* @__PURE__ */ estimator('LinearRegression', linearFields, Regressor) {
  #line?: Line;

  /** Finds the line through the samples. */
  async fit(x: Numbers, y: Numbers, ...more: []): Promise<this> {
    checkNoMore('LinearRegression.fit', more);
    return this.learnFrom(x, y);
  }

  /** How much the answer grows with each feature: `[features]`, or `[targets, features]`. */
  get coef(): Tensor {
    const { kernel } = this.learnt(this.#line, 'coef');
    const { values, rows, columns } = transposed(kernel);
    return floats(values, this.isFlat ? [columns] : [rows, columns]);
  }

  /** The answer where all features are 0: one number, or `[targets]`. */
  get intercept(): Tensor {
    const { bias } = this.learnt(this.#line, 'intercept');
    return floats(bias, this.isFlat ? [] : [bias.length]);
  }

  /** How many features are independent of each other. */
  get rank(): number {
    return this.learnt(this.#line, 'rank').rank;
  }

  /** A model of one Dense layer that computes the same, not compiled. */
  get model(): Sequential {
    const { kernel, bias } = this.learnt(this.#line, 'model');
    return denseModel(kernel, bias, 'linear');
  }

  protected override async learn(x: Matrix, y: ReturnType<typeof targetsOf>): Promise<void> {
    const { fitIntercept, tol } = this.config;
    // Around the means there is no intercept to look for.
    const [xMeans, yMeans] = fitIntercept ? [means(x), means(y)] : [zeros(x), zeros(y)];
    const { solution: kernel, rank } = leastSquares(around(x, xMeans), around(y, yMeans), tol);
    const atMeans = linear({ values: xMeans, rows: 1, columns: x.columns }, kernel, zeros(y));
    this.#line = { kernel, bias: yMeans.map((mean, j) => mean - atMeans[j]!), rank };
  }

  protected override async answer(x: Matrix): Promise<Float64Array> {
    return linear(x, this.#line!.kernel, this.#line!.bias);
  }
}

const zeros = ({ columns }: Matrix) => new Float64Array(columns);

function means({ values, rows, columns }: Matrix): Float64Array {
  const sums = new Float64Array(columns);
  for (let at = 0; at < values.length; at++) sums[at % columns]! += values[at]!;
  return sums.map((sum) => sum / rows);
}

const around = ({ values, rows, columns }: Matrix, centers: Float64Array): Matrix => ({
  values: values.map((value, at) => value - centers[at % columns]!),
  rows,
  columns,
});
