import { arg, shape as aShape, int, type Json, type JsonObject, maybe } from '../core/fields.js';
import type { WriteOptions } from '../core/schema.js';
import type { PartialShape } from '../core/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { layer } from './layer.js';

/**
 * States the shape of a model's inputs; computes nothing.
 *
 * Inputs    `[batch, ...shape]`
 * Outputs   the inputs
 *
 * @example
 * new Sequential([new InputLayer([784]), new Dense(10)])
 */
export class InputLayer extends /* @__PURE__ */ layer('InputLayer', (shape = arg(aShape())) => ({
  /** Shape of one example, without the batch axis. */
  shape,
  /** Examples in each batch; any number when null. */
  batchSize: maybe(int({ min: 1 })),
})) {
  /** Reads Keras's JSON, where the shape has its batch axis. */
  // biome-ignore lint/suspicious/noExplicitAny: any subclass
  static override fromConfig<T>(this: new (...args: any) => T, config: JsonObject): T {
    const { batch_shape, batch_input_shape, name } = config ?? {};
    const whole = batch_shape ?? batch_input_shape;
    if (!Array.isArray(whole)) return new this(whole); // which says what a shape is
    const [batchSize = null, ...shape] = whole;
    return new this(shape, { batchSize, ...(name !== undefined && { name }) });
  }

  override supportsMasking = true;

  override get statedShape(): PartialShape {
    return [this.config.batchSize, ...this.config.shape];
  }

  override call(x: Tensor) {
    return x;
  }

  override getConfig(_options: WriteOptions = {}): JsonObject {
    return inputConfig(this.statedShape, this.name);
  }
}

/** Keras's JSON of an input. */
export const inputConfig = (shape: PartialShape, name: string): { readonly [key: string]: Json } => ({
  batch_shape: shape,
  dtype: 'float32',
  sparse: false,
  ragged: false,
  name,
  optional: false,
});

/**
 * A layer that states the shape of one example, as Keras's `Input`.
 *
 * @example
 * new Sequential([Input([784]), new Dense(10)])
 */
export const Input = (shape: PartialShape, options: { readonly name?: string } = {}): InputLayer =>
  new InputLayer(shape, options);
