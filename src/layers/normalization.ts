import { problem } from '../core/errors.js';
import { bool, either, float, listOf, maybe } from '../core/fields.js';
import type { PartialShape, Shape } from '../core/shape.js';
import { warnOnce } from '../core/warnings.js';
import { Ones, Zeros } from '../nn/initializers.js';
import { tensor } from '../tensor/create.js';
import type { NestedInput } from '../tensor/nested.js';
import { full, Tensor } from '../tensor/tensor.js';
import type { Variable } from '../tensor/variable.js';
import { alreadyGiven, nothingToLearn } from './adapt.js';
import { axes, knownAxes } from './axes.js';
import { layer } from './layer.js';

const numbers = () => maybe(either(float(), listOf(float())));

// Keras's `epsilon()`: a constant feature is divided by this and not by 0.
const smallestDeviation = 1e-7;

/**
 * Shifts and scales each feature to mean 0 and variance 1: `(x - mean) / √variance`.
 *
 * Inputs    `[batch, ...]`, float32
 * Outputs   the same shape
 * Weights   `mean`, `variance` of the kept axes and `count` (int32), set by `adapt`; none when given as options
 * Throws    ConfigError for a mean without a variance, ShapeError for axes of unknown size
 *
 * @example
 * const normalization = new Normalization();
 * normalization.adapt([[1], [3]]);
 * normalization.apply(tensor([[4]])).toArray(); // [[2]]
 */
export class Normalization extends /* @__PURE__ */ layer('Normalization', () => ({
  /** Axes that have a mean and a variance for each place; null has one for all. */
  axis: { ...maybe(axes()), fallback: -1 },
  /** Known means, in place of `adapt`. */
  mean: numbers(),
  /** Known variances, in place of `adapt`. */
  variance: numbers(),
  /** Whether to undo the normalization: `mean + x √variance`. */
  invert: bool(false),
})) {
  declare adaptedMean: Variable | undefined;
  declare adaptedVariance: Variable | undefined;
  declare count: Variable | undefined;
  #kept: readonly number[] = [];
  override supportsMasking = true;
  #broadcast: Shape = [];

  override build(inputShape: PartialShape) {
    const { axis } = this.config;
    const given = axis === null ? [] : [axis].flat();
    this.#kept = knownAxes(this.subject, given, inputShape).sort((a, b) => a - b);
    const sizes = this.#kept.map((d) => inputShape[d]!);
    this.#broadcast = inputShape.map((n, d) => (this.#kept.includes(d) ? n! : 1));
    const { mean, variance } = this.config;
    if ((mean === null) !== (variance === null)) throw this.#halfGiven();
    if (mean !== null) return;
    const fixed = { trainable: false };
    this.adaptedMean = this.addWeight('mean', sizes, { initializer: new Zeros(), ...fixed });
    this.adaptedVariance = this.addWeight('variance', sizes, { initializer: new Ones(), ...fixed });
    this.count = this.addWeight('count', [], { initializer: new Zeros(), dtype: 'int32', ...fixed });
  }

  /** The means, in a shape that broadcasts to the inputs'. */
  get mean(): Tensor {
    return this.#spread(this.adaptedMean ?? this.config.mean);
  }

  /** The variances, in a shape that broadcasts to the inputs'. */
  get variance(): Tensor {
    return this.#spread(this.adaptedVariance ?? this.config.variance);
  }

  /** Learns mean and variance from all of `data`, which forgets what was learnt before. */
  adapt(data: Tensor | NestedInput): void {
    const x = (data instanceof Tensor ? data : tensor(data)).cast('float32');
    if (x.size === 0) throw nothingToLearn(this.subject);
    this.buildOnce([null, ...x.shape.slice(1)]);
    if (!this.adaptedMean) throw alreadyGiven(this.subject, 'mean and variance');
    const folded = [...x.shape.keys()].filter((d) => !this.#kept.includes(d));
    this.adaptedMean.assign(x.mean(folded));
    this.adaptedVariance!.assign(x.variance(folded));
    this.count!.assign(x.shape[0]!);
  }

  override call(x: Tensor) {
    const deviation = this.variance.sqrt().maximum(smallestDeviation);
    return this.config.invert ? x.mul(deviation).add(this.mean) : x.sub(this.mean).div(deviation);
  }

  override inspect(what: string) {
    if (!this.adaptedVariance || this.adaptedVariance.data().some((variance) => variance !== 1)) return;
    if (this.count!.item() !== 0 || this.adaptedMean!.data().some((mean) => mean !== 0)) return;
    warnOnce(
      `${what} ${this.subject}`,
      `${this.subject} has not learnt from data, and changes nothing. Call its \`adapt\` first.`,
    );
  }

  #spread(given: Variable | number | readonly number[] | null): Tensor {
    if (typeof given === 'number') return full(this.#broadcast, given);
    return (given instanceof Tensor ? given : tensor(given!)).reshape(this.#broadcast);
  }

  #halfGiven() {
    return problem('option-value', {
      subject: this.subject,
      expected: 'both mean and variance, or neither',
      received: this.config.mean === null ? 'variance alone' : 'mean alone',
    });
  }
}
