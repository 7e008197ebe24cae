import { expect, it } from 'vitest';
import { areClassNumbers, withoutColumn } from '../../src/nn/labels.js';
import { zeros } from '../../src/tensor/create.js';

it.each([
  ['a list', [null], [null, 3], -1, true],
  ['a column', [null, 1], [null, 3], -1, true],
  ['a number for each place', [null, 5], [null, 5, 3], -1, true],
  ['one-hot rows', [null, 3], [null, 3], -1, false],
  ['a column where the classes lie on another axis', [null, 1, 5], [null, 3, 5], 1, true],
  ['rows of one place each, where the classes lie on another axis', [null, 3, 1], [null, 3, 1], 1, false],
] as const)('%s: class numbers or not', (_, yTrue, yPred, axis, expected) => {
  expect(areClassNumbers(yTrue, yPred, axis)).toBe(expected);
});

it('class numbers lose only the axis that stands for the classes', () => {
  expect(withoutColumn(zeros([4, 1]), zeros([4, 3])).shape).toEqual([4]);
  expect(withoutColumn(zeros([4, 1, 5]), zeros([4, 3, 5]), 1).shape).toEqual([4, 5]);
  expect(withoutColumn(zeros([4, 1]), zeros([4, 1, 3])).shape).toEqual([4, 1]);
});
