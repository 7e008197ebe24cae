/** Fields of operations: axes, lists of whole numbers, element types. */
import { type DType, elementTypes } from '../core/dtype.js';
import { type ErrorCode, problem } from '../core/errors.js';
import { type Field, type Optional, oneOf } from '../core/fields.js';
import { axisFromFront, type Shape, showShape } from '../core/shape.js';
import { show } from '../core/text.js';

const isWhole = (x: unknown): x is number => Number.isInteger(x);
const isWholeList = (x: unknown): x is readonly number[] => Array.isArray(x) && x.every(isWhole);

/** Whole numbers, one for each axis. */
export const integers = (): Field<readonly number[]> => ({
  expected: 'a list of integers',
  parse: (value) => (isWholeList(value) ? value : undefined),
});

/** Any numbers. */
export const numbers = (): Field<readonly number[]> => ({
  expected: 'a list of numbers',
  parse: (value) => (Array.isArray(value) && value.every((x) => typeof x === 'number') ? value : undefined),
});

/** One axis. */
export const oneAxis = (fallback: number): Optional<number> => ({
  expected: 'an axis: an integer, negative from the end',
  fallback,
  parse: (value) => (isWhole(value) ? value : undefined),
});

/** One axis, several, or all of them when null. */
export const manyAxes = (): Optional<number | readonly number[] | null, readonly number[] | null> => ({
  expected: 'an axis, a list of axes, or null for all',
  fallback: null,
  parse: (value) =>
    value === null ? null : isWhole(value) ? [value] : isWholeList(value) ? value : undefined,
});

export const elementType = (): Field<DType> => oneOf(Object.keys(elementTypes) as DType[]);

/** An error of a method of tensors. */
export const misuse = (code: ErrorCode, method: string, expected: string, received: string) =>
  problem(code, { subject: `Tensor.${method}`, expected, received });

/** A ConfigError unless an argument is what it should be. */
export function check(
  isFine: boolean,
  subject: string,
  expected: string,
  given: unknown,
  fix?: string,
): void {
  if (!isFine) throw problem('argument-value', { subject, expected, received: show(given), fix });
}

/** The axis from the front, or a ShapeError. */
export function frontAxis(axis: number, shape: Shape, name: string): number {
  const rank = shape.length;
  const front = axisFromFront(axis, rank);
  if (front !== undefined) return front;
  const expected =
    rank === 0 ? 'no axis: the tensor is a single number' : `an axis from ${-rank} to ${rank - 1}`;
  throw misuse('axis-out-of-range', name, expected, `${axis} for shape ${showShape(shape)}`);
}

/** Axes from the front, in order, each once; all of them for null. */
export function frontAxes(axes: number | readonly number[] | null, shape: Shape, name: string): number[] {
  if (axes === null) return [...shape.keys()];
  const front = [axes].flat().map((axis) => frontAxis(axis, shape, name));
  if (new Set(front).size === front.length) return front.sort((a, b) => a - b);
  throw misuse('axis-out-of-range', name, 'each axis once', showShape([axes].flat()));
}

/** The order of axes in which these stand last. */
export const lastInOrder = (rank: number, axes: readonly number[]): number[] => [
  ...[...Array(rank).keys()].filter((d) => !axes.includes(d)),
  ...axes,
];
/** The order that undoes another. */
export const inverse = (order: readonly number[]): number[] => order.map((_, d) => order.indexOf(d));

/** Any number, infinities and NaN as well. */
export const anyNumber = (fallback: number): Optional<number> => ({
  expected: 'a number',
  fallback,
  parse: (value) => (typeof value === 'number' ? value : undefined),
});
