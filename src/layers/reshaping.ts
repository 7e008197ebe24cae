import { problem } from '../core/errors.js';
import { arg, type Field, int } from '../core/fields.js';
import { isCount, type PartialShape, type Shape, showShape, sizeOf } from '../core/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { dataFormat } from './data-format.js';
import { type InputSpec, ofRank } from './input-spec.js';
import { layer } from './layer.js';

/**
 * Joins all axes but the first.
 *
 * Inputs    `[batch, ...]`, any type
 * Outputs   `[batch, features]`
 *
 * @example
 * new Flatten().apply(zeros([32, 28, 28])).shape // [32, 784]
 */
export class Flatten extends /* @__PURE__ */ layer('Flatten', () => ({
  /** Where the channels are: last, or right after the batch axis; outputs have them last. */
  dataFormat: dataFormat(),
})) {
  override call(x: Tensor) {
    const isFirst = this.config.dataFormat === 'channels_first' && x.rank > 2;
    const last = isFirst
      ? x.transpose([0, ...x.shape.keys()].filter((d, i) => i === 0 || d > 1).concat(1))
      : x;
    return last.reshape([x.shape[0]!, sizeOf(x.shape.slice(1))]);
  }
}

const target = (): Field<Shape> => ({
  expected: 'an array of sizes without the batch axis, at most one of them -1',
  parse: (given) =>
    Array.isArray(given) &&
    given.every((n) => n === -1 || isCount(n)) &&
    given.indexOf(-1) === given.lastIndexOf(-1)
      ? given
      : undefined,
});

/**
 * The same elements under another shape.
 *
 * Inputs    `[batch, ...]`, any type
 * Outputs   `[batch, ...targetShape]`
 * Throws    ShapeError for another number of elements
 *
 * @example
 * new Reshape([-1, 2]).apply(zeros([5, 6])).shape // [5, 3, 2]
 */
export class Reshape extends /* @__PURE__ */ layer('Reshape', (targetShape = arg(target())) => ({
  /** Sizes without the batch axis; -1 stands for what is left. */
  targetShape,
})) {
  override get built() {
    return true;
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    this.buildOnce(inputShape);
    return [inputShape[0]!, ...this.#sizes(inputShape.slice(1))];
  }

  override call(x: Tensor) {
    return x.reshape([x.shape[0]!, ...(this.#sizes(x.shape.slice(1)) as Shape)]);
  }

  #sizes(sample: PartialShape): PartialShape {
    const { targetShape } = this.config;
    if (sample.includes(null)) return targetShape.map((n) => (n === -1 ? null : n));
    const size = sizeOf(sample as Shape);
    const rest = size / sizeOf(targetShape.filter((n) => n !== -1));
    const isFine = targetShape.includes(-1) ? isCount(rest) : rest === 1 || sizeOf(targetShape) === size;
    if (isFine) return targetShape.map((n) => (n === -1 ? rest : n));
    throw problem('shape-mismatch', {
      subject: this.subject,
      expected: `samples that have shape ${showShape(targetShape)}`,
      received: `samples of shape ${showShape(sample)}, which are ${size} elements`,
    });
  }
}

const places = (): Field<readonly number[]> => ({
  expected: 'an array of the axes from 1 on, each once, such as [2, 1]',
  parse: (given) =>
    Array.isArray(given) && given.every((_, i) => given.includes(i + 1)) && given.length > 0
      ? given
      : undefined,
});

/**
 * The axes of each sample in another order.
 *
 * Inputs    `[batch, ...]` with as many axes after the batch as `dims`, any type
 * Outputs   axis `i` is axis `dims[i - 1]` of the inputs
 * Throws    ShapeError for another number of axes
 *
 * @example
 * new Permute([2, 1]).apply(zeros([5, 3, 4])).shape // [5, 4, 3]
 */
export class Permute extends /* @__PURE__ */ layer('Permute', (dims = arg(places())) => ({
  /** Axes of the inputs, counted from 1, in the order of the outputs. */
  dims,
})) {
  override get inputSpec(): InputSpec {
    return ofRank(this.config.dims.length + 1);
  }

  override call(x: Tensor) {
    return x.transpose([0, ...this.config.dims]);
  }
}

/**
 * Each sample `n` times, along a new axis.
 *
 * Inputs    `[batch, features]`, any type
 * Outputs   `[batch, n, features]`
 * Throws    ShapeError for another number of axes
 *
 * @example
 * new RepeatVector(3).apply(zeros([5, 2])).shape // [5, 3, 2]
 */
export class RepeatVector extends /* @__PURE__ */ layer('RepeatVector', (n = arg(int({ min: 1 }))) => ({
  /** How many times. */
  n,
})) {
  override get inputSpec(): InputSpec {
    return ofRank(2);
  }

  override call(x: Tensor) {
    return x.expandDims(1).repeat(this.config.n, 1);
  }
}
