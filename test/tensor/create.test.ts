import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { compiled } from '../../src/tensor/compiled.js';
import {
  arange,
  eye,
  linspace,
  oneHot,
  ones,
  onesLike,
  tensor,
  zeros,
  zerosLike,
} from '../../src/tensor/create.js';
import { random } from '../../src/tensor/random.js';
import { full } from '../../src/tensor/tensor.js';

describe('tensor', () => {
  it('takes numbers, truth values and arrays nested to any depth', () => {
    expect(tensor(3).shape).toEqual([]);
    expect(tensor(3).toArray()).toBe(3);
    expect(tensor(true).toArray()).toBe(true);
    expect(tensor([1, 2]).shape).toEqual([2]);
    expect(
      tensor([
        [[1], [2]],
        [[3], [4]],
      ]).shape,
    ).toEqual([2, 2, 1]);
    expect(
      tensor([
        [[1], [2]],
        [[3], [4]],
      ]).toArray(),
    ).toEqual([
      [[1], [2]],
      [[3], [4]],
    ]);
    expect(tensor([]).shape).toEqual([0]);
    expect(tensor([[], []]).shape).toEqual([2, 0]);
  });

  it('is float32 for numbers and bool for truth values alone', () => {
    expect(tensor([1, 2]).dtype).toBe('float32');
    expect(tensor([true, false]).dtype).toBe('bool');
    expect(tensor([true, 2]).toArray()).toEqual([1, 2]);
    expect(tensor([true, 2]).dtype).toBe('float32');
  });

  it('takes the type of typed arrays, alone and nested', () => {
    expect(tensor(new Int32Array([1, 2])).dtype).toBe('int32');
    expect(tensor(new Uint8Array([1, 255])).dtype).toBe('uint8');
    expect(tensor(new Float64Array([0.1])).toArray()).toEqual([Math.fround(0.1)]);
    const rows = tensor([new Int32Array([1, 2]), new Int32Array([3, 4])]);
    expect([rows.dtype, rows.shape]).toEqual(['int32', [2, 2]]);
    expect(tensor(new Int16Array([-5])).toArray()).toEqual([-5]);
    expect(tensor(new BigInt64Array([7n])).toArray()).toEqual([7]);
  });

  it('takes the wider type of several typed arrays', () => {
    const mixed = tensor([new Uint8Array([1, 2]), new Float32Array([1.5, 2])]);
    expect([mixed.dtype, mixed.toArray()]).toEqual([
      'float32',
      [
        [1, 2],
        [1.5, 2],
      ],
    ]);
    expect(tensor([new Uint8Array([1]), new Int32Array([2])]).dtype).toBe('int32');
    expect(tensor([new Uint8Array([1]), new Uint8Array([2])]).dtype).toBe('uint8');
    expect(tensor([new Int32Array([1]), [1.5]]).toArray()).toEqual([[1], [1.5]]);
    expect(tensor([[true], [0.5]]).dtype).toBe('float32');
  });

  it('takes a shape and a type, and converts as a cast does', () => {
    expect(tensor([1, 2, 3, 4], { shape: [2, 2] }).toArray()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(tensor([1.9, -1.9, 3e9, Number.NaN], { dtype: 'int32' }).toArray()).toEqual([
      1, -1, 2147483647, 0,
    ]);
    expect(tensor([-3, 300, 2.5], { dtype: 'uint8' }).toArray()).toEqual([0, 255, 2]);
    expect(tensor([0, 0.5], { dtype: 'bool' }).toArray()).toEqual([false, true]);
    expect(tensor(new Float32Array(6), { shape: [2, 3] }).shape).toEqual([2, 3]);
  });

  it('copies what it is given', () => {
    const values = new Float32Array([1, 2]);
    const x = tensor(values);
    values[0] = 9;
    expect(x.toArray()).toEqual([1, 2]);
    x.data()[0] = 9;
    expect(x.toArray()).toEqual([1, 2]);
  });

  it('shares no memory with a Buffer of Node', () => {
    const buffer = Buffer.from([1, 2]);
    const x = tensor(buffer);
    buffer[0] = 77;
    x.data()[1] = 99;
    expect(x.toArray()).toEqual([1, 2]);
  });

  it('has a shape of its own, which cannot be changed', () => {
    const shape = [2, 2];
    const made = [zeros(shape), tensor([1, 2, 3, 4], { shape }), random.uniform(shape), zeros(shape).add(1)];
    shape[0] = 5;
    for (const x of made) {
      expect(x.shape).toEqual([2, 2]);
      expect(() => Object.assign(x.shape, [7])).toThrow(TypeError);
    }
  });

  it.each([
    [
      'text',
      () => tensor([1, 'a'] as never),
      "tensor expected numbers or truth values, received 'a' at [1].",
      'text-in-data',
    ],
    [
      'text alone',
      () => tensor('a' as never),
      "tensor expected numbers or truth values, received 'a'.",
      'text-in-data',
    ],
    [
      'nothing',
      () => tensor([[1], [null]] as never),
      'received null at [1, 0].\n  fix    Fill missing values first, or leave out their rows: `value ?? 0`.',
      'text-in-data',
    ],
    [
      'ragged rows',
      () => tensor([[1, 2], [3]]),
      'tensor expected rows of one length: 2 values on this level, received 1 values at [1].',
      'ragged-array',
    ],
    [
      'a row among numbers',
      () => tensor([1, [2]]),
      'tensor expected numbers or truth values, received [2] at [1].',
      'argument-value',
    ],
    [
      'a number among rows',
      () => tensor([[1], 2]),
      'tensor expected rows of one length: 1 values on this level, received 2 at [1].',
      'ragged-array',
    ],
    [
      'a shape of another size',
      () => tensor([1, 2, 3], { shape: [2, 2] }),
      'tensor expected 4 values for shape [2, 2], received 3.',
      'shape-mismatch',
    ],
  ])('refuses %s', (_, make, message, code) => {
    expect(make).toThrow(message);
    expect(make).toThrow(expect.objectContaining({ code }) as Error);
  });
});

describe('other makers', () => {
  it('fill a shape', () => {
    expect(zeros([2, 2]).toArray()).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(ones([2], { dtype: 'int32' }).toArray()).toEqual([1, 1]);
    expect(full([2], 7).toArray()).toEqual([7, 7]);
    expect([full([], true).dtype, full([], true).toArray()]).toEqual(['bool', true]);
    expect([zerosLike(ones([3], { dtype: 'int32' })).dtype, onesLike(zeros([1, 2])).toArray()]).toEqual([
      'int32',
      [[1, 1]],
    ]);
  });

  it('count as numpy does', () => {
    expect(arange(3).toArray()).toEqual([0, 1, 2]);
    expect(arange(3).dtype).toBe('int32');
    expect(arange(1, 2, 0.25).toArray()).toEqual([1, 1.25, 1.5, 1.75]);
    expect(arange(5, 0, -2).toArray()).toEqual([5, 3, 1]);
    expect(arange(3, 3).toArray()).toEqual([]);
    expect(arange(0, 3, 1, { dtype: 'float32' }).dtype).toBe('float32');
    expect(() => arange(0, 3, 0)).toThrow(
      'arange expected finite start and stop, and a step other than 0, received start 0, stop 3, step 0.',
    );
  });

  it('space evenly, with the end or without it', () => {
    expect(linspace(0, 1, 5).toArray()).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(linspace(0, 1, 4, { endpoint: false }).toArray()).toEqual([0, 0.25, 0.5, 0.75]);
    expect(linspace(2, 3, 1).toArray()).toEqual([2]);
    expect(linspace(0, 1).shape).toEqual([50]);
  });

  it('make unit matrices and one-hot rows', () => {
    expect(eye(2, 3).toArray()).toEqual([
      [1, 0, 0],
      [0, 1, 0],
    ]);
    expect(eye(1).toArray()).toEqual([[1]]);
    expect(oneHot(tensor([2, 0, 5, -1]), 3).toArray()).toEqual([
      [0, 0, 1],
      [1, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(oneHot([1, 0], 2).toArray()).toEqual(oneHot(tensor([1, 0]), 2).toArray());
    expect(oneHot(tensor([[1]]), 2, { dtype: 'bool' }).toArray()).toEqual([[[false, true]]]);
  });
});

describe('reading', () => {
  it('gives one value, a typed array, or nested arrays', async () => {
    expect(tensor([[4]]).item()).toBe(4);
    expect(tensor([true]).item<boolean>()).toBe(true);
    expect(tensor([1, 2]).data()).toEqual(new Float32Array([1, 2]));
    expect(tensor([true]).data()).toEqual(new Uint8Array([1]));
    expect(await tensor([1, 2]).add(1).read()).toEqual(new Float32Array([2, 3]));
    expect(() => tensor([1, 2]).item()).toThrow(
      'Tensor.item expected a tensor of one element, received shape [2].',
    );
  });

  it('is written by JSON as nested arrays, and shown by console.log with type, shape and values', () => {
    const x = tensor([[1, 2.5]]);
    expect(JSON.stringify({ x, isTrue: tensor(true) })).toBe('{"x":[[1,2.5]],"isTrue":true}');
    expect(inspect(x)).toBe('Tensor float32 [1, 2]\n[[1.  2.5]]');
  });

  it('is shown without values while a function is traced', () => {
    let shown = '';
    const twice = compiled(({ x }) => {
      shown = inspect(x);
      return { y: x!.mul(2) };
    });
    twice.call({ x: tensor([1, 2]) });
    expect(shown).toBe('Tensor float32 [2]');
  });

  it('tells shape, rank and size', () => {
    const x = zeros([2, 3]);
    expect([x.shape, x.rank, x.size, Object.prototype.toString.call(x)]).toEqual([
      [2, 3],
      2,
      6,
      '[object Tensor float32 [2, 3]]',
    ]);
  });
});
