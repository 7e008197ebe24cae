import type { Numbers } from '../models/data-adapter.js';
import type { Sequential } from '../models/sequential.js';
import { R2Score } from '../nn/r2-score.js';
import type { Tensor } from '../tensor/tensor.js';
import { estimator } from './estimator.js';
import { floats, type Matrix } from './matrix.js';
import { mlpFields } from './mlp/fields.js';
import { outputsOf } from './mlp/outputs.js';
import { type MLPFitOptions, type Trained, trained } from './mlp/perceptron.js';
import { Regressor } from './regressor.js';

/** `mean (yTrue - yPred)² / 2`, of each sample. */
const halfSquares = (yTrue: Tensor, yPred: Tensor): Tensor => yTrue.sub(yPred).square().mean(-1).div(2);

/**
 * A network of Dense layers that answers with numbers: hidden layers, then a linear one. A Sequential, trained by half the squared
 * error until it improves no more.
 *
 * Inputs    `x [n, features]`, finite; `y [n]` or `[n, targets]`
 * Outputs   `model`; `lossCurve`, one value an epoch
 * Throws    DataError for a loss that becomes NaN or infinite; ShapeError and DataError for data that does not fit;
 *           StateError for results before `fit`
 *
 * Source: options, first weights and stopping as in scikit-learn's `MLPRegressor`, but for biases, which begin at 0.
 *
 * @example
 * const model = new MLPRegressor({ hiddenLayerSizes: [16], learningRateInit: 0.02, tol: 0.01 });
 * await model.fit([[0], [1], [2], [3]], [0, 1, 4, 9]);
 * (await model.predict([[1.5]])).shape; // [1]
 */
export class MLPRegressor extends /* @__PURE__ */ estimator('MLPRegressor', mlpFields, Regressor) {
  #trained?: Trained;
  #options: MLPFitOptions = {};

  /** Trains on the samples. */
  async fit(x: Numbers, y: Numbers, options: MLPFitOptions = {}): Promise<this> {
    this.#options = options;
    return this.learnFrom(x, y);
  }

  /** The network. */
  get model(): Sequential {
    return this.learnt(this.#trained, 'model').model;
  }

  /** The mean loss of each epoch, penalties included. */
  get lossCurve(): readonly number[] {
    return this.learnt(this.#trained, 'lossCurve').lossCurve;
  }

  /** `r2Score` after each epoch on samples kept apart; none without `earlyStopping`. */
  get validationScores(): readonly number[] {
    return this.learnt(this.#trained, 'validationScores').validationScores;
  }

  /** Epochs of the training. */
  get nIter(): number {
    return this.learnt(this.#trained, 'nIter').lossCurve.length;
  }

  protected override async learn(x: Matrix, y: Matrix): Promise<void> {
    this.#trained = await trained(
      this.config,
      {
        name: 'MLPRegressor',
        x: floats(x.values, [x.rows, x.columns]),
        y: floats(y.values, [y.rows, y.columns]),
        outputs: y.columns,
        outputActivation: 'linear',
        loss: halfSquares,
        metrics: [new R2Score()],
        score: 'r2_score',
      },
      this.#options,
    );
  }

  protected override async answer(x: Matrix): Promise<ArrayLike<number>> {
    return (await outputsOf('MLPRegressor', this.#trained!.model, x)).values();
  }
}
