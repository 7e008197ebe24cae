import { type Shape, sizeOf } from '../core/shape.js';

type Axes = readonly number[] | null;

/**
 * How many inputs reach one output of a kernel, and how many outputs one input reaches: the sizes along these axes, if
 * both are given. Else a kernel is `[..., inputs, outputs]`, and one of a convolution counts each place of its window.
 * Source: Keras's `compute_fans`.
 */
export function fans(
  shape: Shape,
  inputAxes: Axes = null,
  outputAxes: Axes = null,
): { readonly inputs: number; readonly outputs: number } {
  const along = (axes: readonly number[]) => sizeOf(axes.map((axis) => shape.at(axis)!));
  if (inputAxes && outputAxes) return { inputs: along(inputAxes), outputs: along(outputAxes) };
  const window = sizeOf(shape.slice(0, -2));
  const [inputs = 1, outputs = inputs] = shape.slice(-2);
  return { inputs: window * inputs, outputs: window * outputs };
}
