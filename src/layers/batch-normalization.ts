import { problem } from '../core/errors.js';
import { bool, type Field, float, int, maybe } from '../core/fields.js';
import { type PartialShape, type Shape, showShape } from '../core/shape.js';
import { isPlainObject } from '../core/text.js';
import type { InitializerOption } from '../nn/fields.js';
import { initializer } from '../nn/fields.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Variable } from '../tensor/variable.js';
import { knownAxes } from './axes.js';
import type { InputSpec } from './input-spec.js';
import type { CallContext } from './layer.js';
import { normalizingLayer } from './normalizing-layer.js';

// Keras's `epsilon()`: a batch whose steps are all masked is divided by this and not by 0.
const smallestCount = 1e-7;

/** Bounds of the corrections of batch renormalization; none where left out. */
export interface RenormClipping {
  readonly rmin?: number;
  readonly rmax?: number;
  readonly dmax?: number;
}
const bounds = ['rmin', 'rmax', 'dmax'];

const clipping = (): Field<RenormClipping> => ({
  expected: 'an object of numbers: rmin, rmax, not below rmin, and dmax, not below 0',
  parse: (given) => {
    const isBound = ([key, bound]: [string, unknown]) => bounds.includes(key) && Number.isFinite(bound);
    if (!isPlainObject(given) || !Object.entries(given).every(isBound)) return undefined;
    const { rmin = -Infinity, rmax = Infinity, dmax = 0 } = given as RenormClipping;
    return rmin <= rmax && dmax >= 0 ? (given as RenormClipping) : undefined;
  },
});

/**
 * Shifts and scales each channel to mean 0 and variance 1 of the batch, then by weights:
 * `gamma (x - mean) / √(variance + epsilon) + beta`. Outside of training, and while the layer is frozen, with the moving
 * averages of mean and variance that training has left. Ioffe and Szegedy 2015.
 *
 * Inputs    `[batch, ..., channels]`, float32; a mask `[batch, ...]` leaves steps out of mean and variance
 * Outputs   the same shape
 * Weights   `gamma`, `beta`, `moving_mean`, `moving_variance`, each `[channels]`
 * Throws    ShapeError for an unknown number of channels
 *
 * @example
 * new BatchNormalization({ momentum: 0.9 })
 */
