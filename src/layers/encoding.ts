/** Categories as numbers: one place for each. */

import { problem } from '../core/errors.js';
import { arg, int, oneOf } from '../core/fields.js';
import { type PartialShape, showShape } from '../core/shape.js';
import { warnOnce } from '../core/warnings.js';
import * as ops from '../ops/index.js';
import { oneHot, ones, tensor } from '../tensor/create.js';
import type { NestedInput } from '../tensor/nested.js';
import { Tensor } from '../tensor/tensor.js';
import { type CallContext, layer } from './layer.js';

export const encodings = ['one_hot', 'multi_hot', 'count'] as const;
export type Encoding = (typeof encodings)[number];

/**
 * Categories `[..., samples]` as float32 `[..., depth]`: which there are (`'multi_hot'`) or how often (`'count'`, each
 * with its weight); `'one_hot'` gives each one its own row. Categories outside of 0 to `depth - 1` count nowhere.
 */
export function encodeCategories(index: Tensor, mode: Encoding, depth: number, weights?: Tensor): Tensor {
  const whole = index.cast('int32');
  const categories = whole.rank === 0 ? whole.reshape([1]) : whole;
  const isColumn = categories.rank > 1 && categories.shape.at(-1) === 1;
  if (mode === 'one_hot') return oneHot(isColumn ? categories.squeeze(-1) : categories, depth);
  // As in Keras, the axis after the batch is the one that vanishes, which is the last of two.
  const samplesLast = (x: Tensor) =>
    x.rank < 3 ? x : x.transpose([0, ...Array.from({ length: x.rank - 2 }, (_, d) => d + 2), 1]);
  const places = samplesLast(categories);
  const counts = ops.scatterAdd(weights ? samplesLast(weights) : ones(places.shape), places, {
    batch: places.rank - 1,
    rows: depth,
  });
  return mode === 'count' ? counts : counts.minimum(1);
}

/** The shape that `encodeCategories` gives. */
export function encodedShape(shape: PartialShape, mode: Encoding, depth: number): PartialShape {
  const isColumn = shape.length > 1 && shape.at(-1) === 1;
  if (mode === 'one_hot') return [...(isColumn ? shape.slice(0, -1) : shape), depth];
  return [...shape.slice(0, shape.length > 1 ? 1 : 0), ...shape.slice(2), depth];
}

export interface EncodingContext extends CallContext {
  /** How much each category counts, in the shape of the inputs; with `outputMode: 'count'` only. */
  readonly countWeights?: Tensor | NestedInput;
}

/**
 * Turns whole numbers into places: for each category one number, 1 where it occurs.
 *
 * Inputs    `[batch, categories]`, whole numbers from 0 to `numTokens - 1`; others count nowhere
 * Outputs   `[batch, numTokens]`, float32; with `'one_hot'` `[batch, categories, numTokens]`, or without the middle axis
 *           where it has size 1
 * Throws    ShapeError for weights of another shape, ConfigError for weights without `'count'`
 *
 * @example
 * new CategoryEncoding(4).apply(tensor([[0, 1], [3, 3]])).toArray() // [[1, 1, 0, 0], [0, 0, 0, 1]]
 */
export class CategoryEncoding extends /* @__PURE__ */ layer(
  'CategoryEncoding',
  (numTokens = arg(int({ min: 1 }))) => ({
    /** Number of categories. */
    numTokens,
    /** `'multi_hot'`: which there are; `'count'`: how often; `'one_hot'`: each one on its own. */
    outputMode: oneOf(encodings, 'multi_hot'),
  }),
) {
  override apply(inputs: Tensor, context: EncodingContext = {}): Tensor {
    return super.apply(inputs, context);
  }

  override call(x: Tensor, { countWeights }: EncodingContext = {}) {
    const { numTokens, outputMode } = this.config;
    this.#warnOfOthers(x);
    if (countWeights === undefined) return encodeCategories(x, outputMode, numTokens);
    const weights = (countWeights instanceof Tensor ? countWeights : tensor(countWeights)).cast('float32');
    if (outputMode !== 'count') throw this.#weightsUnused();
    if (showShape(weights.shape) !== showShape(x.shape)) throw this.#weightsUnfitting(weights, x);
    return encodeCategories(x, outputMode, numTokens, weights.rank === 0 ? weights.reshape([1]) : weights);
  }

  /** Only of data: what a program computes is not known yet. */
  #warnOfOthers({ known }: Tensor): void {
    const { numTokens } = this.config;
    const other = known?.find((category) => !(category >= 0 && category < numTokens));
    if (other === undefined) return;
    warnOnce(
      `categories of ${this.name}`,
      `${this.subject} takes whole numbers from 0 to ${numTokens - 1} and received ${other}, which counts nowhere.`,
    );
  }

  #weightsUnused() {
    return problem('argument-value', {
      subject: `${this.subject} countWeights`,
      expected: "outputMode 'count'",
      received: `'${this.config.outputMode}'`,
    });
  }

  #weightsUnfitting(weights: Tensor, x: Tensor) {
    return problem('shape-mismatch', {
      subject: `${this.subject} countWeights`,
      expected: `the shape of the inputs, ${showShape(x.shape)}`,
      received: showShape(weights.shape),
    });
  }
}
