import { type Shape, sizeOf } from '../core/shape.js';

/**
 * How many inputs reach one output of a kernel, and how many outputs one input reaches.
 * A convolution kernel `[..., inputs, outputs]` counts each place of its window. Source: Keras's
 * `compute_fans`.
 */
export function fans(shape: Shape): { readonly inputs: number; readonly outputs: number } {
  const window = sizeOf(shape.slice(0, -2));
  const [inputs = 1, outputs = inputs] = shape.slice(-2);
  return { inputs: window * inputs, outputs: window * outputs };
}
