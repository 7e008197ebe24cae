import { problem } from '../core/errors.js';
import { float, int, type JsonObject, listOf, maybe, oneOf } from '../core/fields.js';
import type { WriteOptions } from '../core/schema.js';
import { show } from '../core/text.js';
import { tensor } from '../tensor/create.js';
import type { NestedInput } from '../tensor/nested.js';
import { Tensor } from '../tensor/tensor.js';
import { alreadyGiven, notAdapted, nothingToLearn } from './adapt.js';
import { noteChange } from './changes.js';
import { encodeCategories, encodings } from './encoding.js';
import { layer } from './layer.js';
import { boundariesOf, summarize } from './quantiles.js';

/**
 * Puts numbers into bins: how many boundaries are not above `x`.
 *
 * Inputs    `[batch, ...]`, numbers of any type
 * Outputs   the same shape, int32, from 0 to the number of boundaries; NaN is in the last bin. With another
 *           `outputMode` as `CategoryEncoding`
 * Throws    StateError before `adapt` when no boundaries were given
 *
 * @example
 * new Discretization({ binBoundaries: [0, 10] }).apply(tensor([-1, 0, 9, 10])).toArray() // [0, 1, 1, 2]
 */
export class Discretization extends /* @__PURE__ */ layer('Discretization', () => ({
  /** Where bins meet, in ascending order; each place belongs to the bin above it. */
  binBoundaries: maybe(listOf(float())),
  /** How many bins `adapt` makes, each for as many examples. */
  numBins: maybe(int({ min: 1 })),
  /** How far a bin may be from its share of examples, in parts of all of them. */
  epsilon: float(0.01, { above: 0, max: 1 }),
  /** `'int'`: the number of the bin; otherwise as `CategoryEncoding`. */
  outputMode: oneOf(['int', ...encodings], 'int'),
})) {
  #boundaries = this.#given();

  /** Reads Keras's JSON, which after `adapt` has boundaries beside the number of bins. */
  // biome-ignore lint/suspicious/noExplicitAny: any subclass
  static override fromConfig<T>(this: new (...args: any) => T, config: JsonObject): T {
    const { bin_boundaries: learnt, ...rest } = config;
    const isLearnt = (learnt ?? null) !== null && (config.num_bins ?? null) !== null;
    // biome-ignore lint/complexity/noThisInStatic: a subclass makes its own instances
    const made = super.fromConfig.call(this, isLearnt ? rest : config) as Discretization;
    if (isLearnt) made.#learn(made.#ascending(learnt as readonly number[]));
    return made as T;
  }

  /** Where bins meet, as given or learnt; null before. */
  get binBoundaries(): readonly number[] | null {
    return this.#boundaries;
  }

  /** What `adapt` has found, which no option says. */
  get learnt(): readonly number[] | null {
    return this.config.numBins === null ? null : this.#boundaries;
  }

  /** Learns boundaries that put as many of these numbers into each bin as into any other. */
  adapt(data: Tensor | NestedInput): void {
    const { numBins, epsilon } = this.config;
    if (numBins === null) throw alreadyGiven(this.subject, 'boundaries');
    const numbers = (data instanceof Tensor ? data : tensor(data)).values();
    if (numbers.length === 0) throw nothingToLearn(this.subject);
    this.#learn(boundariesOf(summarize(numbers, epsilon), numBins));
  }

  override call(x: Tensor) {
    if (this.#boundaries === null) throw notAdapted(this.subject, 'binBoundaries');
    const depth = this.#boundaries.length + 1;
    const boundaries = tensor(this.#boundaries, { shape: [depth - 1] });
    // Not `x >= boundary`, which no NaN is.
    const bin = x.expandDims(-1).less(boundaries).logicalNot().cast('int32').sum(-1);
    return this.config.outputMode === 'int' ? bin : encodeCategories(bin, this.config.outputMode, depth);
  }

  // Keras takes no `trainable` here, and writes the type as a word.
  override getConfig(options: WriteOptions = {}): JsonObject {
    const { trainable, ...config } = super.getConfig(options);
    const always = options.minimal ? {} : { dtype: 'float32', sparse: false };
    return { ...config, ...always, ...(this.#boundaries && { bin_boundaries: this.#boundaries }) };
  }

  #learn(boundaries: readonly number[]): void {
    this.#boundaries = boundaries;
    noteChange();
  }

  #given(): readonly number[] | null {
    const { binBoundaries, numBins } = this.config;
    if ((binBoundaries === null) !== (numBins === null)) return this.#ascending(binBoundaries);
    throw problem('option-value', {
      subject: this.subject,
      expected: 'binBoundaries or numBins',
      received: numBins === null ? 'neither' : 'both',
    });
  }

  #ascending<Given extends readonly number[] | null>(boundaries: Given): Given {
    if (boundaries?.every((x, i) => i === 0 || x >= boundaries[i - 1]!) ?? true) return boundaries;
    throw problem('option-value', {
      subject: `${this.subject} binBoundaries`,
      expected: 'numbers in ascending order',
      received: show(boundaries),
    });
  }
}
