/** Whether a download is the published file. */

import { MyelinError } from '../../core/errors.js';
import { fashionFiles } from '../../data/fashion-mnist.js';
import { parseIdx } from '../../data/idx.js';
import type { PublishedSet } from './published-set.js';

/**
 * Why bytes are not the published file, or nothing. Node compares checksums. Browsers have no MD5: there gzip's own
 * checksum of the content has to fit, and the number of examples.
 */
export async function faultOf(
  { md5, sizes }: PublishedSet,
  file: string,
  bytes: Uint8Array,
): Promise<string | undefined> {
  const received = md5Of(bytes);
  if (received === md5[file]) return undefined;
  if (bytes[0] === lessThan) return 'a page of HTML in place of the file';
  if (received !== undefined) return `${bytes.length} bytes with md5 ${received} instead of ${md5[file]}`;
  const part = Object.values(fashionFiles.train).includes(file as never) ? 'train' : 'test';
  return structureFault(file, bytes, sizes[part]);
}

const lessThan = 0x3c;

/** Undefined in a page, and where rules for approved cryptography (FIPS) switch MD5 off. */
function md5Of(bytes: Uint8Array): string | undefined {
  try {
    return globalThis.process
      ?.getBuiltinModule?.('node:crypto')
      .createHash('md5')
      .update(bytes)
      .digest('hex');
  } catch {
    return undefined;
  }
}

async function structureFault(
  file: string,
  bytes: Uint8Array,
  examples: number,
): Promise<string | undefined> {
  try {
    const { shape } = await parseIdx(bytes, { name: file });
    return shape[0] === examples ? undefined : `${shape[0]} examples instead of ${examples}`;
  } catch (error) {
    if (error instanceof MyelinError) return `no whole file: ${error.received} instead of ${error.expected}`;
    throw error;
  }
}
