import { problem } from '../core/errors.js';
import { show } from '../core/text.js';
import { Tensor } from '../tensor/tensor.js';

/** Throws a ConfigError for what is no tensor. */
export function checkTensor(subject: string, given: unknown): asserts given is Tensor {
  if (given instanceof Tensor) return;
  throw problem('argument-value', {
    subject,
    expected: 'a tensor',
    received: show(given),
    fix: Array.isArray(given) ? 'Make one of the array: `tensor(array)`.' : undefined,
  });
}
