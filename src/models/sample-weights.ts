/** How much each example counts: weights as given, or by the class of its target. */

import { problem } from '../core/errors.js';
import { isSameShape, showShape, sizeOf } from '../core/shape.js';
import { warnOnce } from '../core/warnings.js';
import { Tensor } from '../tensor/tensor.js';
import { type Numbers, toTensor } from './data-adapter.js';

/** Weights as a tensor: one for each target, or one for each of its leading axes. */
export function weightsOf(method: string, given: Numbers, y: Tensor): Tensor {
  const weights = toTensor(`${method} sampleWeight`, given);
  const leading = y.shape.slice(0, Math.max(1, weights.rank));
  const isColumn = weights.rank > 1 && weights.shape.at(-1) === 1 && weights.size === y.shape[0];
  if (!(isSameShape(weights.shape, leading) || isColumn)) throw unfittingWeights(method, weights, y);
  const values = weights.values();
  for (let i = 0; i < values.length; i++) {
    if (values[i]! >= 0) continue;
    const what = Number.isNaN(values[i]) ? 'NaN' : `a negative weight, ${values[i]},`;
    const effect = Number.isNaN(values[i])
      ? 'the loss becomes NaN'
      : 'training makes the loss of that example larger';
    const row = Math.floor(i / sizeOf(weights.shape.slice(1)));
    warnOnce(`${method} weights`, `${method} sampleWeight has ${what} in row ${row}: ${effect}.`);
    break;
  }
  return weights.cast('float32');
}

/** A weight for each example by its class: the number, or the place of the largest value of its row. */
export function weightsByClass(method: string, factors: ReadonlyMap<number, number>, y: Tensor): Tensor {
  const classes = y.shape.at(-1)!;
  const isRow = y.rank > 1 && classes > 1;
  if (y.rank > 2) throw notClasses(method, y);
  const labels = (isRow ? y.argmax(-1) : y).values();
  const numbers = Array.from(labels, (label) => roundHalfEven(Number(label)));
  checkClasses(method, factors, new Set(numbers), isRow ? classes : null);
  const values = Float32Array.from(numbers, (label) => factors.get(label) ?? 1);
  return new Tensor([values.length], 'float32', { kind: 'data', values });
}

/** Python's and numpy's way to round. */
function roundHalfEven(x: number): number {
  const rounded = Math.round(x);
  return Math.abs(x % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/** Warns of a class that no target has, most often a slip in its number. */
function checkClasses(
  method: string,
  factors: ReadonlyMap<number, number>,
  seen: ReadonlySet<number>,
  classes: number | null,
): void {
  for (const label of factors.keys()) {
    if (classes !== null && label >= classes) throw unknownClass(method, label, classes);
    if (seen.has(label) || method.includes('batch')) continue;
    const known = [...seen].sort((a, b) => a - b).slice(0, 10);
    warnOnce(
      `${method} classWeight ${label}`,
      `${method} classWeight names class ${label}, but no target has it: there are ${known.join(', ')}.`,
    );
  }
}

const unfittingWeights = (method: string, { shape }: Tensor, y: Tensor) =>
  problem(shape[0] === y.shape[0] ? 'shape-mismatch' : 'length-mismatch', {
    subject: `${method} sampleWeight`,
    expected: `a weight for each of ${y.shape[0]} targets of shape ${showShape(y.shape)}`,
    received: `weights of shape ${showShape(shape)}`,
    fix: `Give ${y.shape[0]} numbers, one for each row of y.`,
  });

const notClasses = (method: string, { shape }: Tensor) =>
  problem('label-form', {
    subject: `${method} classWeight`,
    expected: 'targets that are class numbers or one-hot rows',
    received: `targets of shape ${showShape(shape)}`,
    fix: 'Give `sampleWeight` in its place.',
  });

const unknownClass = (method: string, label: number, classes: number) =>
  problem('label-range', {
    subject: `${method} classWeight`,
    expected: `class numbers from 0 to ${classes - 1}`,
    received: `${label}`,
  });

/** Both kinds of weights say how much an example counts, so there can be one of them. */
export const twoWeights = (method: string) =>
  problem('option-value', {
    subject: `${method} classWeight`,
    expected: 'no `sampleWeight` beside it',
    received: 'both',
    fix: 'Multiply the factors of the classes into `sampleWeight`.',
  });
