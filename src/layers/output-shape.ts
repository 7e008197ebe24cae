/** Shapes of outputs, found by running a function on placeholders: its open axes are those that follow the inputs'. */

import type { PartialShape } from '../core/shape.js';
import { record } from '../tensor/recording.js';
import { Tensor } from '../tensor/tensor.js';

/** Stand in for open axes: larger than windows that slide over them, and divisible by what usually divides a size. */
const stands = [240, 480] as const;

/** The output's shape for inputs of a shape that may be open. */
export function outputShapeOf(inputShape: PartialShape, body: (x: Tensor) => Tensor): PartialShape {
  const [first, second] = stands.map((size) => {
    const shape = inputShape.map((n) => n ?? size);
    const x = new Tensor(shape, 'float32', { kind: 'input', name: 'x' });
    return record(() => body(x)).result.shape;
  });
  return first!.map((size, d) => (size === second![d] ? size : null));
}
