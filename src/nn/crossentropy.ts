/** Cross-entropies as functions: one value for each sample. Formulas and clipping as in Keras. */

import { type DataError, problem, type ShapeError } from '../core/errors.js';
import { isSameShape, type Shape, showShape } from '../core/shape.js';
import { warnOnce } from '../core/warnings.js';
import { where } from '../tensor/functions.js';
import type { Tensor } from '../tensor/tensor.js';
import { areClassNumbers, withoutColumn } from './labels.js';

// Keras's `epsilon()`: probabilities stay this far from 0 and 1, so that no logarithm is infinite.
const epsilon = 1e-7;

export interface CrossentropyOptions {
  /** Whether predictions are scores before sigmoid or softmax. Default false. */
  readonly fromLogits?: boolean;
  /** Share of certainty taken from the labels, from 0 to 1. Default 0. */
  readonly labelSmoothing?: number;
  /** The axis of the classes. Default -1. */
  readonly axis?: number;
}

/**
 * `-(y log p + (1 - y) log (1 - p))`, the mean over the last axis; on logits `softplus(x) - x y`.
 *
 * Inputs    `yTrue`, `yPred` `[batch, ..., d]` of one shape
 * Outputs   `[batch, ...]`
 *
 * @example
 * binaryCrossentropy(tensor([[0], [1]]), tensor([[0.1], [0.8]])).toArray(); // [0.10536, 0.22314]
 */
export function binaryCrossentropy(
  yTrue: Tensor,
  yPred: Tensor,
  { fromLogits = false, labelSmoothing = 0, axis = -1 }: CrossentropyOptions = {},
): Tensor {
  const y = binaryLabels('binary_crossentropy', yTrue, yPred, labelSmoothing);
  if (fromLogits) return yPred.softplus().sub(yPred.mul(y)).mean(axis);
  return bits(y, yPred).mean(axis);
}

export interface FocalOptions extends CrossentropyOptions {
  /** Weight of class 1, or of all classes. Default 0.25. */
  readonly alpha?: number;
  /** How little a label counts that is predicted well. Default 2. */
  readonly gamma?: number;
}

export interface BinaryFocalOptions extends FocalOptions {
  /** Whether class 1 is weighted by `alpha`, class 0 by `1 - alpha`. Default false. */
  readonly applyClassBalancing?: boolean;
}

/**
 * `(1 - q)^gamma` times the binary cross-entropy, where `q` is the probability of the right label; the mean over the
 * last axis.
 *
 * Inputs    `yTrue`, `yPred` `[batch, ..., d]` of one shape
 * Outputs   `[batch, ...]`
 * Source    Lin et al. 2018
 *
 * @example
 * binaryFocalCrossentropy(tensor([[1]]), tensor([[0.5]])).toArray(); // [0.17329]
 */
export function binaryFocalCrossentropy(
  yTrue: Tensor,
  yPred: Tensor,
  options: BinaryFocalOptions = {},
): Tensor {
  const { applyClassBalancing = false, alpha = 0.25, gamma = 2, fromLogits = false } = options;
  const { labelSmoothing = 0, axis = -1 } = options;
  const y = binaryLabels('binary_focal_crossentropy', yTrue, yPred, labelSmoothing);
  const p = fromLogits ? yPred.sigmoid() : yPred;
  const wrong = y.add(p).sub(y.mul(p).mul(2));
  const focal = wrong.pow(gamma).mul(bits(y, p));
  const weight = y.mul(2 * alpha - 1).add(1 - alpha);
  return (applyClassBalancing ? focal.mul(weight) : focal).mean(axis);
}

/** The cross-entropy of each label, in nats. */
function bits(y: Tensor, yPred: Tensor): Tensor {
  const p = yPred.clip(epsilon, 1 - epsilon);
  const yes = y.mul(p.log());
  const no = y.neg().add(1).mul(p.neg().add(1).log());
  return yes.add(no).neg();
}

function binaryLabels(subject: string, yTrue: Tensor, yPred: Tensor, smoothing: number): Tensor {
  checkSameShape(subject, yTrue, yPred);
  return smooth(yTrue.cast('float32'), smoothing, 2);
}

