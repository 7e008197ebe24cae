/** Which inputs a layer takes, and what is said about others. */

import { problem, type ShapeError } from '../core/errors.js';
import { isSameShape, type PartialShape, type Shape, showShape } from '../core/shape.js';

/** `null` axes are open. `minRank` lets further axes stand between the first and the last. */
export interface InputSpec {
  /** The shape that messages show: that of the inputs the layer was built for. */
  readonly shape: PartialShape;
  /** Fewest axes; as many as `shape` has when left out. */
  readonly minRank?: number;
}

/** Inputs of this many axes, the batch axis counted. */
export const ofRank = (rank: number): InputSpec => ({ shape: Array<null>(rank).fill(null) });

/** Throws a ShapeError unless inputs of this shape are taken. */
export function checkInput(subject: string, spec: InputSpec, received: Shape): void {
  if (!fits(spec, received)) throw unfitting(subject, spec.shape, received);
}

function fits({ shape, minRank }: InputSpec, received: Shape): boolean {
  if (minRank === undefined) return fitsExactly(shape, received);
  return received.length >= minRank && received.at(-1) === (shape.at(-1) ?? received.at(-1));
}

/** Whether each axis has the stated size, where one is stated. */
export const fitsExactly = (shape: PartialShape, received: PartialShape): boolean =>
  shape.length === received.length && shape.every((size, d) => size === null || size === received[d]);

/** The error for inputs of the wrong shape, in words of their own for the most common causes. */
export function unfitting(subject: string, expected: PartialShape, received: Shape): ShapeError {
  const problemOf = {
    subject,
    expected: `inputs of shape ${showShape(expected)}`,
    received: showShape(received),
  };
  if (isOneSample(expected, received)) {
    return problem('missing-batch-axis', {
      ...problemOf,
      fix: 'This is one sample without its batch axis. Put it in an array, `[x]`; for a tensor write `x.expandDims(0)`.',
    });
  }
  const place = [-1, 1].find((axis) => lacksChannels(expected, received, axis));
  if (place !== undefined) {
    const fix = `Give images their axis of channels: \`x.expandDims(${place})\`.`;
    return problem('missing-channel-axis', { ...problemOf, fix });
  }
  if (isUnflattened(expected, received)) {
    return problem('not-flattened', { ...problemOf, fix: 'Add `new Flatten()` before this layer.' });
  }
  if (expected.every((size) => size === null)) return problem('shape-mismatch', problemOf);
  const fix = `The weights are made for ${showShape(expected)}: give such inputs, or make the model anew for others.`;
  return problem('shape-mismatch', { ...problemOf, fix });
}

/** Whether only the batch axis is missing. */
export const isOneSample = (expected: PartialShape, received: Shape): boolean =>
  received.length === expected.length - 1 && isSameShape(expected.slice(1), received);

/** Whether only an axis of one channel is missing, at this place. */
const lacksChannels = (expected: PartialShape, received: Shape, axis: number): boolean =>
  expected.length > 2 &&
  expected.at(axis) === 1 &&
  fitsExactly(expected.toSpliced(axis, 1).with(0, null), received);

function isUnflattened(expected: PartialShape, received: Shape): boolean {
  if (expected.length !== 2 || received.length <= 2) return false;
  return received.slice(1).reduce((n, size) => n * size, 1) === expected[1];
}
