/** From what users give to tensors: nested arrays, typed arrays, tensors, raw bytes. */

import { problem } from '../core/errors.js';
import { type PartialShape, type Shape, showShape, sizeOf } from '../core/shape.js';
import { show } from '../core/text.js';
import { fitsExactly, isOneSample, unfitting } from '../layers/input-spec.js';
import { flatten, type NestedInput } from '../tensor/nested.js';
import { Tensor } from '../tensor/tensor.js';

/** Examples: a tensor, nested arrays, or a flat typed array, which takes the shape that the model knows. */
export type Numbers = Tensor | NestedInput;

/** Words in place of numbers, for models that begin with a layer that takes them. */
export type Words = readonly (string | Words)[];
export type Inputs = Numbers | Words;

/** As many targets as inputs, and as many weights, where there are any. */
export interface Examples {
  readonly x: Tensor;
  readonly y: Tensor;
  readonly w: Tensor | null;
}

/** The tensors of some examples by the names that programs have for them. */
export const namedTensors = ({ x, y, w }: Examples): Readonly<Record<string, Tensor>> => ({
  x,
  y,
  ...(w && { w }),
});

/** Who asks for data, and of what shape the model takes it. */
export interface Asker {
  /** `fit`, in messages. */
  readonly method: string;
  /** The model, and its first layer with the frame around it, in messages. */
  readonly model: string;
  readonly layer: readonly [frame: string, subject: string];
  readonly inputShape: PartialShape | null;
  readonly outputShape: PartialShape | null;
}

/** Inputs as one tensor with a batch axis. */
export function inputsOf(asker: Asker, given: Numbers): Tensor {
  const { method, inputShape } = asker;
  const x = shaped(`${method} x`, given, inputShape);
  if (x.rank === 0 || x.shape[0] === 0) throw noSamples(method, x);
  if (!inputShape || fitsExactly(inputShape, x.shape)) return x;
  if (isOneSample(inputShape, x.shape)) throw unfitting(asker.model, inputShape, x.shape);
  if (hasBatchAxis(inputShape, x.shape)) throw batchInShape(asker.model, inputShape, x.shape);
  const [frame, first] = asker.layer;
  throw unfitting(first, inputShape, x.shape).within(frame).within(asker.model);
}

/** Targets as one tensor with a batch axis, as many as there are inputs. */
export function targetsOf({ method, outputShape }: Asker, given: Numbers, count: number): Tensor {
  const labels = toTensor(`${method} y`, given);
  const isLabels = labels.rank === 1 && labels.size === count;
  const y = isLabels ? labels : shaped(`${method} y`, labels, outputShape, isFlat(given));
  if (y.shape[0] !== count) throw lengthMismatch(method, count, y);
  return y;
}

/** Rows `from` to `to`, without a copy. */
export function rowsOf(x: Tensor, from: number, to: number): Tensor {
  const step = sizeOf(x.shape.slice(1));
  const values = x.values().subarray(from * step, to * step);
  return new Tensor([to - from, ...x.shape.slice(1)], x.dtype, { kind: 'data', values });
}

/** Examples `from` to `to`, without a copy. */
export const examplesOf = ({ x, y, w }: Examples, from: number, to: number): Examples => ({
  x: rowsOf(x, from, to),
  y: rowsOf(y, from, to),
  w: w && rowsOf(w, from, to),
});

/** The last share of the examples apart, as Keras does it, before any mixing. */
export function split(examples: Examples, share: number): readonly [Examples, Examples] {
  const count = examples.x.shape[0]!;
  const first = Math.floor(count * (1 - share));
  if (first === 0 || first === count) throw emptySplit(share, count);
  return [examplesOf(examples, 0, first), examplesOf(examples, first, count)];
}

const isFlat = (given: Numbers) => ArrayBuffer.isView(given);

export function toTensor(where: string, given: Numbers): Tensor {
  if (given instanceof Tensor) return given;
  if (given === undefined || given === null) throw nothingGiven(where, given);
  const { values, shape, dtype } = flatten(given, where);
  return new Tensor(shape, dtype, { kind: 'data', values });
}

/** Gives a flat array the model's shape, and a list of numbers its axis of size 1. */
function shaped(where: string, given: Numbers, wanted: PartialShape | null, isTyped = isFlat(given)): Tensor {
  const x = toTensor(where, given);
  if (!wanted || x.rank !== 1) return x;
  const example = wanted.slice(1);
  const isColumn = wanted.length === 2 && wanted[1] === 1;
  if (!(isTyped || isColumn) || example.includes(null)) return x;
  const step = sizeOf(example as Shape);
  if (x.size % step !== 0) throw notWhole(where, x.size, step, wanted);
  return x.reshape([x.size / step, ...(example as Shape)]);
}

/** Whether a stated shape fits samples once its first axis is left out: it was meant as the batch axis. */
const hasBatchAxis = (stated: PartialShape, received: Shape) =>
  stated.length > 2 &&
  received.length === stated.length - 1 &&
  fitsExactly(stated.slice(2), received.slice(1));

const batchInShape = (model: string, stated: PartialShape, received: Shape) =>
  problem('batch-in-shape', {
    subject: model,
    expected: `inputs of shape ${showShape(stated)}, as its inputShape says`,
    received: showShape(received),
    fix: `Leave the batch axis out: \`inputShape: [${stated.slice(2).join(', ')}]\`.`,
  });

const notWhole = (where: string, received: number, step: number, wanted: PartialShape) =>
  problem('shape-mismatch', {
    subject: where,
    expected: `${step} values for each sample of shape ${showShape(wanted.slice(1))}`,
    received: `${received} values`,
    fix: `Give a multiple of ${step}, or state another \`inputShape\`.`,
  });

const nothingGiven = (where: string, given: unknown) =>
  problem('argument-value', {
    subject: where,
    expected: 'a tensor, nested arrays or a typed array',
    received: show(given),
  });

const noSamples = (method: string, x: Tensor) =>
  problem('empty-data', {
    subject: method,
    expected: 'at least one sample',
    received: x.rank === 0 ? 'a single number' : 'none',
  });

const lengthMismatch = (method: string, count: number, { shape }: Tensor) =>
  problem('length-mismatch', {
    subject: method,
    expected: 'as many targets as inputs',
    received: `${count} inputs and ${shape[0] ?? 'no'} targets`,
    fix: 'Give x and y as many rows each: row i of y answers row i of x.',
  });

const emptySplit = (share: number, count: number) =>
  problem('empty-data', {
    subject: 'fit validationSplit',
    expected: `a share that leaves samples on both sides of ${count}`,
    received: `${share}`,
    fix: 'Give a share such as 0.2, more samples, or `validationData`.',
  });
