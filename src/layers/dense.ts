import { problem } from '../core/errors.js';
import { arg, int } from '../core/fields.js';
import { type PartialShape, showShape } from '../core/shape.js';
import { activation } from '../nn/fields.js';
import type { Tensor } from '../tensor/tensor.js';
import type { InputSpec } from './input-spec.js';
import { kernelLayer } from './kernel-layer.js';

/**
 * Densely connected layer: `activation(x · kernel + bias)`.
 *
 * Inputs    `[batch, ..., features]`, float32
 * Outputs   `[batch, ..., units]`
 * Weights   `kernel [features, units]`, `bias [units]`
 * Throws    ShapeError for another number of features
 *
 * @example
 * new Dense(10, { activation: 'softmax' })
 */
export class Dense extends /* @__PURE__ */ kernelLayer('Dense', (units = arg(int({ min: 1 }))) => ({
  /** Number of output features. */
  units,
  /** Applied to the result. */
  activation: activation('linear'),
})) {
  override supportsMasking = true;

  override build(inputShape: PartialShape) {
    const features = inputShape.at(-1) ?? null;
    if (inputShape.length < 2 || features === null) throw this.#featuresUnknown(inputShape);
    this.addKernel([features, this.config.units], this.config.units);
  }

  override get inputSpec(): InputSpec | null {
    return this.builtShape && { shape: this.builtShape, minRank: 2 };
  }

  override call(x: Tensor) {
    return this.config.activation(this.addBias(x.matmul(this.kernel)));
  }

  #featuresUnknown(inputShape: PartialShape) {
    return problem('shape-mismatch', {
      subject: this.subject,
      expected: 'inputs of shape [batch, ..., features] with a known number of features',
      received: showShape(inputShape),
      fix:
        inputShape.length < 2
          ? 'Give each sample its own array, `[[1], [2]]`; for a tensor write `x.expandDims(-1)`.'
          : undefined,
    });
  }
}
