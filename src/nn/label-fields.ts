/** Options that losses and metrics of labels share. */

import { merge } from '../core/declaration.js';
import { bool, float, int, maybe } from '../core/fields.js';

const logitFields = () => ({
  /** Whether predictions are scores before sigmoid or softmax. */
  fromLogits: bool(false),
});

const axisFields = () => ({
  /** The axis of the classes. */
  axis: int(-1),
});

export const smoothingFields = () => ({
  ...logitFields(),
  /** Share of certainty taken from the labels, from 0 to 1. Szegedy et al. 2016. */
  labelSmoothing: float(0, { min: 0, max: 1 }),
});

export const crossentropyFields = () => merge(smoothingFields(), axisFields());

export const sparseFields = () => ({
  ...logitFields(),
  /** A class number that does not count, such as that of unlabelled pixels. */
  ignoreClass: maybe(int()),
  ...axisFields(),
});
