/** The IDX format of MNIST and its relatives: a short header, then all numbers, big end first. */

import { type DType, elementTypes, type TypedArray } from '../core/dtype.js';
import { problem } from '../core/errors.js';
import { type Shape, showShape, sizeOf } from '../core/shape.js';
import { Tensor } from '../tensor/tensor.js';
import { checkTensor } from './check-tensor.js';

export interface IdxOptions {
  /** What messages call the data: a file's name. Default `IDX`. */
  readonly name?: string;
}

interface ElementKind {
  readonly bytes: number;
  readonly dtype: DType;
  read(view: DataView, at: number): number;
}

/** By the third byte of the file. What no tensor holds becomes the type that holds all, or most, of its values. */
const kinds: Readonly<Record<number, ElementKind>> = {
  8: { bytes: 1, dtype: 'uint8', read: (view, at) => view.getUint8(at) },
  9: { bytes: 1, dtype: 'int32', read: (view, at) => view.getInt8(at) },
  11: { bytes: 2, dtype: 'int32', read: (view, at) => view.getInt16(at) },
  12: { bytes: 4, dtype: 'int32', read: (view, at) => view.getInt32(at) },
  13: { bytes: 4, dtype: 'float32', read: (view, at) => view.getFloat32(at) },
  14: { bytes: 8, dtype: 'float32', read: (view, at) => view.getFloat64(at) },
};

/**
 * The array of an IDX file, compressed with gzip or not. Bytes stay uint8, other integers become int32, numbers with a
 * fraction float32.
 *
 * Throws a FormatError when the data does not begin as IDX does, or is shorter or longer than its header says.
 * Source: LeCun, Cortes and Burges, the MNIST database.
 *
 * @example
 * const labels = await parseIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 7, 2, 1));
 * labels.toArray(); // [7, 2, 1]
 */
export async function parseIdx(
  data: ArrayBuffer | Uint8Array,
  { name = 'IDX' }: IdxOptions = {},
): Promise<Tensor> {
  const bytes = await unpacked(data instanceof Uint8Array ? data : new Uint8Array(data), name);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kind = kindOf(bytes, name);
  const rank = bytes[3]!;
  const start = 4 + 4 * rank;
  if (bytes.length < start) throw incomplete(name, `${start} bytes of header`, bytes.length);
  const shape = Array.from({ length: rank }, (_, d) => view.getUint32(4 + 4 * d));
  checkLength(bytes.length, start + sizeOf(shape) * kind.bytes, shape, name);
  return new Tensor(shape, kind.dtype, { kind: 'data', values: valuesOf(bytes.subarray(start), kind) });
}

function valuesOf(bytes: Uint8Array, { bytes: width, dtype, read }: ElementKind): TypedArray {
  // Copied at once: number by number the pictures of MNIST take seconds.
  if (dtype === 'uint8') return new Uint8Array(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new elementTypes[dtype].array(bytes.length / width);
  for (let i = 0; i < values.length; i++) values[i] = read(view, i * width);
  return values;
}

/** The third byte of a file for each type that IDX has. */
const codes: Readonly<Partial<Record<DType, number>>> = { uint8: 8, int32: 12, float32: 13 };

/**
 * The bytes of an IDX file, not compressed: uint8, int32 or float32 as the tensor is. `parseIdx` gives the tensor back.
 *
 * Throws a ConfigError for a bool tensor, of which the format has none. Source: LeCun, Cortes and Burges, the MNIST
 * database.
 *
 * @example
 * import { tensor } from 'myelin';
 * import { writeIdx } from 'myelin/datasets';
 * const labels = tensor([7, 2, 1], { dtype: 'uint8' });
 * Array.from(writeIdx(labels)); // [0, 0, 8, 1, 0, 0, 0, 3, 7, 2, 1]
 */
export function writeIdx(array: Tensor): Uint8Array {
  checkTensor('writeIdx', array);
  const { shape, dtype, rank } = array;
  const code = codes[dtype];
  if (code === undefined || rank > 255)
    throw problem('argument-value', {
      subject: 'writeIdx',
      expected: 'a tensor of uint8, int32 or float32 with at most 255 axes',
      received: `${dtype} with ${rank}`,
      fix: code === undefined ? "Write `.cast('uint8')`." : undefined,
    });
  const start = 4 + 4 * rank;
  const width = kinds[code]!.bytes;
  const values = array.data();
  const bytes = new Uint8Array(start + width * values.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(2, 256 * code + rank);
  for (let d = 0; d < rank; d++) view.setUint32(4 + 4 * d, shape[d]!);
  for (let i = 0; i < values.length; i++) {
    if (dtype === 'float32') view.setFloat32(start + width * i, values[i]!);
    else if (dtype === 'int32') view.setInt32(start + width * i, values[i]!);
    else bytes[start + i] = values[i]!;
  }
  return bytes;
}

function kindOf(bytes: Uint8Array, name: string): ElementKind {
  const kind = bytes[0] === 0 && bytes[1] === 0 ? kinds[bytes[2]!] : undefined;
  if (kind) return kind;
  throw problem('file-format', {
    subject: name,
    expected: 'an IDX file, whose first four bytes are 0, 0, a type from 8 to 14 and the number of axes',
    received: bytes.length === 0 ? 'no bytes' : `the bytes ${bytes.subarray(0, 4).join(', ')}`,
    fix: 'Give the file as it was published, as .gz or unpacked; a page of HTML in its place is a failed download.',
  });
}

function checkLength(received: number, expected: number, shape: Shape, name: string): void {
  if (received === expected) return;
  throw incomplete(name, `${expected} bytes, as its header says: ${showShape(shape)}`, received);
}

const incomplete = (name: string, expected: string, received: number | string) =>
  problem('file-incomplete', {
    subject: name,
    expected,
    received: typeof received === 'number' ? `${received} bytes` : received,
    fix: 'Fetch the file again: a part of it is missing or added.',
  });

const isGzip = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b;

async function unpacked(bytes: Uint8Array, name: string): Promise<Uint8Array> {
  if (!isGzip(bytes)) return bytes;
  const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream('gzip'));
  try {
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    throw incomplete(name, 'a whole gzip file', `${bytes.length} bytes that cannot be unpacked`);
  }
}
