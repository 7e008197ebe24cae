/** The npy format of numpy: a header that says type, order and shape, then all numbers. */

import { type DType, elementTypes, type TypedArray } from '../core/dtype.js';
import { problem } from '../core/errors.js';
import { type Shape, showShape, sizeOf } from '../core/shape.js';
import { show } from '../core/text.js';
import { Tensor } from '../tensor/tensor.js';
import { checkTensor } from './check-tensor.js';
import { halfOf } from './half.js';

interface ElementKind {
  readonly bytes: number;
  readonly dtype: DType;
  read(view: DataView, at: number, little: boolean): number;
}

/** By numpy's letters without the order of bytes. What no tensor holds becomes the type that holds its values, or most. */
const kinds: Readonly<Record<string, ElementKind>> = {
  b1: { bytes: 1, dtype: 'bool', read: (view, at) => Number(view.getUint8(at) !== 0) },
  u1: { bytes: 1, dtype: 'uint8', read: (view, at) => view.getUint8(at) },
  i1: { bytes: 1, dtype: 'int32', read: (view, at) => view.getInt8(at) },
  u2: { bytes: 2, dtype: 'int32', read: (view, at, little) => view.getUint16(at, little) },
  i2: { bytes: 2, dtype: 'int32', read: (view, at, little) => view.getInt16(at, little) },
  u4: { bytes: 4, dtype: 'int32', read: (view, at, little) => view.getUint32(at, little) },
  i4: { bytes: 4, dtype: 'int32', read: (view, at, little) => view.getInt32(at, little) },
  u8: { bytes: 8, dtype: 'int32', read: (view, at, little) => Number(view.getBigUint64(at, little)) },
  i8: { bytes: 8, dtype: 'int32', read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  f2: { bytes: 2, dtype: 'float32', read: (view, at, little) => halfOf(view.getUint16(at, little)) },
  f4: { bytes: 4, dtype: 'float32', read: (view, at, little) => view.getFloat32(at, little) },
  f8: { bytes: 8, dtype: 'float32', read: (view, at, little) => view.getFloat64(at, little) },
};

/** How each type is written: as a tensor holds it. */
const written = { float32: '<f4', int32: '<i4', uint8: '|u1', bool: '|b1' } as const satisfies Record<
  DType,
  string
>;

const magic = '\u0093NUMPY';
/** Numbers begin at a multiple of this, as numpy has it. */
const alignment = 64;

interface Header {
  readonly kind: ElementKind;
  readonly isLittle: boolean;
  readonly isFortran: boolean;
  readonly shape: Shape;
  /** Where the numbers begin. */
  readonly start: number;
}

/**
 * The array of an npy file's bytes. `name` is what messages call them.
 *
 * Throws a FormatError for what is no such file, not whole, of a type without numbers, or has a number out of range.
 */
export function parseNpy(bytes: Uint8Array, name = 'npy'): Tensor {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { kind, isLittle, isFortran, shape, start } = headerOf(bytes, view, name);
  const size = sizeOf(shape);
  if (bytes.length !== start + size * kind.bytes)
    throw incomplete(
      name,
      `${start + size * kind.bytes} bytes, as its header says: ${showShape(shape)}`,
      bytes,
    );
  const values: TypedArray = new elementTypes[kind.dtype].array(size);
  const place = isFortran ? placesFromColumns(shape) : (i: number) => i;
  for (let i = 0; i < size; i++) {
    const value = kind.read(view, start + i * kind.bytes, isLittle);
    const at = place(i);
    values[at] = value;
    const isHeld = values[at] === value || (kind.dtype === 'float32' && isNear(values[at]!, value));
    if (!isHeld) throw outOfRange(name, kind.dtype, value, i);
  }
  return new Tensor(shape, kind.dtype, { kind: 'data', values });
}

/** Rounding is expected; what becomes infinite is not. */
const isNear = (stored: number, value: number) =>
  Number.isNaN(value) || Number.isFinite(stored) === Number.isFinite(value);

/** The bytes of an npy file, version 1.0, little end first, rows last: a float32 tensor is `<f4`, int32 `<i4`, uint8
 * `|u1`, bool `|b1`. The same tensor gives the same bytes. Throws a ConfigError for what is no tensor.
 *
 * @example
 * import { tensor } from 'myelin';
 * import { readNpy, writeNpy } from 'myelin/datasets';
 * const bytes = writeNpy(tensor([[1, 2], [3, 4]]));
 * bytes.length; // 144
 * (await readNpy(bytes)).toArray(); // [[1, 2], [3, 4]]
 */
export function writeNpy(array: Tensor): Uint8Array {
  checkTensor('writeNpy', array);
  const { shape, dtype } = array;
  const tuple = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const header = `{'descr': '${written[dtype]}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const start = Math.ceil((10 + header.length + 1) / alignment) * alignment;
  const values = array.data();
  const bytes = new Uint8Array(start + values.length * elementTypes[dtype].bytes);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < magic.length; i++) bytes[i] = magic.charCodeAt(i);
  bytes[6] = 1;
  view.setUint16(8, start - 10, true);
  new TextEncoder().encodeInto(`${header.padEnd(start - 11)}\n`, bytes.subarray(10));
  for (let i = 0; i < values.length; i++) {
    if (dtype === 'float32') view.setFloat32(start + 4 * i, values[i]!, true);
    else if (dtype === 'int32') view.setInt32(start + 4 * i, values[i]!, true);
    else bytes[start + i] = values[i]!;
  }
  return bytes;
}

/** Versions 1.0, 2.0 and 3.0: the length of the header has two bytes in the first, four in the others. */
function headerOf(bytes: Uint8Array, view: DataView, name: string): Header {
  const isNpy = [...magic].every((letter, i) => bytes[i] === letter.charCodeAt(0));
  if (!isNpy && bytes.length > 0) throw wrongFormat(name, `the bytes ${bytes.subarray(0, 6).join(', ')}`);
  if (bytes.length < 12) throw incomplete(name, 'a header of 12 bytes or more', bytes);
  const version = bytes[6]!;
  if (version < 1 || version > 3) throw wrongFormat(name, `version ${version}.${bytes[7]}`);
  const begin = version === 1 ? 10 : 12;
  const start = begin + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (bytes.length < start) throw incomplete(name, `a header of ${start} bytes`, bytes);
  return { ...described(new TextDecoder().decode(bytes.subarray(begin, start)), name), start };
}

/** The header is a dictionary as Python writes it. */
function described(header: string, name: string): Omit<Header, 'start'> {
  const type = /['"]descr['"]\s*:\s*(['"][^'"]*['"]|\[.*\])/.exec(header)?.[1];
  const order = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(header)?.[1];
  const sizes = /['"]shape['"]\s*:\s*\(([\d\s,L]*)\)/.exec(header)?.[1];
  if (type === undefined || order === undefined || sizes === undefined)
    throw wrongFormat(name, `the header ${show(header.trim())}`);
  const [, byteOrder, letters = ''] = /^['"]([<>|=]?)(\w+)['"]$/.exec(type) ?? [];
  const kind = Object.hasOwn(kinds, letters) ? kinds[letters] : undefined;
  if (!kind)
    throw problem('file-format', {
      subject: name,
      expected: `numbers or truth values: ${Object.keys(kinds).join(', ')}`,
      received: `the type ${type}`,
      fix: "Convert the array before it is saved: `array.astype('float32')`.",
    });
  const shape = (sizes.match(/\d+/g) ?? []).map(Number);
  return { kind, isLittle: byteOrder !== '>', isFortran: order === 'True', shape };
}

/** Where in rows-last order stands what is the i-th with columns last. */
function placesFromColumns(shape: Shape): (i: number) => number {
  return (i) => {
    let rest = i;
    let place = 0;
    for (let d = 0, stride = sizeOf(shape); d < shape.length; d++) {
      stride /= shape[d]!;
      place += (rest % shape[d]!) * stride;
      rest = Math.floor(rest / shape[d]!);
    }
    return place;
  };
}

const outOfRange = (name: string, dtype: DType, value: number, i: number) =>
  problem('file-format', {
    subject: name,
    expected: `numbers that ${dtype} holds`,
    received: `${value} at place ${i}`,
    fix: "Divide the array, or convert it before it is saved: `array.astype('float32')`.",
  });

const wrongFormat = (name: string, received: string) =>
  problem('file-format', {
    subject: name,
    expected: "an npy file, which begins with the byte 147, 'NUMPY' and a version from 1 to 3",
    received,
    fix: 'Write it with numpy.save; files of numpy.savez are read by readNpz.',
  });

const incomplete = (name: string, expected: string, { length }: Uint8Array) =>
  problem('file-incomplete', {
    subject: name,
    expected,
    received: `${length} bytes`,
    fix: 'Fetch or write the file again: a part of it is missing or added.',
  });
