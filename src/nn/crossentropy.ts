/** The three cross-entropies as functions: one value for each sample. Formulas and clipping as in Keras. */

import { type DataError, problem, type ShapeError } from '../core/errors.js';
import { isSameShape, type Shape, showShape } from '../core/shape.js';
import { warnOnce } from '../core/warnings.js';
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
  checkSameShape('binary_crossentropy', yTrue, yPred);
  const y = smooth(yTrue.cast('float32'), labelSmoothing, 2);
  if (fromLogits) return yPred.softplus().sub(yPred.mul(y)).mean(axis);
  const p = yPred.clip(epsilon, 1 - epsilon);
  const yes = y.mul(p.log());
  const no = y.neg().add(1).mul(p.neg().add(1).log());
  return yes.add(no).neg().mean(axis);
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
  const classes = yPred.shape.at(axis)!;
  const isSame = isSameShape(yTrue.shape, yPred.shape);
  if (!isSame && areClassNumbers(yTrue.shape, yPred.shape, axis)) throw sparseLabels(yTrue, yPred);
  checkSameShape('categorical_crossentropy', yTrue, yPred);
  if (classes === 1) {
    warnOnce(
      'categorical_crossentropy of one class',
      "categorical_crossentropy of one class is always 0. Use 'binary_crossentropy' for two classes in one output.",
    );
  }
  const y = smooth(yTrue.cast('float32'), labelSmoothing, classes);
  return y
    .mul(logProbabilities(yPred, fromLogits, axis))
    .sum(axis)
    .neg();
}

export interface SparseCrossentropyOptions extends Omit<CrossentropyOptions, 'labelSmoothing'> {}

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
  { fromLogits = false, axis = -1 }: SparseCrossentropyOptions = {},
): Tensor {
  const labels = classNumbers(yTrue, yPred, axis).cast('int32');
  const log = logProbabilities(yPred, fromLogits, axis);
  return log.takeAlongAxis(labels.expandDims(axis), axis).squeeze(axis).neg();
}

/** Labels without the axis of size 1 that they may have in place of the classes. */
export function classNumbers(yTrue: Tensor, yPred: Tensor, axis: number): Tensor {
  const wanted = yPred.shape.toSpliced(axis, 1);
  const labels = withoutColumn(yTrue, yPred, axis);
  if (!isSameShape(labels.shape, wanted)) throw denseLabels(labels, yPred, wanted);
  return labels;
}

function logProbabilities(yPred: Tensor, fromLogits: boolean, axis: number): Tensor {
  if (fromLogits) return yPred.logSoftmax(axis);
  return yPred
    .div(yPred.sum(axis, { keepDims: true }))
    .clip(epsilon, 1 - epsilon)
    .log();
}

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

const sparseLabels = (yTrue: Tensor, yPred: Tensor): DataError =>
  problem('label-form', {
    subject: 'categorical_crossentropy',
    expected: `one-hot labels of shape ${showShape(yPred.shape)}`,
    received: `class numbers of shape ${showShape(yTrue.shape)}`,
    fix: `Use 'sparse_categorical_crossentropy', or \`oneHot(labels, ${yPred.shape.at(-1)})\`.`,
  });

function denseLabels(labels: Tensor, yPred: Tensor, wanted: Shape): DataError | ShapeError {
  const isOneHot = isSameShape(labels.shape, yPred.shape);
  return problem(isOneHot ? 'label-form' : 'shape-mismatch', {
    subject: 'sparse_categorical_crossentropy',
    expected: `class numbers of shape ${showShape(wanted)}`,
    received: isOneHot ? `one-hot rows of shape ${showShape(labels.shape)}` : showShape(labels.shape),
    fix: isOneHot ? "Use 'categorical_crossentropy', or `tensor(labels).argmax(-1)`." : undefined,
  });
}
