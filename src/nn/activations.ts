/**
 * Activations: plain functions of a tensor, by the names Keras has for them. Those with options are given them by calling
 * them: `new Activation((x) => elu(x, { alpha: 0.5 }))`.
 */

import { split } from '../tensor/functions.js';
import { sort } from '../tensor/sort.js';
import type { Tensor } from '../tensor/tensor.js';

export type ActivationFunction = (x: Tensor) => Tensor;

interface Axis {
  /** The axis along which it works; the last one unless given. */
  readonly axis?: number;
}
interface Alpha {
  /** How far below 0 it goes; 1 unless given. */
  readonly alpha?: number;
}

/** `x`, unchanged.
 * @example linear(tensor([-1, 2])).toArray(); // [-1, 2] */
export const linear = (x: Tensor): Tensor => x;

interface ReluOptions {
  /** Slope below the threshold; 0 unless given. */
  readonly negativeSlope?: number;
  /** Larger values become this one; none unless given. */
  readonly maxValue?: number | null;
  /** Where the function leaves 0; 0 unless given. */
  readonly threshold?: number;
}
/** `max(x, 0)`, or `x` above the threshold and `negativeSlope · (x - threshold)` below. Nair and Hinton 2010.
 * @example relu(tensor([-1, 2])).toArray(); // [0, 2] */
export function relu(
  x: Tensor,
  { negativeSlope = 0, maxValue = null, threshold = 0 }: ReluOptions = {},
): Tensor {
  if (negativeSlope && maxValue === null && !threshold) return leakyRelu(x, { negativeSlope });
  const above = threshold === 0 ? x.relu() : x.greater(threshold).where(x, 0);
  const held = maxValue === null ? above : above.clip(0, maxValue);
  return negativeSlope === 0 ? held : held.sub(x.neg().add(threshold).relu().mul(negativeSlope));
}

/** `x`, and `negativeSlope · x` below 0; the slope is 0.2 unless given. Maas et al. 2013.
 * @example leakyRelu(tensor([-1, 2])).toArray(); // [-0.2, 2] */
export const leakyRelu = (
  x: Tensor,
  { negativeSlope = 0.2 }: { readonly negativeSlope?: number } = {},
): Tensor => x.less(0).where(x.mul(negativeSlope), x);

/** `min(max(x, 0), 6)`. Howard et al. 2017.
 * @example relu6(tensor([-1, 9])).toArray(); // [0, 6] */
export const relu6 = (x: Tensor): Tensor => relu(x, { maxValue: 6 });

/** `1 / (1 + exp(-x))`.
 * @example sigmoid(tensor([0, 1])).toArray(); // [0.5, 0.73106] */
export const sigmoid = (x: Tensor): Tensor => x.sigmoid();

/** `(exp(x) - exp(-x)) / (exp(x) + exp(-x))`.
 * @example tanh(tensor([0, 1])).toArray(); // [0, 0.76159] */
export const tanh = (x: Tensor): Tensor => x.tanh();

/** `exp(x)`.
 * @example exponential(tensor([0, 1])).toArray(); // [1, 2.71828] */
export const exponential = (x: Tensor): Tensor => x.exp();

/** `ln(1 + exp(x))`.
 * @example softplus(tensor([0, 1])).toArray(); // [0.69315, 1.31326] */
export const softplus = (x: Tensor): Tensor => x.softplus();

/** `x / (1 + |x|)`. Turian et al. 2009.
 * @example softsign(tensor([-1, 3])).toArray(); // [-0.5, 0.75] */
export const softsign = (x: Tensor): Tensor => x.div(x.abs().add(1));

/** `(x + √(x² + b)) / 2`; `b` is 4 unless given. Barron 2021.
 * @example squareplus(tensor([0, 1.5])).toArray(); // [1, 2] */
export const squareplus = (x: Tensor, { b = 4 }: { readonly b?: number } = {}): Tensor =>
  x.add(x.square().add(b).sqrt()).mul(0.5);

/** `exp(x) / Σ exp(x)` along an axis: positive numbers that add up to 1.
 * @example softmax(tensor([0, Math.LN2, 0])).toArray(); // [0.25, 0.5, 0.25] */
