/** What training, evaluation and prediction know of a model: a function of tensors with weights. */

import type { PartialShape } from '../core/shape.js';
import type { CallContext, Layer } from '../layers/layer.js';
import type { Optimizer } from '../nn/optimizers/optimizer.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Variable } from '../tensor/variable.js';
import type { Inputs, Numbers } from './data-adapter.js';

/** Values of one epoch by their Keras names, such as `loss`, `accuracy`, `val_loss`. */
export interface Logs {
  loss: number;
  [name: string]: number;
}

export interface Network {
  readonly name: string;
  /** The model in messages: `Sequential 'digits'`. */
  readonly subject: string;
  readonly layers: readonly Layer[];
  /** Shape of the inputs, batch axis first; null before it is known. */
  readonly inputShape: PartialShape | null;
  readonly outputShape: PartialShape | null;
  /** What `compile` chose; null before. Its `learningRate` may be set at any time. */
  readonly optimizer: Optimizer | null;
  readonly trainableWeights: readonly Variable[];
  /** Penalties of the regularizers, and what layers add to the loss. */
  readonly losses: readonly Tensor[];
  /** Set to true to end training after the batch. */
  stopTraining: boolean;
  /** Set to true to end an evaluation after the batch. */
  stopEvaluating: boolean;
  /** Set to true to end a prediction after the batch. */
  stopPredicting: boolean;
  /** Makes the weights for inputs of this shape, batch axis first. */
  build(inputShape: PartialShape): void;
  /** What the first layers make of words and the like, which programs cannot take. */
  encode(given: Inputs): Numbers;
  /** What the programs compute. */
  forward(x: Tensor, context: CallContext): Tensor;
  getWeights(): Tensor[];
  setWeights(values: readonly Tensor[]): void;
}
