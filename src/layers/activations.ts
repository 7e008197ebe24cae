import { arg, type Field, float, int, listOf, maybe } from '../core/fields.js';
import type { PartialShape } from '../core/shape.js';
import { elu, leakyRelu, relu } from '../nn/activations.js';
// Under another name, because `activation` is also what the option is called.
import { activation as anActivation, constraint, initializer, regularizer } from '../nn/fields.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Variable } from '../tensor/variable.js';
import { axes, knownAxes } from './axes.js';
import type { InputSpec } from './input-spec.js';
import { type CallContext, layer } from './layer.js';

/**
 * Applies an activation to each element.
 *
 * Inputs    any shape, float32
 * Outputs   the same shape; `'glu'` halves the last axis
 *
 * @example
 * new Activation('relu')
 */
export class Activation extends /* @__PURE__ */ layer('Activation', (activation = arg(anActivation())) => ({
  /** A name or a function of a tensor. */
  activation,
})) {
  override supportsMasking = true;

  override get built() {
    return true;
  }

  override call(x: Tensor) {
    return this.config.activation(x);
  }
}

/**
 * `max(x, 0)`; with options `x` from the threshold to the largest value, and `negativeSlope (x - threshold)` below.
 *
 * Inputs    any shape, float32
 * Outputs   the same shape
 *
 * @example
 * new ReLU({ maxValue: 6 })
 */
export class ReLU extends /* @__PURE__ */ layer('ReLU', () => ({
  /** Larger values become this one. */
  maxValue: maybe(float({ min: 0 })),
  /** Slope below the threshold. */
  negativeSlope: float(0, { min: 0 }),
  /** Where the function leaves 0. */
  threshold: float(0, { min: 0 }),
})) {
  override supportsMasking = true;

  override get built() {
    return true;
  }

  override call(x: Tensor) {
    return relu(x, this.config);
  }
}

/**
 * `x`, and `negativeSlope · x` below 0. Maas et al. 2013.
 *
 * Inputs    any shape, float32
 * Outputs   the same shape
 *
 * @example
 * new LeakyReLU(0.1).apply(tensor([[-1, 2]])).toArray() // [[-0.1, 2]]
 */
export class LeakyReLU extends /* @__PURE__ */ layer(
  'LeakyReLU',
  (negativeSlope = arg(float(0.3, { min: 0 }))) => ({
    /** Slope below 0. */
    negativeSlope,
  }),
) {
  override supportsMasking = true;

  override get built() {
    return true;
  }

  override call(x: Tensor) {
    return leakyRelu(x, this.config);
  }
}

/**
 * `x`, and `alpha (eˣ - 1)` below 0. Clevert et al. 2016.
 *
 * Inputs    any shape, float32
 * Outputs   the same shape
 *
 * @example
 * new ELU(0.5)
 */
export class ELU extends /* @__PURE__ */ layer('ELU', (alpha = arg(float(1))) => ({
  /** How far below 0 it goes. */
  alpha,
})) {
  override supportsMasking = true;

  override get built() {
    return true;
  }

  override call(x: Tensor) {
    return elu(x, this.config);
  }
}

/** One axis of a sample or several, counted from 1. */
const sampleAxes = (): Field<number | readonly number[], readonly number[]> => {
  const list = listOf(int({ min: 1 }));
  return {
    expected: `an integer of 1 or more, or ${list.expected}`,
    parse: (given) => list.parse([given].flat()),
  };
};

/**
 * `x`, and `alpha · x` below 0, where `alpha` is learnt. He et al. 2015.
 *
 * Inputs    `[batch, ...]`, float32
 * Outputs   the same shape
 * Weights   `alpha` of the shape of one sample, with size 1 along shared axes
 * Throws    ShapeError for axes of unknown size that are not shared
 *
 * @example
 * new PReLU({ sharedAxes: [1, 2] })
 */
export class PReLU extends /* @__PURE__ */ layer('PReLU', () => ({
  /** First values of `alpha`. */
  alphaInitializer: initializer('zeros'),
  /** Penalty on `alpha`, added to the loss. */
  alphaRegularizer: regularizer(),
  /** What the optimizer does to each new `alpha`. */
  alphaConstraint: constraint(),
  /** Axes that have one `alpha` for all places, counted from 1: the axes of images are 1 and 2. */
  sharedAxes: maybe(sampleAxes()),
})) {
  declare alpha: Variable;
  #own: readonly number[] = [];
  override supportsMasking = true;

  override build(inputShape: PartialShape) {
    const shared = knownAxes(
      this.subject,
      this.config.sharedAxes ?? [],
      inputShape.map((n) => n ?? 1),
    );
    const others = [...inputShape.keys()].slice(1).filter((d) => !shared.includes(d));
    this.#own = knownAxes(this.subject, others, inputShape);
    const size = inputShape.slice(1).map((n, i) => (shared.includes(i + 1) ? 1 : n!));
    this.alpha = this.addOwnWeight('alpha', size);
  }

  override get inputSpec(): InputSpec | null {
    return this.builtShape && { shape: this.builtShape.map((n, d) => (this.#own.includes(d) ? n : null)) };
  }

  override call(x: Tensor) {
    return x.relu().sub(this.alpha.mul(x.neg().relu()));
  }
}

/**
 * `exp(x) / Σ exp(x)` along some axes: positive numbers that add up to 1.
 *
 * Inputs    `[batch, ...]`, float32; a mask of their shape, or one that broadcasts to it, leaves elements out, which become 0
 * Outputs   the same shape
 *
 * @example
 * new Softmax().apply(tensor([[0, 0]])).toArray() // [[0.5, 0.5]]
 */
export class Softmax extends /* @__PURE__ */ layer('Softmax', () => ({
  /** Axes along which results add up to 1. */
  axis: axes(),
})) {
  override supportsMasking = true;

  override get built() {
    return true;
  }

  override call(x: Tensor, { mask = null }: CallContext = {}) {
    if (!mask) return this.#softmax(x);
    const counts = mask.dtype === 'bool' ? mask : mask.greater(0.5);
    // Keras's number for what is left out, so that a row without any element has no NaN.
    return counts.where(this.#softmax(counts.where(x, -1e9)), 0);
  }

  #softmax(x: Tensor): Tensor {
    const { axis } = this.config;
    return typeof axis === 'number' ? x.softmax(axis) : x.sub(x.logsumexp(axis, { keepDims: true })).exp();
  }
}
