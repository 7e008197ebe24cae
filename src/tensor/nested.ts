/** Nested arrays: from rows of numbers to one flat array and back. */
import { type DType, elementTypes, type TypedArray, widest } from '../core/dtype.js';
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
  // As far down as the first elements show.
  for (let inner: unknown = input; isList(inner); inner = inner[0]) {
    shape.push(inner.length);
    if (inner.length === 0) break;
  }
  if (isTyped(input)) {
    const dtype = typeOf(input);
    return { values: copyOf(input, dtype), shape, dtype };
  }
  const [leaves, types]: [Leaf[], Set<DType>] = [[], new Set()];
  collect(input, shape, { leaves, types }, [], where);
  const [dtype = 'float32', ...others] = isList(input) ? types : [typeOf([input])];
  const common = others.length > 0 ? widest([dtype, ...others]) : dtype;
  return { values: new elementTypes[common].array(leaves.map(Number)), shape, dtype: common };
}

/** The type that arrays of this class hold; a byte is no truth value, and plain numbers are float32. */
function typeOf(x: readonly unknown[] | TypedArray): DType {
  if (isTyped(x))
    return (['int32', 'uint8'] as const).find((dtype) => x instanceof elementTypes[dtype].array) ?? 'float32';
  return x.length > 0 && x.every((value) => typeof value === 'boolean') ? 'bool' : 'float32';
}

// Not `slice()`, which gives a view of the same memory where the input is a Buffer of Node.
const copyOf = (input: TypedArray, dtype: DType): TypedArray =>
  input instanceof elementTypes[dtype].array
    ? new elementTypes[dtype].array(input)
    : Float32Array.from(input as ArrayLike<number>, Number);

interface Found {
  readonly leaves: Leaf[];
  /** Of the innermost rows. */
  readonly types: Set<DType>;
}

/** `at` is where `x` stands; one list for all, because there may be millions of leaves. */
function collect(x: unknown, shape: Shape, found: Found, at: number[], where: string): void {
  const expected = shape[at.length];
  if (expected === undefined) {
    if (typeof x !== 'number' && typeof x !== 'boolean') throw notANumber(x, at, where);
    found.leaves.push(x);
  } else {
    if (!isList(x) || x.length !== expected) throw ragged(x, expected, at, where);
    const axis = at.push(0) - 1;
    if (at.length === shape.length) found.types.add(typeOf(x));
    for (let i = 0; i < x.length; i++) {
      at[axis] = i;
      collect(x[i], shape, found, at, where);
    }
    at.pop();
  }
}

const place = (at: readonly number[]) => (at.length === 0 ? '' : ` at ${showShape(at)}`);

const notANumber = (x: unknown, at: readonly number[], where: string) =>
  problem(isList(x) ? 'argument-value' : 'text-in-data', {
    subject: where,
    expected: 'numbers or truth values',
    received: `${show(x)}${place(at)}`,
    fix:
      typeof x === 'string'
        ? 'Turn text into numbers first: `Number(text)`, or one number for each category.'
        : (x ?? undefined) === undefined
          ? 'Fill missing values first, or leave out their rows: `value ?? 0`.'
          : undefined,
  });

const ragged = (x: unknown, expected: number, at: readonly number[], where: string) =>
  problem('ragged-array', {
    subject: where,
    expected: `rows of one length: ${expected} values on this level`,
    received: `${isList(x) ? `${x.length} values` : show(x)}${place(at)}`,
  });
