/** Features brought to one scale, each for itself. */

import type { Numbers } from '../models/data-adapter.js';
import type { Tensor } from '../tensor/tensor.js';
import { Estimator } from './estimator.js';
import { floats, type Matrix, matrixOf } from './matrix.js';

/** NaN stands for what is missing: it is passed over by `fit` and stays in what `transform` gives. */
const allowed = { missing: true } as const;

/** An estimator that changes each feature by a rule of its own, and back. */
export abstract class Scaler extends Estimator {
  #features?: number;

  /** Looks at each feature. */
  protected abstract learn(columns: readonly Float64Array[]): void;
  protected abstract change(value: number, feature: number): number;
  protected abstract restore(value: number, feature: number): number;

  /** Finds the scale of each feature. */
  fit(x: Numbers): this {
    const table = matrixOf(`${this.className}.fit x`, x, allowed);
    this.learn(Array.from({ length: table.columns }, (_, feature) => present(table, feature)));
    this.#features = table.columns;
    return this;
  }

  /** The features on the new scale: `[n, features]`, float32. */
  transform(x: Numbers): Tensor {
    return this.#each('transform', x, (value, feature) => this.change(value, feature));
  }

  /** `fit`, then `transform` of the same. */
  fitTransform(x: Numbers): Tensor {
    return this.fit(x).transform(x);
  }

  /** The features on the scale they had. */
  inverseTransform(x: Numbers): Tensor {
    return this.#each('inverseTransform', x, (value, feature) => this.restore(value, feature));
  }

  #each(method: string, x: Numbers, rule: (value: number, feature: number) => number): Tensor {
    const features = this.learnt(this.#features, method);
    const { values, rows, columns } = this.samples(method, x, features, allowed);
    return floats(
      values.map((value, at) => rule(value, at % columns)),
      [rows, columns],
    );
  }
}

/** The values of a feature that are not missing. */
function present({ values, rows, columns }: Matrix, feature: number): Float64Array {
  const column = Float64Array.from({ length: rows }, (_, row) => values[row * columns + feature]!);
  return column.filter((value) => !Number.isNaN(value));
}
