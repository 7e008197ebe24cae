/** Nested arrays: from rows of numbers to one flat array and back. */
import { type DType, elementTypes, type TypedArray } from '../core/dtype.js';
import { problem } from '../core/errors.js';
import { type Shape, showShape, sizeOf } from '../core/shape.js';
import { show } from '../core/text.js';

/** Values in rows of rows, as `toArray()` gives them. */
export type Nested = number | boolean | Nested[];
/** What `tensor()` takes: numbers, truth values, typed arrays, nested to any depth. */
export type NestedInput = number | boolean | ArrayBufferView | readonly NestedInput[];

export function nest(values: TypedArray, shape: Shape, dtype: DType): Nested {
  const value = dtype === 'bool' ? (x: number) => x !== 0 : (x: number) => x;
  const build = (axis: number, from: number): Nested => {
    if (axis === shape.length) return value(values[from]!);
    const step = sizeOf(shape.slice(axis + 1));
    return Array.from({ length: shape[axis]! }, (_, i) => build(axis + 1, from + i * step));
  };
  return build(0, 0);
}

export interface Flat {
  readonly values: TypedArray;
  readonly shape: number[];
  readonly dtype: DType;
}

type Leaf = number | boolean;
const isTyped = (x: unknown): x is TypedArray => ArrayBuffer.isView(x) && !(x instanceof DataView);
const isList = (x: unknown): x is readonly unknown[] | TypedArray => Array.isArray(x) || isTyped(x);

/** One flat array of the values, with the shape of the nesting and the type that holds them. */
export function flatten(input: NestedInput, where = 'tensor'): Flat {
  const shape: number[] = [];
  let inner: unknown = input;
  // As far down as the first elements show: typed arrays tell their type, plain numbers are float32.
  let dtype: DType = 'float32';
  for (; isList(inner); inner = inner[0]) {
    shape.push(inner.length);
    if (isTyped(inner)) dtype = typeOf(inner);
    if (inner.length === 0) break;
  }
  if (isTyped(input)) return { values: copyOf(input, dtype), shape, dtype };
  const leaves: Leaf[] = [];
  collect(input, shape, leaves, [], where);
  if (leaves.length > 0 && leaves.every((x) => typeof x === 'boolean')) dtype = 'bool';
  return { values: new elementTypes[dtype].array(leaves.map(Number)), shape, dtype };
}

/** The type that arrays of this class hold; a byte is no truth value. */
const typeOf = (x: TypedArray): DType =>
  (['int32', 'uint8'] as const).find((dtype) => x instanceof elementTypes[dtype].array) ?? 'float32';

const copyOf = (input: TypedArray, dtype: DType): TypedArray =>
  input instanceof elementTypes[dtype].array
    ? input.slice()
    : Float32Array.from(input as ArrayLike<number>, Number);

/** `at` is where `x` stands; one list for all, because there may be millions of leaves. */
function collect(x: unknown, shape: Shape, leaves: Leaf[], at: number[], where: string): void {
  const expected = shape[at.length];
  if (expected === undefined) {
    if (typeof x !== 'number' && typeof x !== 'boolean') throw notANumber(x, at, where);
    leaves.push(x);
  } else {
    if (!isList(x) || x.length !== expected) throw ragged(x, expected, at, where);
    const axis = at.push(0) - 1;
    for (let i = 0; i < x.length; i++) {
      at[axis] = i;
      collect(x[i], shape, leaves, at, where);
    }
    at.pop();
  }
}

const place = (at: readonly number[]) => (at.length === 0 ? '' : ` at ${showShape(at)}`);

const notANumber = (x: unknown, at: readonly number[], where: string) =>
  problem(typeof x === 'string' ? 'text-in-data' : 'argument-value', {
    subject: where,
    expected: 'numbers or truth values',
    received: `${show(x)}${place(at)}`,
    fix:
      typeof x === 'string'
        ? 'Turn text into numbers first: `Number(text)`, or one number for each category.'
        : undefined,
  });

const ragged = (x: unknown, expected: number, at: readonly number[], where: string) =>
  problem('ragged-array', {
    subject: where,
    expected: `rows of one length: ${expected} values on this level`,
    received: `${isList(x) ? `${x.length} values` : show(x)}${place(at)}`,
  });
