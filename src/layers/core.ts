import { arg, float, int, listOf, maybe, oneOf } from '../core/fields.js';
import type { PartialShape, Shape } from '../core/shape.js';
// Under another name, because `activation` is also what the option is called.
import { activation as anActivation } from '../nn/fields.js';
import { RandomStream } from '../tensor/random.js';
import type { Tensor } from '../tensor/tensor.js';
import { type CallContext, layer } from './layer.js';

/**
 * Joins all axes but the first.
 *
 * Inputs    `[batch, ...]`
 * Outputs   `[batch, features]`
 *
 * @example
 * new Flatten().apply(zeros([32, 28, 28])).shape // [32, 784]
 */
export class Flatten extends /* @__PURE__ */ layer('Flatten', () => ({
  /** Where the channels are: last, or right after the batch axis; outputs have them last. */
  dataFormat: maybe(oneOf(['channels_last', 'channels_first'])),
})) {
  override call(x: Tensor) {
    const isFirst = this.config.dataFormat === 'channels_first' && x.rank > 2;
    const last = isFirst
      ? x.transpose([0, ...x.shape.keys()].filter((d, i) => i === 0 || d > 1).concat(1))
      : x;
    return last.reshape([x.shape[0]!, x.shape.slice(1).reduce((n, size) => n * size, 1)]);
  }
}

/**
 * Sets a random share of the inputs to 0 while training, and divides the others by `1 - rate`. Srivastava et al. 2014.
 *
 * Inputs    any shape, float32
 * Outputs   the same shape
 *
 * @example
 * new Dropout(0.5, { seed: 1 })
 */
export class Dropout extends /* @__PURE__ */ layer('Dropout', (rate = arg(float({ min: 0, max: 1 }))) => ({
  /** Share of the inputs set to 0, from 0 to 1. */
  rate,
  /** Same seed, same choices. */
  seed: maybe(int()),
  /** Shape of the choices; size 1 makes one choice for the whole axis, null stands for the input's size. */
  noiseShape: maybe(listOf(maybe(int({ min: 1 })))),
})) {
  #stream: RandomStream | undefined;

  override build(_inputShape: PartialShape) {
    this.#stream ??= new RandomStream(this.config.seed);
  }

  override call(x: Tensor, { training = false }: CallContext = {}) {
    const { rate } = this.config;
    if (!training || rate === 0) return x;
    if (rate === 1) return x.mul(0);
    const isKept = this.#stream!.uniform(this.#choices(x.shape)).greaterEqual(rate);
    return isKept.where(x.mul(1 / (1 - rate)), 0);
  }

  #choices(shape: Shape): number[] {
    const { noiseShape } = this.config;
    return (noiseShape ?? shape).map((size, d) => size ?? shape[d]!);
  }
}

/**
 * Applies an activation to each element.
 *
 * @example
 * new Activation('relu')
 */
export class Activation extends /* @__PURE__ */ layer('Activation', (activation = arg(anActivation())) => ({
  /** A name or a function of a tensor. */
  activation,
})) {
  override call(x: Tensor) {
    return this.config.activation(x);
  }
}
