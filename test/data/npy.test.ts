import { expect, test } from 'vitest';
import { FormatError } from '../../src/core/errors.js';
import { parseNpy, writeNpy } from '../../src/data/npy.js';
import { readNpy } from '../../src/datasets/index.js';
import { full, tensor } from '../../src/index.js';
import { npyOfNumpy } from './numpy-files.js';

const [most, least] = [2 ** 31 - 1, -(2 ** 31)];

test.each([
  [
    'float32',
    'float32',
    [
      [1.5, -2],
      [0.125, Math.fround(3e38)],
    ],
  ],
  ['float64', 'float32', [0.5, Math.fround(-1e-3), Number.NaN, Infinity]],
  ['float16', 'float32', [1.5, -65504, 2 ** -24, Number.NaN, -Infinity, 0]],
  ['float16 big end first', 'float32', [0.333251953125, 2]],
  ['float32 big end first', 'float32', [0.25, -8]],
  ['int32 big end first', 'int32', [least, most]],
  ['int64', 'int32', [least, most, 7]],
  ['uint64 big end first', 'int32', [0, most]],
  ['uint32', 'int32', [0, most]],
  ['int16', 'int32', [-300, 300]],
  ['uint16 big end first', 'int32', [65535, 1]],
  ['int8', 'int32', [-1, 127]],
  ['uint8', 'uint8', [[0, 255]]],
  ['bool', 'bool', [true, false]],
  [
    'columns first',
    'int32',
    [
      [
        [0, 1],
        [2, 3],
        [4, 5],
      ],
      [
        [6, 7],
        [8, 9],
        [10, 11],
      ],
    ],
  ],
  ['a scalar', 'float32', 4.5],
  ['version 2.0', 'int32', [1, 2]],
  ['version 3.0', 'int32', [1, 2]],
] as const)('an array that numpy wrote is read: %s as %s', async (name, dtype, values) => {
  const array = await readNpy(npyOfNumpy(name));
  expect([array.dtype, array.toArray()]).toEqual([dtype, values]);
});

test('an array without rows keeps its shape', () => {
  expect(parseNpy(npyOfNumpy('no rows')).shape).toEqual([0, 3]);
});

test.each([
  ['int64 beyond int32', 'expected numbers that int32 holds, received 2147483648 at place 1'],
  ['uint32 beyond int32', 'received 4294967295 at place 0'],
  ['float64 beyond float32', 'expected numbers that float32 holds, received 1e+300 at place 0'],
  ['complex', "received the type '<c8'"],
  ['text', "received the type '<U2'"],
  ['records', "received the type [('a', '<i4')]"],
] as const)('what no tensor holds is an error, never another number: %s', (name, message) => {
  expect(() => parseNpy(npyOfNumpy(name), 'a.npy')).toThrow(FormatError);
  expect(() => parseNpy(npyOfNumpy(name), 'a.npy')).toThrow(message);
});

const whole = npyOfNumpy('int8');

test.each([
  ['nothing', new Uint8Array(0), 'file-incomplete'],
  ['a page of HTML', new TextEncoder().encode('<!doctype html>'), 'file-format'],
  ['half a header', whole.subarray(0, 60), 'file-incomplete'],
  ['half a start', whole.subarray(0, 8), 'file-incomplete'],
  ['half a file', whole.subarray(0, whole.length - 1), 'file-incomplete'],
  ['more than the header says', Uint8Array.of(...whole, 0), 'file-incomplete'],
  ['a version to come', Uint8Array.from(whole, (byte, i) => (i === 6 ? 4 : byte)), 'file-format'],
  ['a header of another kind', Uint8Array.from(whole, (byte, i) => (i === 12 ? 65 : byte)), 'file-format'],
])('%s is refused', async (_, bytes, code) => {
  await expect(readNpy(bytes)).rejects.toMatchObject({ name: 'FormatError', code });
});

test.each([
  tensor([
    [1.5, -0, Infinity],
    [2, 3, Number.NaN],
  ]),
  tensor([least, most], { dtype: 'int32' }),
  tensor([[[0], [255]]], { dtype: 'uint8' }),
  tensor([true, false]),
  full([], 3),
  full([0, 2], 0),
])('what is written is read back, type and shape: %#', (array) => {
  const again = parseNpy(writeNpy(array));
  expect([again.dtype, again.shape, [...again.data()]]).toEqual([
    array.dtype,
    array.shape,
    [...array.data()],
  ]);
});

test('the bytes are those that numpy writes', () => {
  const same = [
    [
      'float32',
      tensor([
        [1.5, -2],
        [0.125, 3e38],
      ]),
    ],
    ['uint8', tensor([[0, 255]], { dtype: 'uint8' })],
    ['bool', tensor([true, false])],
    ['a scalar', full([], 4.5)],
    ['no rows', full([0, 3], 0)],
  ] as const;
  for (const [name, array] of same) expect(Buffer.compare(writeNpy(array), npyOfNumpy(name)), name).toBe(0);
});

test('what is no tensor is not written', () => {
  expect(() => writeNpy([1, 2] as never)).toThrow(
    expect.objectContaining({ code: 'argument-value', message: expect.stringContaining('received [1, 2]') }),
  );
});