export const softmax = (x: Tensor, { axis = -1 }: Axis = {}): Tensor => x.softmax(axis);

/** `x - ln Σ exp(x)` along an axis: the logarithm of `softmax`.
 * @example logSoftmax(tensor([0, 0])).toArray(); // [-0.69315, -0.69315] */
export const logSoftmax = (x: Tensor, { axis = -1 }: Axis = {}): Tensor => x.logSoftmax(axis);

/** `max(x - τ, 0)` along an axis. Martins and Astudillo 2016 choose τ so that the results add up to 1; Keras takes for it
 * the sum of the running sums of the largest elements, where they take that of the elements, and so does this function:
 * results add up to 1 where one element takes all.
 * @example sparsemax(tensor([0, 2])).toArray(); // [0, 1] */
export function sparsemax(x: Tensor, { axis = -1 }: Axis = {}): Tensor {
  const sorted = sort(x, { axis, descending: true });
  const total = sorted.cumsum(axis);
  const isIn = sorted.sub(total.sub(1).div(x.indices(axis).add(1))).greater(0);
  const sum = (t: Tensor) => t.sum(axis, { keepDims: true });
  // Not `relu`: at τ itself Keras halves the gradient, which whole numbers meet often.
  return x.sub(sum(isIn.where(total, 0)).sub(1).div(sum(isIn))).maximum(0);
}

/** `x`, and `alpha · (exp(x) - 1)` below 0. Clevert et al. 2016.
 * @example elu(tensor([-1, 2])).toArray(); // [-0.63212, 2] */
export function elu(x: Tensor, { alpha = 1 }: Alpha = {}): Tensor {
  const isAbove = x.greater(0);
  // Without large numbers below the branch not taken, where 0 · ∞ would be NaN.
  return isAbove.where(x, isAbove.where(0, x).expm1().mul(alpha));
}

/** `elu` with the scale and alpha that keep mean 0 and variance 1. Klambauer et al. 2017.
 * @example selu(tensor([-1, 2])).toArray(); // [-1.11133, 2.1014] */
export const selu = (x: Tensor): Tensor => elu(x, { alpha: 1.6732632423543772 }).mul(1.0507009873554805);

/** `x`, and `alpha · (exp(x / alpha) - 1)` below 0. Barron 2017.
 * @example celu(tensor([-1, 2])).toArray(); // [-0.63212, 2] */
export const celu = (x: Tensor, { alpha = 1 }: Alpha = {}): Tensor => elu(x.div(alpha)).mul(alpha);

/** `x · Φ(x)`, Φ being the normal distribution, or a formula of `tanh` near it. Hendrycks and Gimpel 2016.
 * @example gelu(tensor([0, 1])).toArray(); // [0, 0.84134] */
export function gelu(x: Tensor, { approximate = false }: { readonly approximate?: boolean } = {}): Tensor {
  const inner = approximate
    ? x
        .pow(3)
        .mul(0.044715)
        .add(x)
        .mul(Math.sqrt(2 / Math.PI))
        .tanh()
    : x.mul(Math.SQRT1_2).erf();
  return x.mul(0.5).mul(inner.add(1));
}

/** `x · sigmoid(x)`. Ramachandran et al. 2017.
 * @example silu(tensor([0, 1])).toArray(); // [0, 0.73106] */
export const silu = (x: Tensor): Tensor => x.mul(x.sigmoid());

/** `x · tanh(softplus(x))`. Misra 2019.
 * @example mish(tensor([0, 1])).toArray(); // [0, 0.8651] */
export const mish = (x: Tensor): Tensor => x.mul(x.softplus().tanh());

/** `a · sigmoid(b)` of the two halves along an axis. Dauphin et al. 2017.
 * @example glu(tensor([2, 4, 0, 0])).toArray(); // [1, 2] */
export function glu(x: Tensor, { axis = -1 }: Axis = {}): Tensor {
  const [a, b] = split(x, 2, axis);
  return a!.mul(b!.sigmoid());
}

