import { arg, bool, type Field, int, maybe, unsaved } from '../core/fields.js';
import { sizeOf } from '../core/shape.js';
import { warnOnce } from '../core/warnings.js';
import { constraint, initializer, regularizer } from '../nn/fields.js';
import type { NestedInput } from '../tensor/nested.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Variable } from '../tensor/variable.js';
import { layer } from './layer.js';

const matrix = (): Field<Tensor | NestedInput> => ({
  expected: 'an array [inputDim, outputDim] or a tensor',
  parse: (given) => (typeof given === 'object' ? given : undefined),
});

/**
 * A vector of weights for each id: row `id` of the embeddings.
 *
 * Inputs    `[batch, ...]`, ids from 0 to `inputDim - 1`; fractions are cut off
 * Outputs   `[batch, ..., outputDim]`; NaN for an id outside
 * Weights   `embeddings [inputDim, outputDim]`
 *
 * @example
 * new Embedding(1000, 16).apply(tensor([[4, 20]], { dtype: 'int32' })).shape // [1, 2, 16]
 */
export class Embedding extends /* @__PURE__ */ layer(
  'Embedding',
  (inputDim = arg(int({ min: 1 })), outputDim = arg(int({ min: 1 }))) => ({
    /** Number of ids. */
    inputDim,
    /** Size of each vector. */
    outputDim,
    /** First values of the embeddings. */
    embeddingsInitializer: initializer('uniform'),
    /** Penalty on the embeddings, added to the loss. */
    embeddingsRegularizer: regularizer(),
    /** What the optimizer does to the embeddings after each step. */
    embeddingsConstraint: constraint(),
    /** Penalty on the outputs, added to the loss as its mean over the batch. */
    activityRegularizer: regularizer(),
    /** Whether id 0 fills sequences up, and layers after this one leave such steps out. */
    maskZero: bool(false),
    /** First values of the embeddings, in place of an initializer. */
    weights: unsaved(maybe(matrix())),
  }),
) {
  declare embeddings: Variable;
  override supportsMasking = this.config.maskZero;

  override build() {
    const { inputDim, outputDim, weights } = this.config;
    this.embeddings = this.addOwnWeight('embeddings', [inputDim, outputDim]);
    if (weights) this.setWeights([weights]);
  }

  override call(ids: Tensor) {
    // Without this a NaN would become id 0.
    const known = ids.dtype === 'float32' ? ids.isNaN().where(this.config.inputDim, ids) : ids;
    return this.embeddings.gather(known.cast('int32'));
  }

  override inspect(what: string, ids: Tensor) {
    const last = this.config.inputDim - 1;
    const at = ids.values().findIndex((id) => id <= -1 || id >= last + 1);
    if (at < 0) return;
    const row = Math.floor(at / sizeOf(ids.shape.slice(1)));
    warnOnce(
      `${what} ids of ${this.subject}`,
      `${what} has id ${ids.values()[at]} in row ${row}: ids of ${this.subject} are 0 to ${last}. ` +
        'Larger ones become NaN, negative ones count from the end.',
    );
  }

  override computeMask(ids: Tensor): Tensor {
    return ids.notEqual(0);
  }
}
