import { expect, test } from 'vitest';
import { symmetric, threefry, uniform } from '../../src/loops/random-bits.js';
import { integer, type Scalar } from '../../src/loops/scalar.js';
import { evaluator } from './evaluator.js';

const numberOf = (x: Scalar) => evaluator(x.expression, [], true)();
const wordsOf = ([c0, c1]: [number, number], [k0, k1]: [number, number]) =>
  threefry([integer(c0), integer(c1)], [integer(k0), integer(k1)]).map((x) =>
    (numberOf(x) >>> 0).toString(16),
  );

test('the words are the known answers of Salmon et al. 2011', () => {
  expect(wordsOf([0, 0], [0, 0])).toEqual(['6b200159', '99ba4efe']);
  expect(wordsOf([-1, -1], [-1, -1])).toEqual(['1cb996fc', 'bb002be7']);
  expect(wordsOf([0x243f6a88, 0x85a308d3], [0x13198a2e, 0x03707344])).toEqual(['c4923a9c', '483df7a0']);
});

test('uniform numbers fill [0, 1) in steps of 2^-24', () => {
  expect(numberOf(uniform(integer(0)))).toBe(0);
  expect(numberOf(uniform(integer(255)))).toBe(0);
  expect(numberOf(uniform(integer(256)))).toBe(2 ** -24);
  expect(numberOf(uniform(integer(-1)))).toBe(1 - 2 ** -24);
});

test('symmetric numbers are odd multiples of 2^-23 in (-1, 1), mirrored about 0', () => {
  expect(numberOf(symmetric(integer(0)))).toBe(-1 + 2 ** -23);
  expect(numberOf(symmetric(integer(-1)))).toBe(1 - 2 ** -23);
  expect(numberOf(symmetric(integer(0x7fffffff)))).toBe(-(2 ** -23));
  expect(numberOf(symmetric(integer(0x80000000)))).toBe(2 ** -23);
});

test('the mean and the variance of many uniform words are those of the uniform distribution', () => {
  const numbers = Array.from({ length: 2000 }, (_, i) =>
    numberOf(uniform(threefry([integer(i), integer(0)], [integer(1), integer(2)])[0])),
  );
  const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length;
  const variance = numbers.reduce((a, b) => a + (b - mean) ** 2, 0) / numbers.length;
  expect(Math.abs(mean - 0.5)).toBeLessThan(4 / Math.sqrt(12 * numbers.length));
  expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.01);
});