/**
 * `-Σ y log p` over the classes, `p` divided by its sum first; on logits `p = softmax(x)`.
 *
 * Inputs    `yTrue` one-hot or soft labels, `yPred`, both `[batch, ..., classes]`
 * Outputs   `[batch, ...]`
 *
 * @example
 * categoricalCrossentropy(tensor([[0, 1]]), tensor([[0.2, 0.8]])).toArray(); // [0.22314]
 */
export function categoricalCrossentropy(
  yTrue: Tensor,
  yPred: Tensor,
  { fromLogits = false, labelSmoothing = 0, axis = -1 }: CrossentropyOptions = {},
): Tensor {
  const y = oneHotLabels('categorical_crossentropy', yTrue, yPred, axis, labelSmoothing);
  return y
    .mul(logProbabilities(yPred, fromLogits, axis))
    .sum(axis)
    .neg();
}

/**
 * `-alpha Σ (1 - p)^gamma y log p` over the classes, `p` divided by its sum first; on logits `p = softmax(x)`.
 *
 * Inputs    `yTrue` one-hot or soft labels, `yPred`, both `[batch, ..., classes]`
 * Outputs   `[batch, ...]`
 * Source    Lin et al. 2018
 *
 * @example
 * categoricalFocalCrossentropy(tensor([[0, 1]]), tensor([[0.5, 0.5]])).toArray(); // [0.04332]
 */
export function categoricalFocalCrossentropy(
  yTrue: Tensor,
  yPred: Tensor,
  { alpha = 0.25, gamma = 2, fromLogits = false, labelSmoothing = 0, axis = -1 }: FocalOptions = {},
): Tensor {
  const y = oneHotLabels('categorical_focal_crossentropy', yTrue, yPred, axis, labelSmoothing);
  const p = shares(fromLogits ? yPred.softmax(axis) : yPred, axis);
  const weight = p.neg().add(1).pow(gamma).mul(-alpha);
  return weight.mul(y).mul(p.log()).sum(axis);
}

/** One-hot rows, checked and smoothed. */
function oneHotLabels(
  subject: string,
  yTrue: Tensor,
  yPred: Tensor,
  axis: number,
  smoothing: number,
): Tensor {
  checkOneHot(subject, yTrue, yPred, axis);
  warnOfOneClass(subject, yPred, axis);
  // Keras divides by the size of the last axis, also where the classes lie along another one.
  return smooth(yTrue.cast('float32'), smoothing, yPred.shape.at(-1)!);
}

/** Refuses labels of another form or shape than the predictions'. */
function checkOneHot(subject: string, yTrue: Tensor, yPred: Tensor, axis = -1): void {
  const isSame = isSameShape(yTrue.shape, yPred.shape);
  if (!isSame && areClassNumbers(yTrue.shape, yPred.shape, axis)) throw sparseLabels(subject, yTrue, yPred);
  checkSameShape(subject, yTrue, yPred);
}

function warnOfOneClass(subject: string, yPred: Tensor, axis: number): void {
  if (yPred.shape.at(axis) !== 1) return;
  warnOnce(
    `${subject} of one class`,
    `${subject} of one class is always 0. Use 'sigmoid' and 'binary_crossentropy' for two classes in one output.`,
  );
}

/**
 * `max(most - right + 1, 0)`: how far the score of the right class is from a lead of 1 before `most`, the best of the
 * others.
 *
 * Inputs    `yTrue` one-hot rows, `yPred` scores, both `[batch, ..., classes]`
 * Outputs   `[batch, ...]`
 *
 * @example
 * categoricalHinge(tensor([[0, 1]]), tensor([[0.25, 0.75]])).toArray(); // [0.5]
 */
export function categoricalHinge(yTrue: Tensor, yPred: Tensor): Tensor {
  checkOneHot('categorical_hinge', yTrue, yPred);
  const right = yTrue.cast('float32').mul(yPred);
  return yPred.sub(right).max(-1).sub(right.sum(-1)).add(1).maximum(0);
}

export interface SparseCrossentropyOptions extends Omit<CrossentropyOptions, 'labelSmoothing'> {
  /** A class number whose loss is 0. Default null. */
  readonly ignoreClass?: number | null;
}

/**
 * `-log p` of the right class, `p` divided by its sum first; on logits `p = softmax(x)`.
 *
 * Inputs    `yTrue` class numbers `[batch, ...]` or `[batch, ..., 1]`, `yPred` `[batch, ..., classes]`
 * Outputs   `[batch, ...]`
 *
 * @example
 * sparseCategoricalCrossentropy(tensor([1]), tensor([[0.2, 0.8]])).toArray(); // [0.22314]
 */
