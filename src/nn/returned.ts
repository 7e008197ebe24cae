import { problem } from '../core/errors.js';
import { show } from '../core/text.js';
import { Tensor } from '../tensor/tensor.js';

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
