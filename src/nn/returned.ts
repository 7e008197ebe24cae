import { problem } from '../core/errors.js';
import { showShape } from '../core/shape.js';
import { show } from '../core/text.js';
import { Tensor } from '../tensor/tensor.js';

type Pairwise = (yTrue: Tensor, yPred: Tensor) => Tensor;

/** What a user's code gave, if it is a tensor. */
export function returned(subject: string, value: unknown): Tensor {
  if (value instanceof Tensor) return value;
  throw problem('argument-value', {
    subject,
    expected: 'to return a tensor',
    received: show(value),
    fix: value === undefined ? 'Write `return` before the result.' : undefined,
  });
}

/** For a class of a user's that lacks its formula. */
export const noFormula = (subject: string) =>
  problem('argument-value', {
    subject,
    expected: 'a method `values`',
    received: 'none',
    fix: 'Write `values(yTrue, yPred) { return … }`, one value for each sample.',
  });

/** A user's function that gives one number for all samples, or values of each of them. */
export const samplewiseFunction =
  (subject: string, given: Pairwise): Pairwise =>
  (yTrue, yPred) => {
    const values = returned(subject, given(yTrue, yPred));
    if (values.rank === 0 || values.shape[0] === yPred.shape[0]) return values;
    throw problem('shape-mismatch', {
      subject,
      expected: `to return one number for each of ${yPred.shape[0]} samples`,
      received: `shape ${showShape(values.shape)}`,
      fix: 'Keep the first axis and fold the others: `.mean(-1)`.',
    });
  };
