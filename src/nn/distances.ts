/** How far predictions are from targets of their shape, as functions: one value for each sample. Formulas as in Keras. */

import { full, type Tensor } from '../tensor/tensor.js';
import { absolute } from './absolute.js';
import type { LossFunction } from './loss.js';
import { sameRank } from './ranks.js';

// Keras's `epsilon()`: what divisors and arguments of logarithms are at least.
const epsilon = 1e-7;

type Numbers = readonly [yTrue: Tensor, yPred: Tensor];

const numbers = (yTrue: Tensor, yPred: Tensor): Numbers =>
  sameRank(yTrue.cast('float32'), yPred.cast('float32'));

const difference = (...given: Numbers): Tensor => {
  const [y, p] = numbers(...given);
  return y.sub(p);
};

/**
 * `mean (yTrue - yPred)²` over the last axis.
 *
 * @example
 * meanSquaredError(tensor([[0, 0]]), tensor([[1, 3]])).toArray(); // [5]
 */
export const meanSquaredError: LossFunction = (yTrue, yPred) => difference(yTrue, yPred).square().mean(-1);

/**
 * `mean |yTrue - yPred|` over the last axis.
 *
 * @example
 * meanAbsoluteError(tensor([[0, 0]]), tensor([[1, 3]])).toArray(); // [2]
 */
export const meanAbsoluteError: LossFunction = (yTrue, yPred) => absolute(difference(yTrue, yPred)).mean(-1);

/**
 * `mean 100 |yTrue - yPred| / max(|yTrue|, 1e-7)` over the last axis.
 *
 * @example
 * meanAbsolutePercentageError(tensor([[4, 10]]), tensor([[5, 10]])).toArray(); // [12.5]
 */
export const meanAbsolutePercentageError: LossFunction = (yTrue, yPred) => {
  const [y, p] = numbers(yTrue, yPred);
  return absolute(y.sub(p).div(y.abs().maximum(epsilon)))
    .mean(-1)
    .mul(100);
};

/**
 * `mean (log (1 + yTrue) - log (1 + yPred))²` over the last axis; numbers below 1e-7 count as 1e-7.
 *
 * @example
 * meanSquaredLogarithmicError(tensor([[0]]), tensor([[Math.E - 1]])).toArray(); // [1]
 */
export const meanSquaredLogarithmicError: LossFunction = (yTrue, yPred) => {
  const [y, p] = numbers(yTrue, yPred).map((x) => x.maximum(epsilon).log1p());
  return p!.sub(y!).square().mean(-1);
};

/**
 * `mean log cosh (yPred - yTrue)` over the last axis.
 *
 * @example
 * logCosh(tensor([[0]]), tensor([[1]])).toArray(); // [0.43378]
 */
export const logCosh: LossFunction = (yTrue, yPred) => {
  const error = difference(yPred, yTrue);
  return error.add(error.mul(-2).softplus()).sub(Math.LN2).mean(-1);
};

/**
 * `mean error² / 2` over the last axis, and `delta (|error| - delta / 2)` for errors above `delta`.
 *
 * Source    Huber 1964
 *
 * @example
 * huber(tensor([[0, 0]]), tensor([[1, 3]])).toArray(); // [1.5]
 */
export function huber(yTrue: Tensor, yPred: Tensor, { delta = 1 }: { readonly delta?: number } = {}): Tensor {
  const error = difference(yTrue, yPred);
  const distance = error.abs();
  const [near, far] = [error.square().mul(0.5), distance.sub(delta / 2).mul(delta)];
  return distance.lessEqual(delta).where(near, far).mean(-1);
}

export interface AxisOption {
  /** The axis that the vectors lie along. Default -1. */
  readonly axis?: number;
}

const unit = (x: Tensor, axis: number): Tensor =>
  x.mul(
    x
      .square()
      .sum(axis, { keepDims: true })
      .maximum(epsilon ** 2)
      .rsqrt(),
  );

/**
 * `-cos` of the angle between `yTrue` and `yPred`, so that -1 is the best: `-Σ yTrue yPred / (|yTrue| |yPred|)`.
 *
 * @example
 * cosineSimilarity(tensor([[1, 0]]), tensor([[2, 0]])).toArray(); // [-1]
 */
export function cosineSimilarity(yTrue: Tensor, yPred: Tensor, { axis = -1 }: AxisOption = {}): Tensor {
  const [y, p] = numbers(yTrue, yPred).map((x) => unit(x, axis));
  return y!.mul(p!).sum(axis).neg();
}

/**
 * `mean (yPred - yTrue log yPred)` over the last axis.
 *
 * @example
 * poisson(tensor([[3]]), tensor([[1]])).toArray(); // [1]
 */
export const poisson: LossFunction = (yTrue, yPred) => {
  const [y, p] = numbers(yTrue, yPred);
  return p.sub(y.mul(p.add(epsilon).log())).mean(-1);
};

/**
 * `Σ yTrue log (yTrue / yPred)` over the last axis, with numbers kept between 1e-7 and 1.
 *
 * @example
 * klDivergence(tensor([[0.5, 0.5]]), tensor([[0.25, 0.75]])).toArray(); // [0.14384]
 */
