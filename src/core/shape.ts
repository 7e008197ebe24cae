/** Shapes as numpy has them: sizes, strides, axes counted from the end, broadcasting. */

export type Shape = readonly number[];
/** A shape whose sizes may still be open: the batch axis of a layer. */
export type PartialShape = readonly (number | null)[];

/** Whether a number can be a size. */
export const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;

export function sizeOf(shape: Shape): number {
  let size = 1;
  for (let d = 0; d < shape.length; d++) size *= shape[d]!;
  return size;
}

/** Distance in elements between neighbours along each axis, rows last. */
export function stridesOf(shape: Shape): number[] {
  const strides: number[] = [];
  for (let d = 0; d < shape.length; d++) strides.push(1);
  for (let d = shape.length - 2; d >= 0; d--) strides[d] = strides[d + 1]! * shape[d + 1]!;
  return strides;
}

export function isSameShape(a: PartialShape, b: PartialShape): boolean {
  if (a.length !== b.length) return false;
  for (let d = 0; d < a.length; d++) if (a[d] !== b[d]) return false;
  return true;
}

/** `[32, 784]`; an open first size is the batch's: `[batch, 784]`, other open sizes are `any`. */
export const showShape = (shape: PartialShape): string =>
  `[${shape.map((n, d) => n ?? (d === 0 ? 'batch' : 'any')).join(', ')}]`;

/** The shape both broadcast to, or nothing: sizes align from the right, and 1 stretches. */
export function broadcastShapes(a: Shape, b: Shape): number[] | undefined {
  const rank = Math.max(a.length, b.length);
  const result: number[] = [];
  for (let d = 0; d < rank; d++) {
    const size = a[d - (rank - a.length)] ?? 1;
    const other = b[d - (rank - b.length)] ?? 1;
    if (size !== other && size !== 1 && other !== 1) return undefined;
    result.push(size === 1 ? other : size);
  }
  return result;
}

/** The axis counted from the front, or nothing when there is no such axis. */
export function axisFromFront(axis: number, rank: number): number | undefined {
  const front = axis < 0 ? axis + rank : axis;
  return Number.isInteger(front) && front >= 0 && front < rank ? front : undefined;
}
