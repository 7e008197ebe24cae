import type { Numbers } from '../models/data-adapter.js';
import type { Sequential } from '../models/sequential.js';
import { classifier } from './classifier.js';
import type { Label, Labels } from './labels.js';
import { floats, integers, type Matrix } from './matrix.js';
import { mlpFields } from './mlp/fields.js';
import { outputsOf } from './mlp/outputs.js';
import { type MLPFitOptions, type Trained, trained } from './mlp/perceptron.js';

/**
 * A network of Dense layers that answers with labels: hidden layers, then softmax, of two classes one sigmoid. A Sequential, trained
 * by cross-entropy until it improves no more.
 *
 * Inputs    `x [n, features]`, finite; `y [n]`, numbers, or words for `new MLPClassifier<string>()`
 * Outputs   `classes`, sorted; `model`; `lossCurve`, one value an epoch
 * Throws    DataError for one class alone, for quantities in place of classes, and for a loss that becomes NaN or infinite;
 *           ShapeError and DataError for data that does not fit; StateError for results before `fit`
 *
 * Source: options, first weights and stopping as in scikit-learn's `MLPClassifier`, but for biases, which begin at 0.
 *
 * @example
 * const x = [[0, 0], [0, 1], [1, 0], [1, 1]];
 * const model = new MLPClassifier({ hiddenLayerSizes: [16], learningRateInit: 0.05 });
 * await model.fit(x, [0, 1, 1, 0]);
 * (await model.predict(x)).toArray(); // [0, 1, 1, 0]
 */
export class MLPClassifier<L extends Label = number> extends /* @__PURE__ */ classifier(
  'MLPClassifier',
  mlpFields,
)<L> {
  #trained?: Trained;
  #options: MLPFitOptions = {};

  /** Trains on the samples. */
  async fit(x: Numbers, y: Labels<L>, options: MLPFitOptions = {}): Promise<this> {
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

  /** The accuracy after each epoch on samples kept apart; none without `earlyStopping`. */
  get validationScores(): readonly number[] {
    return this.learnt(this.#trained, 'validationScores').validationScores;
  }

  /** Epochs of the training. */
  get nIter(): number {
    return this.learnt(this.#trained, 'nIter').lossCurve.length;
  }

  protected override async learn(x: Matrix, y: Int32Array, count: number): Promise<void> {
    const isBinary = count === 2;
    this.#trained = await trained(
      this.config,
      {
        name: 'MLPClassifier',
        x: floats(x.values, [x.rows, x.columns]),
        y: isBinary ? floats(y, [x.rows, 1]) : integers(y),
        strata: y,
        outputs: isBinary ? 1 : count,
        outputActivation: isBinary ? 'sigmoid' : 'softmax',
        loss: isBinary ? 'binary_crossentropy' : 'sparse_categorical_crossentropy',
        metrics: ['accuracy'],
        score: 'accuracy',
      },
      this.#options,
    );
  }

  protected override async chances(x: Matrix): Promise<ArrayLike<number>> {
    const outputs = await outputsOf('MLPClassifier', this.#trained!.model, x);
    const found = outputs.values();
    if (outputs.shape[1] !== 1) return found;
    return Float64Array.from({ length: 2 * x.rows }, (_, at) => {
      const second = found[at >> 1]!;
      return at % 2 === 1 ? second : 1 - second;
    });
  }
}
