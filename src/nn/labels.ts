/** How targets name classes: by one number each, or by a row with a place for every class. */

import { axisFromFront, type PartialShape } from '../core/shape.js';
import type { Tensor } from '../tensor/tensor.js';

/**
 * Whether targets are class numbers: they lack the axis that predictions have for the classes, or have size 1 there.
 *
 * Source: Keras's `is_binary_or_sparse_categorical`.
 */
export const areClassNumbers = (yTrue: PartialShape, yPred: PartialShape, axis = -1): boolean =>
  yTrue.length < yPred.length || isColumn(yTrue, yPred, axis);

/** Class numbers without the axis of size 1 that they may have in place of the classes. */
export const withoutColumn = (yTrue: Tensor, yPred: Tensor, axis = -1): Tensor =>
  isColumn(yTrue.shape, yPred.shape, axis) ? yTrue.squeeze(axis) : yTrue;

const isColumn = (yTrue: PartialShape, yPred: PartialShape, axis: number) =>
  yTrue.length === yPred.length && yTrue[axisFromFront(axis, yPred.length)!] === 1;
