import type { Field, Json } from '../core/fields.js';
import { isPlainObject } from '../core/text.js';
import { tensor } from '../tensor/create.js';
import type { NestedInput } from '../tensor/nested.js';
import { Tensor } from '../tensor/tensor.js';

export type Numbers = NestedInput | Tensor;

export const tensorOf = (given: Numbers): Tensor => (given instanceof Tensor ? given : tensor(given));

const isNumbers = (given: unknown): boolean =>
  typeof given === 'number' || Array.isArray(given) || ArrayBuffer.isView(given) || given instanceof Tensor;

/** A number, or arrays of numbers, which are kept as they were given. */
export const numbers = (): Field<Numbers> => ({
  expected: 'a number, an array of numbers or a tensor',
  parse: (given) => (isNumbers(given) ? given : undefined),
  toJson: (given) => (typeof given === 'number' ? given : (tensorOf(given).toArray() as Json)),
  // Keras's own arrays stand in an object that says so.
  fromJson: (json) =>
    (isPlainObject(json) && isPlainObject(json.config) ? json.config.value : json) as NestedInput,
});
