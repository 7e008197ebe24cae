/** Nested arrays: from rows of numbers to one flat array and back. */
import { type DType, elementTypes, type TypedArray, widest } from '../core/dtype.js';
import { problem } from '../core/errors.js';
import { type Shape, showShape, sizeOf } from '../core/shape.js';
import { show } from '../core/text.js';

/** Values in rows of rows, as `toArray()` gives them. */
export type Nested = number | boolean | Nested[];
/** What `tensor()` takes: numbers, truth values, typed arrays, nested to any depth. */
export type NestedInput = number | boolean | ArrayBufferView | readonly NestedInput[];

export const nest = (values: TypedArray, shape: Shape, dtype: DType): Nested =>
  nestOf<number | boolean>(shape, dtype === 'bool' ? (i) => values[i] !== 0 : (i) => values[i]!);

type NestedOf<V> = V | NestedOf<V>[];

/** Values by their place in row-major order, in rows of rows. */
export function nestOf<V>(shape: Shape, valueAt: (place: number) => V): NestedOf<V> {
  const build = (axis: number, from: number): NestedOf<V> => {
    if (axis === shape.length) return valueAt(from);
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
  if (isTyped(input)) {
    const dtype = typeOf(input);
    return { values: copyOf(input, dtype), shape: [input.length], dtype };
  }
  const types = new Set<DType>();
  const { leaves, shape } = leavesOf<Leaf>(input, where, {
    isLeaf: (x) => typeof x === 'number' || typeof x === 'boolean',
    wrong: (x, at) => notANumber(x, at, where),
    row: (x) => types.add(typeOf(x)),
  });
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

interface Leaves<T> {
  isLeaf(x: unknown): boolean;
  /** The error for anything else. */
  wrong(x: unknown, at: readonly number[]): Error;
  /** Is told of each innermost row. */
  row?(x: readonly T[] | TypedArray): void;
}

/** What nested arrays hold, in row-major order, and the shape of the nesting. */
export function leavesOf<T>(
  input: unknown,
  where: string,
  { isLeaf, wrong, row }: Leaves<T>,
): { leaves: T[]; shape: number[] } {
  const shape: number[] = [];
  // As far down as the first elements show.
  for (let inner: unknown = input; isList(inner); inner = inner[0]) {
    shape.push(inner.length);
    if (inner.length === 0) break;
  }
  const leaves: T[] = [];
  // Where `x` stands; one list for all, because there may be millions of leaves.
  const at: number[] = [];
  const collect = (x: unknown): void => {
    const expected = shape[at.length];
    if (expected === undefined) {
      if (!isLeaf(x)) throw wrong(x, at);
      leaves.push(x as T);
    } else {
      if (!isList(x) || x.length !== expected) throw ragged(x, expected, at, where);
      const axis = at.push(0) - 1;
      if (at.length === shape.length) row?.(x as readonly T[] | TypedArray);
      for (let i = 0; i < x.length; i++) {
        at[axis] = i;
        collect(x[i]);
      }
      at.pop();
    }
  };
  collect(input);
  return { leaves, shape };
}

/** Where a leaf stands, to be put behind it in a message. */
export const place = (at: readonly number[]) => (at.length === 0 ? '' : ` at ${showShape(at)}`);

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
          : Object.hasOwn(x as object, 'dtype')
            ? 'Make one tensor of them: `stack(tensors)`.'
            : undefined,
  });

const ragged = (x: unknown, expected: number, at: readonly number[], where: string) =>
  problem('ragged-array', {
    subject: where,
    expected: `rows of one length: ${expected} values on this level`,
    received: `${isList(x) ? `${x.length} values` : show(x)}${place(at)}`,
  });
