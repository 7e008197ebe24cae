import { problem } from '../core/errors.js';
import { bool, either, float, int, type Optional } from '../core/fields.js';
import type { PartialShape } from '../core/shape.js';
import { Ones } from '../nn/initializers.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Variable } from '../tensor/variable.js';
import { axes, knownAxes } from './axes.js';
import type { InputSpec } from './input-spec.js';
import { layer } from './layer.js';
import { normalizingLayer } from './normalizing-layer.js';

const groups = (): Optional<number> => ({
  ...either(int({ min: 1 }), { ...int({ min: -1, max: -1 }), expected: '-1' }),
  fallback: 32,
});

/** Sizes of axes for weights, and the shape of these beside inputs. */
function sizesOf(subject: string, axis: number | readonly number[], inputShape: PartialShape) {
  // Negative axes come first, as in Keras.
  const front = knownAxes(
    subject,
    [axis].flat().sort((a, b) => a - b),
    inputShape,
  );
  return {
    front,
    size: front.map((d) => inputShape[d]!),
    beside: inputShape.map((n, d) => (front.includes(d) ? n! : 1)),
  };
}

/**
 * Shifts and scales each sample to mean 0 and variance 1 along some axes, then by weights:
 * `gamma (x - mean) / √(variance + epsilon) + beta`. Ba et al. 2016.
 *
 * Inputs    `[batch, ...]`, float32
 * Outputs   the same shape
 * Weights   `gamma`, `beta` of the sizes of the axes
 * Throws    ShapeError for axes of unknown size
 *
 * @example
 * new LayerNormalization({ axis: [1, 2] })
 */
export class LayerNormalization extends /* @__PURE__ */ normalizingLayer('LayerNormalization', () => ({
  /** Axes along which mean and variance are taken. */
  axis: axes(),
  /** Whether to leave the mean where it is: `gamma x / √(variance + epsilon)`. Keras advises `RMSNormalization`. */
  rmsScaling: bool(false),
})) {
  #axes: readonly number[] = [];

  override build(inputShape: PartialShape) {
    const { axis, scale, center, rmsScaling } = this.config;
    const { front, size, beside } = sizesOf(this.subject, axis, inputShape);
    this.#axes = front;
    this.addAffine(size, beside, { scale: scale || rmsScaling, center: center && !rmsScaling });
  }

  override call(x: Tensor) {
    const keepDims = { keepDims: true };
    const variance = x.variance(this.#axes, keepDims);
    const mean = this.config.rmsScaling ? x.lift(0) : x.mean(this.#axes, keepDims);
    return this.normalize(x, mean, variance);
  }
}

/**
 * Shifts and scales groups of channels of each sample to mean 0 and variance 1, then by weights. Wu and He 2018.
 *
 * Inputs    `[batch, ..., channels]`, float32
 * Outputs   the same shape
 * Weights   `gamma`, `beta`, each `[channels]`
 * Throws    ShapeError for an unknown number of channels, ConfigError for groups that do not divide it
 *
 * @example
 * new GroupNormalization({ groups: 4 })
 */
export class GroupNormalization extends /* @__PURE__ */ normalizingLayer('GroupNormalization', () => ({
  /** Number of groups; -1 makes each channel its own. */
  groups: groups(),
  /** The axis of channels. */
  axis: int(-1),
})) {
  #axis = 0;
  #groups = 1;

  override build(inputShape: PartialShape) {
    const { axis, groups } = this.config;
    [this.#axis] = knownAxes(this.subject, [axis], inputShape) as [number];
    const channels = inputShape[this.#axis]!;
    this.#groups = groups === -1 ? channels : groups;
    if (channels % this.#groups !== 0) throw this.#uneven(channels);
    this.addAffine([channels], this.#grouped(inputShape.map((n, d) => (d === this.#axis ? n! : 1))));
  }

  override get inputSpec(): InputSpec | null {
    return this.builtShape && { shape: this.builtShape.map((n, d) => (d === this.#axis ? n : null)) };
  }

  override call(x: Tensor) {
    const parts = x.reshape(this.#grouped(x.shape));
    const axes = [...parts.shape.keys()].filter((d) => d !== 0 && d !== this.#axis);
    const [mean, variance] = [parts.mean(axes, { keepDims: true }), parts.variance(axes, { keepDims: true })];
    return this.normalize(parts, mean, variance).reshape(x.shape);
  }

  /** A shape whose channels are two axes: groups, and channels of a group. */
  #grouped(shape: readonly number[]): number[] {
    return shape.toSpliced(this.#axis, 1, this.#groups, shape[this.#axis]! / this.#groups);
  }

  #uneven(channels: number) {
    return problem('option-value', {
      subject: `${this.subject} groups`,
      expected: `a divisor of the ${channels} channels`,
      received: String(this.config.groups),
    });
  }
}

/**
 * Scales each sample to mean square 1 along some axes, then by a weight: `scale · x / √(mean x² + epsilon)`.
 * Zhang and Sennrich 2019.
 *
 * Inputs    `[batch, ...]`, float32
 * Outputs   the same shape
 * Weights   `scale` of the sizes of the axes
 * Throws    ShapeError for axes of unknown size
 *
 * @example
 * new RMSNormalization()
 */
export class RMSNormalization extends /* @__PURE__ */ layer('RMSNormalization', () => ({
  /** Axes along which the mean is taken. */
  axis: axes(),
  /** Added to the mean square, against a division by 0. */
  epsilon: float(1e-6, { min: 0 }),
})) {
  declare scale: Variable;
  #axes: readonly number[] = [];
  #beside: readonly number[] = [];

  override build(inputShape: PartialShape) {
    const { front, size, beside } = sizesOf(this.subject, this.config.axis, inputShape);
    this.#axes = front;
    this.#beside = beside;
    this.scale = this.addWeight('scale', size, { initializer: new Ones() });
  }

  override call(x: Tensor) {
    const square = x.square().mean(this.#axes, { keepDims: true });
    return x.mul(square.add(this.config.epsilon).rsqrt()).mul(this.scale.reshape(this.#beside));
  }
}

/**
 * Scales each sample to length 1 along some axes: `x / √(Σ x²)`; zeros stay.
 *
 * Inputs    `[batch, ...]`, float32
 * Outputs   the same shape
 *
 * @example
 * new UnitNormalization().apply(tensor([[3, 4]])).toArray() // [[0.6, 0.8]]
 */
export class UnitNormalization extends /* @__PURE__ */ layer('UnitNormalization', () => ({
  /** Axes along which the length is taken. */
  axis: axes(),
})) {
  override supportsMasking = true;

  override get built() {
    return true;
  }

  override call(x: Tensor) {
    // The square of Keras's 1e-12, the smallest length that is divided by.
    return x.mul(x.square().sum(this.config.axis, { keepDims: true }).maximum(1e-24).rsqrt());
  }
}
