/** Masks: which steps of a sequence count. A mask travels with the tensor it belongs to, from layer to layer. */

import { warnOnce } from '../core/warnings.js';
import { reshape } from '../ops/view.js';
import type { Tensor } from '../tensor/tensor.js';

const masks = new WeakMap<object, Tensor>();

/**
 * The mask that a layer gave to its output, true where a step counts; null for none.
 *
 * @example
 * maskOf(new Embedding(3, 2, { maskZero: true }).apply(tensor([[1, 0]])))?.toArray(); // [[true, false]]
 */
export const maskOf = (x: object): Tensor | null => masks.get(x) ?? null;

/** The output of a layer with its mask. One that the call has made itself stays. */
export function withMask(output: Tensor, inputs: object, mask: Tensor | null): Tensor {
  const isOwn = output !== inputs;
  if (maskOf(output) === mask || (isOwn && maskOf(output))) return output;
  // A layer that gives its inputs back must not change their mask.
  const masked = isOwn ? output : reshape(output, { shape: output.shape });
  if (mask) masks.set(masked, mask);
  return masked;
}

/** Says that a layer cannot carry a mask on. */
export const warnOfEnd = (subject: string): void =>
  warnOnce(
    `mask ${subject}`,
    `${subject} ends the mask of its inputs: what comes after takes masked steps for real ones.`,
  );
