/** Element types: how each is stored, and which type two of them make together. */

/** What formulas compute with: floats, 32-bit integers, truth values. */
export type ScalarType = 'float' | 'int' | 'bool';

interface ElementType {
  /** Bytes of one stored element. */
  readonly bytes: 1 | 4;
  /** What a stored element is once it has been read. */
  readonly scalar: ScalarType;
  readonly array: new (from: number | ArrayLike<number>) => TypedArray;
}

export type TypedArray = Float32Array | Int32Array | Uint8Array | Float64Array;

export const elementTypes = {
  float32: { bytes: 4, scalar: 'float', array: Float32Array },
  int32: { bytes: 4, scalar: 'int', array: Int32Array },
  /** 0 or 1 in one byte. */
  bool: { bytes: 1, scalar: 'bool', array: Uint8Array },
  /** Pixels and other raw bytes. Moving elements about keeps the type; arithmetic reads them as int32. */
  uint8: { bytes: 1, scalar: 'int', array: Uint8Array },
} as const satisfies Record<string, ElementType>;

export type DType = keyof typeof elementTypes;

/** The stored type of a formula's result. */
export const storedAs = { float: 'float32', int: 'int32', bool: 'bool' } as const satisfies Record<
  ScalarType,
  DType
>;

/** The wider of the types, in the order bool, int32, float32. */
export const widest = (types: readonly DType[]): DType =>
  types.includes('float32')
    ? 'float32'
    : types.includes('int32') || types.includes('uint8')
      ? 'int32'
      : 'bool';

/** Converts a number as storing it in an array of this type would. */
export function convert(value: number, dtype: DType): number {
  if (dtype === 'float32') return value;
  if (dtype === 'bool') return value === 0 ? 0 : 1;
  if (Number.isNaN(value)) return 0;
  const [low, high] = dtype === 'uint8' ? [0, 255] : [-(2 ** 31), 2 ** 31 - 1];
  return Math.min(high, Math.max(low, Math.trunc(value)));
}
