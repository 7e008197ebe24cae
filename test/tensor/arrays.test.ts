import { expect, it } from 'vitest';
import { ConfigError, ShapeError } from '../../src/core/errors.js';
import { moveaxis, norm, normalize, roll, tril, triu } from '../../src/tensor/arrays.js';
import { arange, ones, tensor, zeros } from '../../src/tensor/create.js';
import { split } from '../../src/tensor/functions.js';
import { gradients } from '../../src/tensor/gradient.js';

const x = arange(6).reshape([2, 3]);

it('norm is the length of vectors, normalize makes it 1 and leaves 0', () => {
  expect(norm(tensor([[3, 4]]), { axis: 1, keepDims: true }).toArray()).toEqual([[5]]);
  expect(norm(tensor([[1, 1, 1, 1]])).item()).toBe(2);
  const nothing = zeros([2]);
  expect(normalize(nothing).toArray()).toEqual([0, 0]);
  expect(normalize(tensor([0, -2])).toArray()).toEqual([0, -1]);
  expect([...gradients(normalize(nothing).sum(), [nothing])[0]!.data()].some(Number.isNaN)).toBe(false);
});

it('roll moves elements around the end, by any distance', () => {
  expect(roll(x, 1).toArray()).toEqual([
    [5, 0, 1],
    [2, 3, 4],
  ]);
  expect(roll(x, -1, 1).toArray()).toEqual([
    [1, 2, 0],
    [4, 5, 3],
  ]);
  expect(roll(x, 7, 0).toArray()).toEqual(roll(x, 1, 0).toArray());
  expect(roll(zeros([0]), 3).toArray()).toEqual([]);
  expect(() => roll(x, 0.5)).toThrow(ConfigError);
});

it('tril and triu keep a triangle, from a diagonal on', () => {
  expect(tril(ones([2, 3])).toArray()).toEqual([
    [1, 0, 0],
    [1, 1, 0],
  ]);
  expect(tril(ones([2, 3]), 1).toArray()).toEqual([
    [1, 1, 0],
    [1, 1, 1],
  ]);
  expect(triu(ones([1, 3, 2]), -1).toArray()).toEqual([
    [
      [1, 1],
      [1, 1],
      [0, 1],
    ],
  ]);
});

it('moveaxis takes one axis elsewhere', () => {
  expect(moveaxis(zeros([2, 3, 4]), 0, -1).shape).toEqual([3, 4, 2]);
  expect(moveaxis(zeros([2, 3, 4]), -1, 1).shape).toEqual([2, 4, 3]);
  expect(() => moveaxis(x, 0, 2)).toThrow(ShapeError);
});

it('split makes equal parts, or parts at indices', () => {
  expect(split(x, 3, 1).map((part) => part.toArray())).toEqual([
    [[0], [3]],
    [[1], [4]],
    [[2], [5]],
  ]);
  expect(split(x, [1, 1], -1).map((part) => part.shape)).toEqual([
    [2, 1],
    [2, 0],
    [2, 2],
  ]);
  expect(() => split(x, 2, 1)).toThrow('a number of parts that divides the 3 elements along axis 1');
});
