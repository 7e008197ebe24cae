/** What estimators of numbers share. */

import type { Numbers } from '../models/data-adapter.js';
import type { Tensor } from '../tensor/tensor.js';
import { Estimator } from './estimator.js';
import { checkLengths, floats, type Matrix, matrixOf, targetsOf } from './matrix.js';
import { r2Of } from './scores/regression-scores.js';

type Targets = ReturnType<typeof targetsOf>;

/** An estimator that answers each sample with a number, or with a row of them. */
export abstract class Regressor extends Estimator {
  #features?: number;
  #isFlat = true;

  /** Learns from samples that have been checked. */
  protected abstract learn(x: Matrix, y: Targets): Promise<void>;
  /** Answers of samples that have been checked, row after row. */
  protected abstract answer(x: Matrix): Promise<ArrayLike<number>>;

  protected async learnFrom(x: Numbers, y: Numbers): Promise<this> {
    const samples = matrixOf(`${this.className}.fit x`, x);
    const targets = targetsOf(`${this.className}.fit y`, y);
    checkLengths(`${this.className}.fit`, samples.rows, targets.rows);
    await this.learn(samples, targets);
    this.#features = samples.columns;
    this.#isFlat = targets.isFlat;
    return this;
  }

  /** Whether `fit` had one number for each sample, and no row. */
  protected get isFlat(): boolean {
    return this.#isFlat;
  }

  /** One number for each sample, `[n]`, or a row of them, `[n, targets]`, as `fit` had. */
  async predict(x: Numbers): Promise<Tensor> {
    const { values, rows, columns } = await this.#answers('predict', x);
    return floats(values, this.#isFlat ? [rows] : [rows, columns]);
  }

  /** `r2Score` of what it predicts: 1 is best, 0 as good as the mean. */
  async score(x: Numbers, y: Numbers): Promise<number> {
    const subject = `${this.className}.score`;
    const answers = await this.#answers('score', x);
    return r2Of(subject, targetsOf(`${subject} y`, y), answers);
  }

  /** In float64, where the estimator has it so. */
  async #answers(method: string, x: Numbers): Promise<Matrix> {
    const samples = this.samples(method, x, this.learnt(this.#features, method));
    const values = Float64Array.from(await this.answer(samples));
    return { values, rows: samples.rows, columns: values.length / samples.rows };
  }
}