/** `ln(sigmoid(x))`.
 * @example logSigmoid(tensor([0, 1])).toArray(); // [-0.69315, -0.31326] */
export const logSigmoid = (x: Tensor): Tensor => x.neg().softplus().neg();

/** `relu6(x + 3) / 6`.
 * @example hardSigmoid(tensor([-3, 0, 3])).toArray(); // [0, 0.5, 1] */
export const hardSigmoid = (x: Tensor): Tensor => relu6(x.add(3)).div(6);

/** `x · hardSigmoid(x)`. Howard et al. 2019.
 * @example hardSilu(tensor([-3, 1, 3])).toArray(); // [0, 0.66667, 3] */
export const hardSilu = (x: Tensor): Tensor => x.mul(hardSigmoid(x));

/** `x`, held to -1 and 1.
 * @example hardTanh(tensor([-3, 0.5, 3])).toArray(); // [-1, 0.5, 1] */
export const hardTanh = (x: Tensor): Tensor => x.abs().greater(1).where(x.sign(), x);

interface Shrink {
  /** What is nearer to 0 becomes 0; 0.5 unless given. */
  readonly threshold?: number;
}
/** `x`, and 0 where `|x| ≤ threshold`.
 * @example hardShrink(tensor([0.3, 2])).toArray(); // [0, 2] */
export const hardShrink = (x: Tensor, { threshold = 0.5 }: Shrink = {}): Tensor =>
  x.abs().greater(threshold).where(x, 0);

/** `x` moved towards 0 by `threshold`, and 0 where `|x| ≤ threshold`.
 * @example softShrink(tensor([0.3, 2])).toArray(); // [0, 1.5] */
export const softShrink = (x: Tensor, { threshold = 0.5 }: Shrink = {}): Tensor =>
  x.greater(threshold).where(x.sub(threshold), x.less(-threshold).where(x.add(threshold), 0));

/** `x - tanh(x)`.
 * @example tanhShrink(tensor([0, 1])).toArray(); // [0, 0.23841] */
export const tanhShrink = (x: Tensor): Tensor => x.sub(x.tanh());

interface Threshold {
  readonly threshold: number;
  /** What the others become. */
  readonly defaultValue: number;
}
/** `x` where it is above `threshold`, else `defaultValue`. Both must be given, so its name alone is none.
 * @example threshold(tensor([1, 3]), { threshold: 2, defaultValue: -1 }).toArray(); // [-1, 3] */
export const threshold = (x: Tensor, { threshold, defaultValue }: Threshold): Tensor =>
  x.greater(threshold).where(x, defaultValue);

/** 0 below -1, `(x + 1)² / 4` up to 1, `x` above.
 * @example sparsePlus(tensor([-2, 0, 3])).toArray(); // [0, 0.25, 3] */
export const sparsePlus = (x: Tensor): Tensor => x.less(1).where(x.add(1).maximum(0).square().mul(0.25), x);

/** `(x + 1) / 2`, held to 0 and 1.
 * @example sparseSigmoid(tensor([-2, 0, 3])).toArray(); // [0, 0.5, 1] */
export const sparseSigmoid = (x: Tensor): Tensor => x.add(1).mul(0.5).clip(0, 1);

/** Every activation by its Keras names, the one of Keras's JSON first. A new row is a new legal string everywhere. */
export const activations = {
  linear,
  relu,
  sigmoid,
  tanh,
  softmax,
  gelu,
  silu,
  swish: silu,
  elu,
  selu,
  celu,
  leaky_relu: leakyRelu,
  relu6,
  log_softmax: logSoftmax,
  sparsemax,
  exponential,
  mish,
  glu,
  softplus,
  softsign,
  squareplus,
  log_sigmoid: logSigmoid,
  hard_sigmoid: hardSigmoid,
  hard_silu: hardSilu,
  hard_swish: hardSilu,
  hard_tanh: hardTanh,
  hard_shrink: hardShrink,
  soft_shrink: softShrink,
  tanh_shrink: tanhShrink,
  sparse_plus: sparsePlus,
  sparse_sigmoid: sparseSigmoid,
};
export type ActivationName = keyof typeof activations;
