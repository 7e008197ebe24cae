import {
  arg,
  either,
  type Field,
  float,
  functionOf,
  type Json,
  listOf,
  maybe,
  type Optional,
} from '../core/fields.js';
import { isPlainObject } from '../core/text.js';
import { L1L2 } from '../nn/regularizers.js';
import { tensor } from '../tensor/create.js';
import type { Tensor } from '../tensor/tensor.js';
import { type CallContext, layer } from './layer.js';

/**
 * Gives its inputs back.
 *
 * Inputs    any shape and type
 * Outputs   the inputs
 *
 * @example
 * new Identity()
 */
export class Identity extends /* @__PURE__ */ layer('Identity', () => ({})) {
  override supportsMasking = true;

  override get built() {
    return true;
  }

  override call(x: Tensor) {
    return x;
  }
}

/**
 * Gives its inputs back and adds a penalty on them to the loss: `l1 · Σ|x| + l2 · Σx²`, as a mean over the batch.
 *
 * Inputs    `[batch, ...]`, float32
 * Outputs   the inputs
 *
 * @example
 * new ActivityRegularization({ l1: 0.01 })
 */
export class ActivityRegularization extends /* @__PURE__ */ layer('ActivityRegularization', () => ({
  /** Weight of the absolute values. */
  l1: float(0, { min: 0 }),
  /** Weight of the squares. */
  l2: float(0, { min: 0 }),
})) {
  override supportsMasking = true;

  override get built() {
    return true;
  }

  override call(x: Tensor) {
    this.addPenalty(new L1L2(this.config.l1, this.config.l2), x);
    return x;
  }
}

/**
 * Masks the steps whose features all have one value: layers that know masks leave them out. Masked steps become 0.
 *
 * Inputs    `[batch, steps, features]`, float32
 * Outputs   the same shape, with a mask `[batch, steps]`
 *
 * @example
 * maskOf(new Masking().apply(tensor([[[1, 0], [0, 0]]])))?.toArray() // [[true, false]]
 */
export class Masking extends /* @__PURE__ */ layer('Masking', () => ({
  /** The value of the features of masked steps. */
  maskValue: float(0),
})) {
  override get built() {
    return true;
  }

  override call(x: Tensor) {
    return this.computeMask(x).expandDims(-1).where(x, 0);
  }

  override computeMask(x: Tensor): Tensor {
    return x.notEqual(this.config.maskValue).any(-1);
  }
}

type Factors = number | readonly number[];
const factors = (): Field<Factors> => either(float(), listOf(float()));

/**
 * `scale · x + offset`.
 *
 * Inputs    any shape, numbers of any type
 * Outputs   the same shape, float32
 *
 * @example
 * new Rescaling(1 / 127.5, { offset: -1 })
 */
export class Rescaling extends /* @__PURE__ */ layer('Rescaling', (scale = arg(factors())) => ({
  /** What to multiply by: a number, or one for each channel. */
  scale,
  /** What to add: a number, or one for each channel. */
  offset: { ...factors(), fallback: 0 as Factors },
})) {
  override supportsMasking = true;

  override call(x: Tensor) {
    const { scale, offset } = this.config;
    return x.cast('float32').mul(operand(scale)).add(operand(offset));
  }
}

const operand = (given: Factors) => (typeof given === 'number' ? given : tensor(given));

/** What a `Lambda` computes. Its options come with the context of the call. */
export type LambdaFunction = (x: Tensor, context: CallContext & Readonly<Record<string, unknown>>) => Tensor;
export type MaskFunction = (x: Tensor, mask: Tensor | null) => Tensor | null;

const namedValues = (): Optional<Readonly<Record<string, Json>>> => ({
  expected: 'an object of plain values',
  fallback: {},
  parse: (given) => (isPlainObject(given) ? given : undefined),
});

/**
 * A function as a layer. Files keep only its name: a class made with `layer(…)` can be loaded again.
 *
 * Inputs    whatever the function takes
 * Outputs   what it gives
 * Throws    ConfigError for a function that returns no tensor
 *
 * @example
 * new Lambda((x) => x.square())
 */
export class Lambda extends /* @__PURE__ */ layer(
  'Lambda',
  (fn = arg(functionOf<LambdaFunction>('a function of a tensor'))) => ({
    /** What it computes, of the inputs and of an object of the arguments, `training` and `mask`. */
    function: fn,
    /** Named values that the function is given. */
    arguments: namedValues(),
    /** The mask of the outputs, of the inputs and their mask; without it a mask ends here. */
    mask: maybe(functionOf<MaskFunction>('a function of the inputs and their mask')),
  }),
) {
  override supportsMasking = this.config.mask !== null;

  override call(x: Tensor, context: CallContext = {}) {
    return this.config.function(x, { ...this.config.arguments, ...context });
  }

  override computeMask(x: Tensor, mask: Tensor | null): Tensor | null {
    return this.config.mask?.(x, mask) ?? null;
  }
}
