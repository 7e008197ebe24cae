/** Axes as options of layers. */

import { problem } from '../core/errors.js';
import { either, int, listOf, type Optional } from '../core/fields.js';
import { axisFromFront, type PartialShape, showShape } from '../core/shape.js';

/** One axis, or several; the last one unless given. */
export const axes = (): Optional<number | readonly number[]> => ({
  ...either(int(), listOf(int())),
  fallback: -1,
});

/** These axes counted from the front, whose sizes must be known. Throws a ShapeError for others. */
export function knownAxes(subject: string, given: readonly number[], inputShape: PartialShape): number[] {
  const front = given.map((axis) => axisFromFront(axis, inputShape.length));
  const wrong = front.findIndex(
    (axis, i) => axis === undefined || inputShape[axis] === null || front.indexOf(axis) < i,
  );
  if (wrong < 0) return front as number[];
  throw problem('axis-out-of-range', {
    subject: `${subject} axis`,
    expected: `axes of known size, each once, of inputs of shape ${showShape(inputShape)}`,
    received: String(given[wrong]),
  });
}
