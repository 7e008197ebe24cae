/** Which inputs a layer takes, and what is said about others. */

import { problem, type ShapeError } from '../core/errors.js';
import { isSameShape, type PartialShape, showShape } from '../core/shape.js';
import { show } from '../core/text.js';
import { Tensor } from '../tensor/tensor.js';

/** `null` axes are open. `minRank` lets further axes stand between the first and the last. */
export interface InputSpec {
  /** The shape that messages show: that of the inputs the layer was built for. */
  readonly shape: PartialShape;
  /** Fewest axes; as many as `shape` has when left out. */
  readonly minRank?: number;
}

/** Inputs of this many axes, the batch axis counted. */
export const ofRank = (rank: number): InputSpec => ({ shape: Array<null>(rank).fill(null) });

/** Throws a ConfigError for inputs that are no tensor, and for a layer of a user's that cannot be called. */
export function checkCall(layer: { readonly subject: string; readonly call?: unknown }, inputs: unknown) {
  const refused = (expected: string, received: string, fix: string) =>
    problem('argument-value', { subject: layer.subject, expected, received, fix });
  if (typeof layer.call !== 'function')
    throw refused('a method `call`', 'none', 'Write `call(x) { return … }`.');
  if (!(inputs instanceof Tensor))
    throw refused('a tensor', show(inputs), 'Write `tensor(x)`; `model.predict` takes arrays too.');
}

/** Throws a ShapeError unless inputs of this shape are taken. */
export function checkInput(subject: string, spec: InputSpec, received: PartialShape): void {
  if (!fits(spec, received)) throw unfitting(subject, spec.shape, received);
}

function fits({ shape, minRank }: InputSpec, received: PartialShape): boolean {
  if (minRank === undefined) return fitsExactly(shape, received);
  return received.length >= minRank && received.at(-1) === (shape.at(-1) ?? received.at(-1));
}

/** Whether each axis has the stated size, where one is stated. */
export const fitsExactly = (shape: PartialShape, received: PartialShape): boolean =>
  shape.length === received.length && shape.every((size, d) => size === null || size === received[d]);

/** The error for inputs of the wrong shape, in words of their own for the most common causes. */
export function unfitting(subject: string, expected: PartialShape, received: PartialShape): ShapeError {
  const problemOf = {
    subject,
    expected: `inputs of shape ${showShape(expected)}`,
    received: showShape(received),
  };
  if (isOneSample(expected, received)) {
    return problem('missing-batch-axis', {
      ...problemOf,
      fix:
        'This is one sample without its batch axis. Put it in an array, `[x]`; for a tensor write `x.expandDims(0)`.' +
        (received.length === 2
          ? ` If these are ${received[0]} samples, state \`inputShape: [${received[1]}]\`, without the batch axis.`
          : ''),
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
  const fix =
    imageFix(expected, received) ??
    `The weights are made for ${showShape(expected)}: give such inputs, or make the model anew for others.`;
  return problem('shape-mismatch', { ...problemOf, fix });
}

/** What to do with flat pixels, one image alone, and channels that are others or stand at the other end. */
function imageFix(expected: PartialShape, received: PartialShape): string | undefined {
  const sample = expected.slice(1);
  if (sample.length < 2) return undefined;
  const axes = `[-1, ${sample.join(', ')}]`;
  if (received.length === 2 && received[1] === productOf(expected))
    return `Give each sample its axes: \`x.reshape(${axes})\`.`;
  if (received.length < expected.length && productOf([null, ...received]) === productOf(expected))
    return `This is one sample without all of its axes: \`x.reshape(${axes})\`.`;
  const isOfOtherWidth = sample.length > 2 && fitsExactly([...expected.slice(0, -1), null], received);
  if (isOfOtherWidth)
    return `The last axis, of channels if they come last, has size ${received.at(-1)} and not ${sample.at(-1)}: make the model with \`inputShape: [${received.slice(1).join(', ')}]\`.`;
  const isLike = (shape: PartialShape) => fitsExactly([null, ...shape], received);
  const turned = [
    [sample.at(-1)!, ...sample.slice(0, -1)],
    [...sample.slice(1), sample[0]!],
  ].findIndex(isLike);
  if (turned < 0) return undefined;
  const order = [...received.keys()];
  const moved = turned === 0 ? [0, ...order.slice(2), 1] : [0, order.at(-1)!, ...order.slice(1, -1)];
  return `The channels stand at the other end: \`x.transpose([${moved.join(', ')}])\`.`;
}

/** Whether only the batch axis is missing. */
export const isOneSample = (expected: PartialShape, received: PartialShape): boolean =>
  received.length === expected.length - 1 && isSameShape(expected.slice(1), received);

/** Whether only an axis of one channel is missing, at this place. */
const lacksChannels = (expected: PartialShape, received: PartialShape, axis: number): boolean =>
  expected.length > 2 &&
  expected.at(axis) === 1 &&
  fitsExactly(expected.toSpliced(axis, 1).with(0, null), received);

function isUnflattened(expected: PartialShape, received: PartialShape): boolean {
  if (expected.length !== 2 || received.length <= 2) return false;
  return productOf(received) === expected[1];
}

/** Elements of one sample; NaN while an axis is open. */
const productOf = ([, ...sample]: PartialShape) =>
  sample.reduce<number>((n, size) => n * (size ?? Number.NaN), 1);
