/** The IDX format of MNIST and its relatives: a short header, then all numbers, big end first. */

import type { DType } from '../core/dtype.js';
import { problem } from '../core/errors.js';
import { type Shape, showShape, sizeOf } from '../core/shape.js';
import { Tensor } from '../tensor/tensor.js';

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
  const values = Float64Array.from({ length: sizeOf(shape) }, (_, i) =>
    kind.read(view, start + i * kind.bytes),
  );
  return new Tensor(shape, kind.dtype, { kind: 'data', values: inType(values, kind.dtype) });
}

const inType = (values: Float64Array, dtype: DType) =>
  dtype === 'uint8'
    ? Uint8Array.from(values)
    : dtype === 'int32'
      ? Int32Array.from(values)
      : Float32Array.from(values);

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