export class BatchNormalization extends /* @__PURE__ */ normalizingLayer('BatchNormalization', () => ({
  /** The axis of channels. */
  axis: int(-1),
  /** Share of the moving averages that a batch leaves. */
  momentum: float(0.99, { min: 0, max: 1 }),
  /** First values of the moving mean. */
  movingMeanInitializer: initializer('zeros'),
  /** First values of the moving variance. */
  movingVarianceInitializer: initializer('ones'),
  /** Whether training moves results to where the moving averages would put them. Ioffe 2017. */
  renorm: bool(false),
  /** Bounds of this correction: of its factor, `rmin` and `rmax`, and of its shift, `dmax`. */
  renormClipping: maybe(clipping()),
  /** Share of the averages for this correction that a batch leaves. */
  renormMomentum: float(0.99, { min: 0, max: 1 }),
  /** As in Keras, which has more than one device: always false here. */
  synchronized: { ...bool(false), expected: 'false', parse: (given) => (given ? undefined : false) },
})) {
  declare movingMean: Variable;
  declare movingVariance: Variable;
  /** With `renorm`: the moving deviation, and mean and deviation of the correction. */
  declare movingStddev: Variable;
  declare renormMean: Variable;
  declare renormStddev: Variable;
  #axis = 0;

  override build(inputShape: PartialShape) {
    const { axis, renorm, movingMeanInitializer, movingVarianceInitializer } = this.config;
    [this.#axis] = knownAxes(this.subject, [axis], inputShape) as [number];
    const size = [inputShape[this.#axis]!];
    this.addAffine(size, this.#beside(inputShape));
    const average = (name: string, initializer: InitializerOption) =>
      this.addWeight(name, size, { initializer, trainable: false });
    this.movingMean = average('moving_mean', movingMeanInitializer);
    this.movingVariance = average('moving_variance', movingVarianceInitializer);
    if (!renorm) return;
    const deviation = (shape: Shape) => movingVarianceInitializer.call(shape).sqrt();
    this.movingStddev = average('moving_stddev', deviation);
    this.renormMean = average('renorm_mean', movingMeanInitializer);
    this.renormStddev = average('renorm_stddev', deviation);
  }

  override get inputSpec(): InputSpec | null {
    return this.builtShape && { shape: this.builtShape.map((n, d) => (d === this.#axis ? n : null)) };
  }

  override call(x: Tensor, { training = false, mask = null }: CallContext = {}) {
    const beside = this.#beside(x.shape);
    if (!training || !this.trainable) {
      const [mean, variance] = [this.movingMean, this.movingVariance].map((each) => each.reshape(beside));
      return this.normalize(x, mean!, variance!);
    }
    const [mean, variance] = this.#moments(x, mask);
    const [flatMean, flatVariance] = [mean.flatten(), variance.flatten()];
    if (this.config.renorm) {
      const [factor, shift] = this.#corrections(flatMean, flatVariance).map((each) => each.reshape(beside));
      return this.normalize(x, mean, variance, this.#corrected(factor!, shift!));
    }
    move(this.movingMean, flatMean, this.config.momentum);
    move(this.movingVariance, flatVariance, this.config.momentum);
    return this.normalize(x, mean, variance);
  }

  /** The shape of the weights where they stand beside inputs. */
  #beside(shape: PartialShape): number[] {
    return shape.map((n, d) => (d === this.#axis ? n! : 1));
  }

  /** Mean and variance of each channel, of what the mask leaves. */
  #moments(x: Tensor, mask: Tensor | null): [mean: Tensor, variance: Tensor] {
    const axes = [...x.shape.keys()].filter((d) => d !== this.#axis);
    const keepDims = { keepDims: true };
    if (!mask) return [x.mean(axes, keepDims), x.variance(axes, keepDims)];
    if (mask.rank !== x.rank - 1) throw this.#maskMisfit(x, mask);
    const counts = mask.cast('bool').expandDims(-1).broadcastTo(x.shape);
    const count = counts.cast('float32').sum(axes, keepDims).add(smallestCount);
    const mean = counts.where(x, 0).sum(axes, keepDims).div(count);
    return [mean, counts.where(x.sub(mean), 0).square().sum(axes, keepDims).div(count)];
  }

  /** What moves and scales standardized inputs to where the averages would put them; keeps the averages up. */
  #corrections(mean: Tensor, variance: Tensor): [factor: Tensor, shift: Tensor] {
    const { epsilon, momentum, renormMomentum, renormClipping } = this.config;
    const { rmin = -Infinity, rmax = Infinity, dmax = Infinity } = renormClipping ?? {};
    const deviation = variance.add(epsilon).sqrt();
    const known = this.renormStddev.maximum(Math.sqrt(epsilon));
    const factor = deviation.div(known).clip(rmin, rmax);
    const shift = mean.sub(this.renormMean).div(known).clip(-dmax, dmax);
    move(this.renormMean, mean, renormMomentum);
    move(this.renormStddev, deviation, renormMomentum);
    move(this.movingMean, mean, momentum);
    move(this.movingStddev, deviation, momentum);
    this.movingVariance.assign(this.movingStddev.square().sub(epsilon).relu());
    return [factor.stopGradient(), shift.stopGradient()];
  }

  /** The weights after a correction: `gamma (factor x + shift) + beta`. */
  #corrected(factor: Tensor, shift: Tensor) {
    const { scale, shift: beta } = this.affine;
    const moved = scale ? shift.mul(scale) : shift;
    return { scale: scale ? factor.mul(scale) : factor, shift: beta ? moved.add(beta) : moved };
  }

  #maskMisfit(x: Tensor, mask: Tensor) {
    return problem('shape-mismatch', {
      subject: this.subject,
      expected: `a mask of shape ${showShape(x.shape.slice(0, -1))}`,
      received: showShape(mask.shape),
    });
  }
}

/** Moves an average towards a new value. */
const move = (average: Variable, value: Tensor, momentum: number): void =>
  average.assign(average.mul(momentum).add(value.mul(1 - momentum)));
