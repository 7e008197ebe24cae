import { describe, expect, test } from 'vitest';
import { evaluatorOf, ulps } from './evaluator.js';

const { NaN: none } = Number;
const most = Infinity;
const least = 2 ** -149;

/** Arguments, and below each its value. */
const ofOneFloat = {
  exp: [
    [0, -0, most, -most, 89, -104, -103, none],
    [1, 1, most, 0, most, 0, least, none],
  ],
  expm1: [
    [0, -0, most, -most, 89, -40, none],
    [0, -0, most, -1, most, -1, none],
  ],
  log: [
    [1, 0, -0, most, -1, -most, -least, none],
    [0, -most, -most, most, none, none, none, none],
  ],
  log1p: [
    [0, -0, -1, most, -2, -most, none],
    [0, -0, -most, most, none, none, none],
  ],
  sin: [
    [0, -0, most, -most, 2 ** 22, none],
    [0, -0, none, none, none, none],
  ],
  cos: [
    [0, -0, most, -most, 2 ** 22, none],
    [1, 1, none, none, none, none],
  ],
  tanh: [
    [0, -0, most, -most, 20, none],
    [0, -0, 1, -1, 1, none],
  ],
  sigmoid: [
    [0, -0, most, -most, -103, 200, none],
    [0.5, 0.5, 1, 0, least, 1, none],
  ],
  softplus: [
    [most, -most, -103, 300, none],
    [most, 0, least, 300, none],
  ],
  erf: [
    [0, -0, most, -most, 5, -5, none],
    [0, -0, 1, -1, 1, -1, none],
  ],
  erfinv: [
    [0, -0, 1, -1, 1.5, -most, none],
    [0, -0, most, -most, none, none, none],
  ],
  sign: [
    [0, -0, least, -3, most, -most, none],
    [0, -0, 1, -1, 1, -1, none],
  ],
} as const;

/** Base, exponent, power. */
const powers: [number, number, number][] = [
  [none, 0, 1],
  [none, 1, none],
  [2, none, none],
  [1, none, 1],
  [1, most, 1],
  [-1, most, 1],
  [-1, 16777216, 1],
  [0, 0, 1],
  [0, 2, 0],
  [-0, 3, -0],
  [0, -2, most],
  [-0, -3, -most],
  [-0, -2, most],
  [most, 2, most],
  [most, -1, 0],
  [-most, 3, -most],
  [-most, 0.5, most],
  [-most, -3, -0],
  [2, most, most],
  [0.5, most, 0],
  [0.5, -most, most],
  [-2, most, most],
  [-2, 0.5, none],
  [-2, 3, -8],
  [10, 2, 100],
  [2, 128, most],
  [2, -149, least],
  [2, -151, 0],
];

describe.each([
  ['fused', true],
  ['separate', false],
] as const)('with %s multiply-add', (_, isFused) => {
  test.each(Object.keys(ofOneFloat) as (keyof typeof ofOneFloat)[])('%s has its special values', (name) => {
    const compute = evaluatorOf(name, isFused);
    const [from, to] = ofOneFloat[name];
    expect(from.map((x) => compute(x))).toEqual(to);
  });

  test('power has the special values of IEEE 754', () => {
    const compute = evaluatorOf('power', isFused);
    for (const [a, b, expected] of powers) expect(compute(a, b), `${a} to the power of ${b}`).toBe(expected);
  });

  test('arctan2 has the special values of IEEE 754', () => {
    const compute = evaluatorOf('arctan2', isFused);
    const values = [0, -0, 1, -1, least, most, -most, none];
    for (const y of values) {
      for (const x of values) {
        const [found, expected] = [compute(y, x), Math.fround(Math.atan2(y, x))];
        expect(Object.is(found, -0), `sign of arctan2(${y}, ${x})`).toBe(Object.is(expected, -0));
        expect(ulps(found, expected), `arctan2(${y}, ${x})`).toBeLessThanOrEqual(1);
      }
    }
  });

  test('power of a negative base is real for whole exponents alone, and signed by their parity', () => {
    const compute = evaluatorOf('power', isFused);
    for (const a of [-0.5, -1.5, -2, -3, -7]) {
      for (let b = -12; b <= 12; b++) expect(ulps(compute(a, b), a ** b)).toBeLessThanOrEqual(1.5);
      expect(compute(a, 0.5)).toBeNaN();
    }
  });

  test('subnormal inputs keep their value where the function is the identity near 0', () => {
    const tiny = [least, -least, 2 ** -130, -3 * 2 ** -140];
    for (const name of ['expm1', 'log1p', 'sin', 'tanh'] as const) {
      const compute = evaluatorOf(name, isFused);
      expect(tiny.map((x) => compute(x))).toEqual(tiny);
    }
  });
});