export const klDivergence: LossFunction = (yTrue, yPred) => {
  const [y, p] = numbers(yTrue, yPred).map((x) => x.clip(epsilon, 1));
  return y!.mul(y!.div(p!).log()).sum(-1);
};

/** How far scores are from the right side of a margin of 1. Labels 0 and 1, if there are no others, mean -1 and 1. */
function missing(yTrue: Tensor, yPred: Tensor): Tensor {
  const [y, p] = numbers(yTrue, yPred);
  const isBinary = y.mul(y.sub(1)).equal(0).all();
  return isBinary.where(y.mul(2).sub(1), y).mul(p).neg().add(1).maximum(0);
}

/**
 * `mean max(1 - yTrue yPred, 0)` over the last axis, with labels -1 and 1, or 0 and 1.
 *
 * @example
 * hinge(tensor([[-1, 1]]), tensor([[-3, 0.5]])).toArray(); // [0.25]
 */
export const hinge: LossFunction = (yTrue, yPred) => missing(yTrue, yPred).mean(-1);

/**
 * `mean max(1 - yTrue yPred, 0)²` over the last axis, with labels -1 and 1, or 0 and 1.
 *
 * @example
 * squaredHinge(tensor([[-1, 1]]), tensor([[-3, 0.5]])).toArray(); // [0.125]
 */
export const squaredHinge: LossFunction = (yTrue, yPred) => missing(yTrue, yPred).square().mean(-1);

export interface OverlapOptions {
  /** Weight of what is in the targets but not in the predictions. Default 0.5. */
  readonly alpha?: number;
  /** Weight of what is in the predictions but not in the targets. Default 0.5. */
  readonly beta?: number;
  /** The axes of one picture; all, the batch's too, when null, which is the default. */
  readonly axis?: number | readonly number[] | null;
}

/**
 * `1 - both / (both + alpha Σ yTrue (1 - yPred) + beta Σ yPred (1 - yTrue))` with `both = Σ yTrue yPred`: how little two
 * masks overlap.
 *
 * Source    Salehi, Erdogmus and Gholipour 2017
 *
 * @example
 * tversky(tensor([1, 1, 0]), tensor([1, 0, 0])).item(); // 0.33333
 */
export function tversky(
  yTrue: Tensor,
  yPred: Tensor,
  { alpha = 0.5, beta = 0.5, axis = null }: OverlapOptions = {},
): Tensor {
  const [y, p] = numbers(yTrue, yPred);
  const both = y.mul(p).sum(axis);
  const [missed, extra] = [y.sum(axis).sub(both), p.sum(axis).sub(both)];
  return both
    .div(both.add(missed.mul(alpha)).add(extra.mul(beta)).add(epsilon))
    .neg()
    .add(1);
}

/**
 * `1 - 2 Σ yTrue yPred / (Σ yTrue + Σ yPred)`: how little two masks overlap.
 *
 * Source    Milletari, Navab and Ahmadi 2016
 *
 * @example
 * dice(tensor([1, 1, 0]), tensor([1, 0, 0])).item(); // 0.33333
 */
export const dice = (
  yTrue: Tensor,
  yPred: Tensor,
  { axis = null }: Pick<OverlapOptions, 'axis'> = {},
): Tensor => tversky(yTrue, yPred, { axis });

export interface CircleOptions {
  /** How steep the loss is. Default 80. */
  readonly gamma?: number;
  /** How far apart classes must be. Default 0.4. */
  readonly margin?: number;
  /** Whether a sample is not compared with itself. Default true. */
  readonly removeDiagonal?: boolean;
}

/**
 * Pulls embeddings of one class together and those of others apart: `softplus(logΣexp near + logΣexp far)` over pairs,
 * one value for each sample. Embeddings must have length 1.
 *
 * Inputs    `yTrue` class numbers `[batch]`, `yPred` embeddings `[batch, features]`
 * Source    Sun et al. 2020
 *
 * @example
 * circle(tensor([0, 0, 1]), tensor([[1, 0], [0, 1], [-1, 0]])).toArray(); // [67.2, 54.4, 0]
 */
export function circle(
  yTrue: Tensor,
  yPred: Tensor,
  { gamma = 80, margin = 0.4, removeDiagonal = true }: CircleOptions = {},
): Tensor {
  const distance = yPred.matmul(yPred.transpose()).neg().add(1).maximum(0);
  const labels = yTrue.reshape([-1, 1]);
  const isSame = labels.equal(labels.transpose());
  const isSelf = distance.indices(0).equal(distance.indices(1));
  const near = distance.add(margin).mul(distance.sub(margin)).mul(gamma);
  const far = distance
    .sub(1 + margin)
    .neg()
    .maximum(0)
    .mul(distance.sub(1 - margin).neg())
    .mul(gamma);
  const least = full([], -Infinity);
  const together = (removeDiagonal ? isSame.logicalAnd(isSelf.logicalNot()) : isSame).where(near, least);
  return together.logsumexp(1).add(isSame.where(least, far).logsumexp(1)).softplus();
}
