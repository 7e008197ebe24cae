/** Pictures as PNG. */

import { convertIndexedToRgb, type DecodedPng, decode, encode } from 'fast-png';
import { problem } from '../core/errors.js';
import { showShape } from '../core/shape.js';
import { show } from '../core/text.js';
import { Tensor } from '../tensor/tensor.js';
import { checkTensor } from './check-tensor.js';

/**
 * The bytes of a PNG of 8 bits a channel. `image` is uint8, 0 to 255: `[height, width]` or `[height, width, 1]` grey,
 * `[height, width, 3]` red, green and blue, with 2 or 4 channels the last is opacity. The same picture gives the same
 * bytes.
 *
 * Throws a ShapeError for another shape, a ConfigError for another type and for what is no tensor. Source: W3C, PNG Specification.
 *
 * @example
 * import { tensor } from 'myelin';
 * import { decodePng, encodePng } from 'myelin/datasets';
 * const bytes = encodePng(tensor([[0, 255]], { dtype: 'uint8' }));
 * decodePng(bytes).toArray(); // [[0, 255]]
 */
export function encodePng(image: Tensor): Uint8Array {
  checkTensor('encodePng', image);
  const [height = 0, width = 0, channels = 1] = image.shape;
  const isPicture = image.rank === 2 || (image.rank === 3 && channels >= 1 && channels <= 4);
  if (!isPicture || image.size === 0)
    throw problem('shape-mismatch', {
      subject: 'encodePng',
      expected: 'one picture of shape [height, width] or [height, width, 1 to 4 channels]',
      received: showShape(image.shape),
      fix: image.rank === 4 ? 'Take one of a batch: `images.gather(0)`.' : undefined,
    });
  if (image.dtype !== 'uint8')
    throw problem('argument-value', {
      subject: 'encodePng',
      expected: 'a picture of uint8, 0 to 255',
      received: image.dtype,
      fix: "Of numbers from 0 to 1: `image.mul(255).round().cast('uint8')`.",
    });
  return encode({ width, height, data: image.data() as Uint8Array, channels, depth: 8 });
}

/**
 * The picture of a PNG, uint8, 0 to 255: `[height, width]` if it is grey, else `[height, width, channels]` with 2
 * (grey and opacity), 3 or 4 channels. Colours of a palette are looked up; 16 bits become 8 (`round(v / 257)`), 1, 2 and
 * 4 bits too (`v * 255 / most`). `name` is what messages call the bytes. A single colour that is declared transparent
 * stays as it is; of an animation the first picture is taken.
 *
 * Throws a FormatError for what is no PNG, is not whole, or whose sums do not fit.
 */
export function decodePng(data: ArrayBuffer | Uint8Array, name = 'PNG'): Tensor {
  const bytes = data instanceof Uint8Array ? data : new Uint8Array(data);
  if (![0x89, 0x50, 0x4e, 0x47].every((byte, i) => bytes[i] === byte))
    throw problem('file-format', {
      subject: name,
      expected: "a PNG, which begins with the bytes 137, 'PNG'",
      received: bytes.length === 0 ? 'no bytes' : `the bytes ${bytes.subarray(0, 4).join(', ')}`,
    });
  const { width, height, depth, values } = decoded(bytes, name);
  if (depth < 8 && bytes[interlacePlace] !== 0)
    throw problem('file-format', {
      subject: name,
      expected: 'an interlaced PNG of 8 or 16 bits a channel',
      received: `one of ${depth}`,
      fix: 'Save it without interlacing.',
    });
  const channels = values.length / (width * height);
  const shape = channels === 1 ? [height, width] : [height, width, channels];
  return new Tensor(shape, 'uint8', { kind: 'data', values });
}

/** Where a PNG says how it is interlaced. */
const interlacePlace = 28;

function decoded(bytes: Uint8Array, name: string) {
  try {
    // The decoder reads from the whole buffer, so that a part of one must become one of its own.
    const picture = decode(bytes.slice(), { checkCrc: true });
    return { ...picture, values: inBytes(picture) };
  } catch (error) {
    throw problem('file-incomplete', {
      subject: name,
      expected: 'a whole PNG',
      received: `${bytes.length} bytes that cannot be read (${show((error as Error).message)})`,
      fix: 'Fetch or write the file again: a part of it is missing or changed.',
    });
  }
}

function inBytes(picture: DecodedPng): Uint8Array {
  const { data, depth, palette } = picture;
  if (palette) return convertIndexedToRgb(picture);
  if (depth === 16) return Uint8Array.from(data, (value) => Math.round(value / 257));
  return depth === 8 ? Uint8Array.from(data) : unpackedBits(picture);
}

/** Grey of 1, 2 or 4 bits: several pixels a byte, the first in the highest bits, each line from a new byte on. */
function unpackedBits({ data, depth, width, height }: DecodedPng): Uint8Array {
  const line = Math.ceil((width * depth) / 8);
  const most = 2 ** depth - 1;
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const bit = (i % width) * depth;
    const byte = data[Math.floor(i / width) * line + (bit >> 3)]!;
    return (((byte >> (8 - depth - (bit & 7))) & most) * 255) / most;
  });
}
