/** The npz format of numpy: npy files by name in a zip archive. */

import { type UnzipFileInfo, unzipSync, zipSync } from 'fflate';
import { problem } from '../core/errors.js';
import { checkOptionNames } from '../core/option-names.js';
import { show } from '../core/text.js';
import { Tensor } from '../tensor/tensor.js';
import { parseNpy, writeNpy } from './npy.js';
import { crc32, type ZipEntry, zipEntries } from './zip-directory.js';

export interface WriteNpzOptions {
  /** Whether the arrays are packed (deflate), as `numpy.savez_compressed` does. Default false, as `numpy.savez`. */
  readonly compressed?: boolean;
}

const extension = '.npy';

/** The arrays of an npz file's bytes by name. Throws a FormatError for what is no such file, or not whole. */
export function parseNpz(bytes: Uint8Array, name = 'npz'): Record<string, Tensor> {
  const begins = bytes[0] === 0x50 && bytes[1] === 0x4b; // PK
  if (!begins)
    throw unreadable(name, bytes.length === 0 ? 'no bytes' : `the bytes ${bytes.subarray(0, 6).join(', ')}`);
  const entries = whole(name, () => zipEntries(bytes));
  const arrays = entries
    .filter(({ path }) => !path.endsWith('/'))
    .map((entry) => [keyOf(entry), entry] as const);
  checkEntries(name, arrays);
  const files = whole(name, () => unzipSync(bytes, { filter: hasSize }));
  const count = Object.keys(files).length;
  if (count !== entries.length) throw damaged(name, `${count} files of ${entries.length}`);
  return Object.fromEntries(
    arrays.map(([key, { path, sum }]) => {
      const file = files[path];
      if (!file || sum !== crc32(file)) throw damaged(`${name}: ${path}`, 'another sum');
      return [key, parseNpy(file, `${name}: ${path}`)];
    }),
  );
}

const keyOf = ({ path }: ZipEntry) => (path.endsWith(extension) ? path.slice(0, -extension.length) : path);

function checkEntries(name: string, arrays: readonly (readonly [key: string, entry: ZipEntry])[]): void {
  const keys = new Set<string>();
  for (const [key, { path, method, isEncrypted, isNamedAlike }] of arrays) {
    if (!isNamedAlike) throw damaged(`${name}: ${path}`, 'another name before the file');
    if (keys.has(key)) throw unreadable(name, `two arrays named '${key}'`);
    if (isEncrypted) throw unreadable(`${name}: ${path}`, 'an encrypted file');
    if (method !== 0 && method !== 8) throw unreadable(`${name}: ${path}`, `compression ${method}`);
    keys.add(key);
  }
}

/** Deflate packs nothing tighter than 1032 to 1; more would be filled with zeros and summed, for minutes. */
function hasSize({ size, originalSize }: UnzipFileInfo): boolean {
  if (originalSize > 1032 * size) throw new Error(`${originalSize} bytes in ${size}`);
  return true;
}

function whole<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw damaged(name, `bytes that cannot be unpacked (${(error as Error).message})`);
  }
}

const unreadable = (subject: string, received: string) =>
  problem('file-format', {
    subject,
    expected: 'an npz file, which is a zip archive of npy files',
    received,
    fix: 'Write it with numpy.savez; files of numpy.save are read by readNpy.',
  });

const damaged = (subject: string, received: string) =>
  problem('file-incomplete', {
    subject,
    expected: 'a whole zip archive, whose bytes have the sum it says',
    received,
    fix: 'Fetch or write the file again: a part of it is missing or changed.',
  });

/**
 * The bytes of an npz file: each tensor by its name, as `numpy.load` reads them. The same tensors give the same bytes.
 *
 * Throws a ConfigError for what is no tensor, and for an unknown option.
 *
 * @example
 * import { tensor } from 'myelin';
 * import { readNpz, writeNpz } from 'myelin/datasets';
 * const bytes = writeNpz({ x: tensor([[1, 2]]), y: tensor([0], { dtype: 'int32' }) });
 * const { y } = await readNpz(bytes);
 * y?.dtype; // 'int32'
 */
export function writeNpz(
  arrays: Readonly<Record<string, Tensor>>,
  options: WriteNpzOptions = {},
): Uint8Array {
  checkOptionNames('writeNpz', ['compressed'], options, 'writeNpz(arrays, { compressed: true })');
  const { compressed = false } = options;
  const files = Object.entries(arrays).map(([name, array]): [string, Uint8Array] => {
    if (array instanceof Tensor) return [`${name}${extension}`, writeNpy(array)];
    throw problem('argument-value', {
      subject: `writeNpz, '${name}',`,
      expected: 'a tensor',
      received: show(array),
    });
  });
  // The first day that zip can write, whatever today is.
  return zipSync(Object.fromEntries(files), { level: compressed ? 6 : 0, mtime: new Date(1980, 0, 1) });
}
