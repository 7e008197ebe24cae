import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { decodePng, encodePng } from '../../src/data/png.js';
import { readPng, writePng } from '../../src/datasets/index.js';
import { tensor, zeros } from '../../src/index.js';

const folder = mkdtempSync(join(tmpdir(), 'myelin-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A chunk: length, four letters, bytes, sum. */
function chunk(type: string, content: readonly number[] | Uint8Array): number[] {
  const body = Buffer.from([...Buffer.from(type), ...content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(body));
  return [...length, ...body, ...sum];
}

/** A PNG by its lines, each of which begins with the number of its filter: no library in between. */
function png(
  [width, height, depth, colour, interlace = 0]: readonly number[],
  lines: readonly (readonly number[])[],
  more: readonly number[] = [],
): Uint8Array {
  const header = [0, 0, 0, width!, 0, 0, 0, height!, depth!, colour!, 0, 0, interlace];
  const pixels = deflateSync(Uint8Array.from(lines.flat()));
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  const chunks = [...chunk('IHDR', header), ...more, ...chunk('IDAT', pixels), ...chunk('IEND', [])];
  return Uint8Array.from([...signature, ...chunks]);
}

test.each([
  [
    'grey of 8 bits',
    png(
      [2, 2, 8, 0],
      [
        [0, 1, 255],
        [0, 7, 0],
      ],
    ),
    [
      [1, 255],
      [7, 0],
    ],
  ],
  ['the difference to the left', png([3, 1, 8, 0], [[1, 10, 5, 5]]), [[10, 15, 20]]],
  [
    'grey of 1 bit',
    png(
      [10, 2, 1, 0],
      [
        [0, 0b10100000, 0b01000000],
        [0, 0, 0b10000000],
      ],
    ),
    [
      [255, 0, 255, 0, 0, 0, 0, 0, 0, 255],
      [0, 0, 0, 0, 0, 0, 0, 0, 255, 0],
    ],
  ],
  ['grey of 4 bits', png([3, 1, 4, 0], [[0, 0x1f, 0x80]]), [[17, 255, 136]]],
  ['grey of 16 bits', png([3, 1, 16, 0], [[0, 0, 0, 0x80, 0x80, 0xff, 0xff]]), [[0, 128, 255]]],
  [
    'colour',
    png(
      [1, 2, 8, 2],
      [
        [0, 1, 2, 3],
        [0, 4, 5, 6],
      ],
    ),
    [[[1, 2, 3]], [[4, 5, 6]]],
  ],
  ['colour with opacity', png([1, 1, 8, 6], [[0, 1, 2, 3, 128]]), [[[1, 2, 3, 128]]]],
  ['grey with opacity', png([1, 1, 8, 4], [[0, 9, 128]]), [[[9, 128]]]],
  [
    'a palette',
    png([3, 1, 2, 3], [[0, 0b01000100]], chunk('PLTE', [1, 2, 3, 4, 5, 6])),
    [
      [
        [4, 5, 6],
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
  ],
  [
    'a palette with opacity',
    png([1, 1, 8, 3], [[0, 0]], [...chunk('PLTE', [1, 2, 3, 4, 5, 6]), ...chunk('tRNS', [77])]),
    [[[1, 2, 3, 77]]],
  ],
] as const)('decodePng reads %s', (_, bytes, pixels) => {
  const image = decodePng(bytes);
  expect([image.dtype, image.toArray()]).toEqual(['uint8', pixels]);
});

test('bytes in the middle of a buffer are read too', () => {
  const bytes = png([2, 1, 8, 0], [[0, 1, 255]]);
  expect(decodePng(Uint8Array.of(9, 9, 9, ...bytes).subarray(3)).toArray()).toEqual([[1, 255]]);
  expect(decodePng(bytes.slice().buffer).toArray()).toEqual([[1, 255]]);
});

const pictures = [
  [2, 3],
  [2, 3, 2],
  [2, 3, 3],
  [2, 3, 4],
].map((shape) => {
  const size = shape.reduce((a, b) => a * b);
  return tensor(
    Uint8Array.from({ length: size }, (_, i) => (i * 37) % 256),
    { shape },
  );
});

test.each(pictures)('a picture is written and read back: %#', (image) => {
  const again = decodePng(encodePng(image));
  expect([again.shape, [...again.data()]]).toEqual([image.shape, [...image.data()]]);
  expect(encodePng(image)).toEqual(encodePng(image));
});

test('one channel is grey', () => {
  expect(decodePng(encodePng(zeros([2, 3, 1], { dtype: 'uint8' }))).shape).toEqual([2, 3]);
});

test('a picture goes to a file and back', async () => {
  const file = join(folder, 'a.png');
  await writePng(file, pictures[2]!);
  expect((await readPng(file)).toArray()).toEqual(pictures[2]!.toArray());
  await expect(writePng(file, zeros([2, 2]))).rejects.toThrow(/a picture of uint8/);
  expect(readdirSync(folder)).toEqual(['a.png']);
});

test.each([
  ['no picture', zeros([3], { dtype: 'uint8' }), 'shape-mismatch'],
  ['a batch', zeros([3, 2, 2, 1], { dtype: 'uint8' }), 'shape-mismatch'],
  ['five channels', zeros([2, 2, 5], { dtype: 'uint8' }), 'shape-mismatch'],
  ['no pixels', zeros([0, 2], { dtype: 'uint8' }), 'shape-mismatch'],
  ['floats', zeros([2, 2]), 'argument-value'],
])('encodePng refuses %s', (_, image, code) => {
  expect(() => encodePng(image)).toThrow(expect.objectContaining({ code }));
});

const whole = png([2, 1, 8, 0], [[0, 1, 255]]);

test.each([
  ['nothing', new Uint8Array(0), 'file-format'],
  ['a page of HTML', new TextEncoder().encode('<!doctype html>'), 'file-format'],
  ['half a file', whole.subarray(0, 50), 'file-incomplete'],
  ['a changed byte', Uint8Array.from(whole, (byte, i) => (i === 45 ? byte ^ 1 : byte)), 'file-incomplete'],
  ['fewer lines than it says', png([2, 9, 8, 0], [[0, 1, 255]]), 'file-incomplete'],
  ['an index beyond the palette', png([1, 1, 8, 3], [[0, 5]], chunk('PLTE', [1, 2, 3])), 'file-incomplete'],
  [
    'interlaced bits',
    png(
      [2, 1, 1, 0, 1],
      [
        [0, 0x80],
        [0, 0x80],
      ],
    ),
    'file-format',
  ],
])('decodePng refuses %s', (_, bytes, code) => {
  expect(() => decodePng(bytes, 'a.png')).toThrow(expect.objectContaining({ code, subject: 'a.png' }));
});

test('what is no tensor is no picture, and a path comes first', async () => {
  const refused = expect.objectContaining({ code: 'argument-value' });
  expect(() => encodePng([[1]] as never)).toThrow(refused);
  const image = zeros([2, 2], { dtype: 'uint8' });
  await expect(writePng(image as never, 'x.png' as never)).rejects.toThrow('expected a path first');
});