export function sparseCategoricalCrossentropy(
  yTrue: Tensor,
  yPred: Tensor,
  { fromLogits = false, ignoreClass = null, axis = -1 }: SparseCrossentropyOptions = {},
): Tensor {
  const subject = 'sparse_categorical_crossentropy';
  const labels = classNumbers(subject, yTrue, yPred, axis).cast('int32');
  warnOfOneClass(subject, yPred, axis);
  const log = (places: Tensor) =>
    logProbabilities(yPred, fromLogits, axis).takeAlongAxis(places.expandDims(axis), axis).squeeze(axis);
  if (ignoreClass === null) return log(labels).neg();
  const isIgnored = labels.equal(ignoreClass);
  // Class 0 stands in for the ignored one, which may be no class of the predictions.
  return where(isIgnored, 0, log(where(isIgnored, 0, labels)).neg());
}

/**
 * `(1 - p^q) / q` with the probability `p` of the right class: less moved by wrong labels than the cross-entropy, which
 * it is for `q` near 0. Near 1 it is the mean absolute error.
 *
 * Inputs    `yTrue` class numbers `[batch, ...]` or `[batch, ..., 1]`, `yPred` `[batch, ..., classes]`
 * Outputs   `[batch, ...]`
 * Source    Zhang and Sabuncu 2018
 *
 * @example
 * categoricalGeneralizedCrossEntropy(tensor([1]), tensor([[0.75, 0.25]]), { q: 0.5 }).toArray(); // [1]
 */
export function categoricalGeneralizedCrossEntropy(
  yTrue: Tensor,
  yPred: Tensor,
  { q = 0.5 }: { readonly q?: number } = {},
): Tensor {
  const labels = classNumbers('categorical_generalized_cross_entropy', yTrue, yPred, -1);
  const p = yPred.takeAlongAxis(labels.cast('int32').expandDims(-1)).squeeze(-1);
  return p.pow(q).neg().add(1).div(q);
}

/** Labels without the axis of size 1 that they may have in place of the classes. */
function classNumbers(subject: string, yTrue: Tensor, yPred: Tensor, axis: number): Tensor {
  const wanted = yPred.shape.toSpliced(axis, 1);
  const labels = withoutColumn(yTrue, yPred, axis);
  if (!isSameShape(labels.shape, wanted)) throw denseLabels(subject, labels, yPred, wanted);
  return labels;
}

function logProbabilities(yPred: Tensor, fromLogits: boolean, axis: number): Tensor {
  if (fromLogits) return yPred.logSoftmax(axis);
  return shares(yPred, axis).log();
}

/** Probabilities that add up to 1. */
const shares = (x: Tensor, axis: number) => x.div(x.sum(axis, { keepDims: true })).clip(epsilon, 1 - epsilon);

const smooth = (y: Tensor, share: number, classes: number) =>
  share === 0 ? y : y.mul(1 - share).add(share / classes);

function checkSameShape(subject: string, yTrue: Tensor, yPred: Tensor): void {
  if (isSameShape(yTrue.shape, yPred.shape)) return;
  throw problem('shape-mismatch', {
    subject,
    expected: `targets of the predictions' shape ${showShape(yPred.shape)}`,
    received: showShape(yTrue.shape),
  });
}

const sparseLabels = (subject: string, yTrue: Tensor, yPred: Tensor): DataError =>
  problem('label-form', {
    subject,
    expected: `one-hot labels of shape ${showShape(yPred.shape)}`,
    received: `class numbers of shape ${showShape(yTrue.shape)}`,
    fix: `Use 'sparse_categorical_crossentropy', or \`oneHot(labels, ${yPred.shape.at(-1)})\`.`,
  });

function denseLabels(subject: string, labels: Tensor, yPred: Tensor, wanted: Shape): DataError | ShapeError {
  const isOneHot = isSameShape(labels.shape, yPred.shape);
  return problem(isOneHot ? 'label-form' : 'shape-mismatch', {
    subject,
    expected: `class numbers of shape ${showShape(wanted)}`,
    received: isOneHot ? `one-hot rows of shape ${showShape(labels.shape)}` : showShape(labels.shape),
    fix: isOneHot ? "Use 'categorical_crossentropy', or `tensor(labels).argmax(-1)`." : undefined,
  });
}
