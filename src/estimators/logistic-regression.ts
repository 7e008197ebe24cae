import { bool, float, oneOf } from '../core/fields.js';
import { checkNoMore } from '../core/option-names.js';
import { resetWarnings, warnOnce } from '../core/warnings.js';
import type { Numbers } from '../models/data-adapter.js';
import { Pacer } from '../models/pause.js';
import type { Sequential } from '../models/sequential.js';
import type { Tensor } from '../tensor/tensor.js';
import { classifier } from './classifier.js';
import { steps, tolerance } from './fields.js';
import type { Label, Labels } from './labels.js';
import { denseModel, transposed } from './linear/dense-model.js';
import { minimize } from './linear/l-bfgs.js';
import { chances, logisticLoss, type Scores, scoresAt } from './linear/logistic-loss.js';
import { floats, type Matrix } from './matrix.js';

const logisticFields = () => ({
  /** How little weights are held back: the penalty is `Σw² / 2C`, against the sum of all samples' losses. Default 1. */
  C: float(1, { above: 0 }),
  /** Whether weights are held back at all. Default `'l2'`. */
  penalty: oneOf(['l2', 'none'], 'l2'),
  /** Whether there is a bias, which is never held back. Default true. */
  fitIntercept: bool(true),
  /** Most steps. Default 100. */
  maxIter: steps(100),
  /** Ends the search where no part of the mean loss's gradient is larger. Default 1e-4. */
  tol: tolerance(),
});

/**
 * `softmax(x · coef + intercept)`, of two classes `sigmoid`: the weights that make the labels likeliest, found by L-BFGS in float64.
 *
 * Inputs    `x [n, features]`, finite; `y [n]`, numbers, or words for `new LogisticRegression<string>()`
 * Outputs   `coef [classes, features]`, `intercept [classes]`, of two classes one row; `classes`, sorted; `nIter`
 * Throws    DataError for one class alone and for quantities in place of classes; ShapeError and DataError for data that does not
 *           fit; StateError for results before `fit`
 *
 * Source: Liu and Nocedal 1989; scikit-learn's `LogisticRegression`.
 *
 * @example
 * const model = await new LogisticRegression().fit([[1], [2], [8], [9]], [0, 0, 1, 1]);
 * (await model.predict([[0], [10]])).toArray(); // [0, 1]
 * const words = await new LogisticRegression<string>().fit([[1], [9]], ['small', 'large']);
 * await words.predict([[8]]); // ['large']
 */
export class LogisticRegression<L extends Label = number> extends /* @__PURE__ */ classifier(
  'LogisticRegression',
  logisticFields,
)<L> {
  #scores?: Scores;
  #steps = 0;

  /** Looks for the weights. */
  async fit(x: Numbers, y: Labels<L>, ...more: []): Promise<this> {
    checkNoMore('LogisticRegression.fit', more);
    resetWarnings();
    return this.learnFrom(x, y);
  }

  /** How much the score of each class grows with each feature: `[classes, features]`; `[1, features]` of two classes. */
  get coef(): Tensor {
    const { values, rows, columns } = transposed(this.learnt(this.#scores, 'coef').kernel);
    return floats(values, [rows, columns]);
  }

  /** The score of each class where all features are 0: `[classes]`; `[1]` of two classes. */
  get intercept(): Tensor {
    const { bias } = this.learnt(this.#scores, 'intercept');
    return floats(bias, [bias.length]);
  }

  /** Steps of the search. */
  get nIter(): number {
    this.learnt(this.#scores, 'nIter');
    return this.#steps;
  }

  /** A model of one Dense layer that computes the same chances, of two classes that of the second; not compiled. */
  get model(): Sequential {
    const { kernel, bias } = this.learnt(this.#scores, 'model');
    return denseModel(kernel, bias, bias.length === 1 ? 'sigmoid' : 'softmax');
  }

  protected override async learn(x: Matrix, y: Int32Array, count: number): Promise<void> {
    const { C, penalty, fitIntercept, maxIter, tol } = this.config;
    const outputs = count === 2 ? 1 : count;
    const loss = logisticLoss({
      x,
      y,
      outputs,
      hasBias: fitIntercept,
      penalty: penalty === 'l2' ? 1 / (C * x.rows) : 0,
    });
    const start = new Float64Array((x.columns + Number(fitIntercept)) * outputs);
    const { rest } = new Pacer(null);
    const { point, steps, isConverged } = await minimize(loss, start, { maxIter, tolerance: tol, rest });
    if (!isConverged) warnOnce('LogisticRegression steps', unfinished(maxIter));
    this.#scores = scoresAt(point, x.columns, outputs);
    this.#steps = steps;
  }

  protected override async chances(x: Matrix): Promise<Float64Array> {
    return chances(x, this.#scores!);
  }
}

const unfinished = (maxIter: number) =>
  `LogisticRegression has not reached \`tol\` in ${maxIter} steps: bring the features to one scale with a StandardScaler, or allow more \`maxIter\`.`;
