import { describe, expect, test } from 'vitest';
import { call, constant, isConstant, walk } from '../../src/loops/expression.js';
import { costOf, expandComposites, isComposite } from '../../src/loops/formulas.js';
import { rowOf, type ScalarName, scalars } from '../../src/loops/scalars.js';
import { bounds } from './bounds.js';
import { argument, type Evaluate, evaluatorOf, floatOf, ulps } from './evaluator.js';
import { randomNumbers } from './random-numbers.js';

const { power, arctan2, ...unary } = bounds;
const ofOneFloat = Object.keys(unary) as (keyof typeof unary)[];
const modes = [
  ['fused', true, 0],
  ['separate', false, 1],
] as const;

/** Patterns of all float32 in steps of a prime, both signs and NaN included. */
function worstOver(compute: Evaluate, truth: Evaluate, limit: number): number {
  let worst = 0;
  for (let pattern = 0; pattern < 2 ** 32; pattern += 99_991) {
    const x = floatOf(pattern | 0);
    if (Math.abs(x) <= limit || Number.isNaN(x)) worst = Math.max(worst, ulps(compute(x), truth(x)));
  }
  return worst;
}

/** Points between two numbers, where a formula changes its branch or is hardest. */
function worstBetween(low: number, high: number, compute: Evaluate, truth: Evaluate): number {
  let worst = 0;
  for (let i = 0; i <= 8000; i++) {
    const x = Math.fround(low + ((high - low) * i) / 8000);
    worst = Math.max(worst, ulps(compute(x), truth(x)));
  }
  return worst;
}

describe.each(modes)('with %s multiply-add', (_, isFused, mode) => {
  test.each(ofOneFloat)('%s stays within its stated error over all exponents', (name) => {
    const limit = name === 'sin' || name === 'cos' ? 1e5 : Infinity;
    const truth = rowOf(name).js;
    const compute = evaluatorOf(name, isFused);
    expect(worstOver(compute, truth, limit)).toBeLessThanOrEqual(bounds[name][mode]);
    expect(worstBetween(-1, 1, compute, truth)).toBeLessThanOrEqual(bounds[name][mode]);
    expect(worstBetween(-20, 20, compute, truth)).toBeLessThanOrEqual(bounds[name][mode]);
  });

  test('power stays within its stated error from underflow to overflow', () => {
    const compute = evaluatorOf('power', isFused);
    const random = randomNumbers(7);
    let worst = 0;
    for (let i = 0; i < 30_000; i++) {
      const a =
        i % 2
          ? floatOf(1 + Math.floor(random() * 0x7f7fffff))
          : Math.fround(1 + (random() - 0.5) * 2 ** -(random() * 22));
      const b = Math.fround(((random() - 0.5) * 210) / (Math.log(a) || 1));
      worst = Math.max(worst, ulps(compute(a, b), rowOf('power').js(a, b)));
    }
    expect(worst).toBeLessThanOrEqual(power[mode]);
  });

  test('arctan2 stays within its stated error in every octant', () => {
    const compute = evaluatorOf('arctan2', isFused);
    const random = randomNumbers(11);
    let worst = 0;
    for (let i = 0; i < 40_000; i++) {
      const size = 2 ** (60 * random() - 30);
      const [y, x] = [size * (random() - 0.5), size * (random() - 0.5) * 2 ** (20 * random() ** 3)];
      worst = Math.max(
        worst,
        ulps(compute(Math.fround(y), Math.fround(x)), Math.atan2(Math.fround(y), Math.fround(x))),
      );
    }
    expect(worst).toBeLessThanOrEqual(arctan2[mode]);
  });

  test.each(['exp', 'expm1', 'log', 'sigmoid', 'softplus', 'tanh', 'erf'] as const)(
    '%s never falls where its argument rises',
    (name) => {
      const compute = evaluatorOf(name, isFused);
      const rises: [number, number][] = [
        [-105, -100],
        [-0.7, 0.7],
        [0.3, 1.5],
        [8, 10],
        [88, 90],
      ];
      for (const [low, high] of rises) {
        let before = -Infinity;
        for (let i = 0; i <= 300; i++) {
          const x = Math.fround(low + ((high - low) * i) / 300);
          if (name === 'log' && x < 0) continue;
          expect(compute(x)).toBeGreaterThanOrEqual(before);
          before = compute(x);
        }
      }
    },
  );
});

test('integer division rounds down, divides by 0 to 0 and never lets the machine division trap', () => {
  const compute = evaluatorOf('floorDivideInt', true);
  const edges = [0, 1, -1, 2, -2, 7, -7, 2 ** 31 - 1, -(2 ** 31)];
  const random = randomNumbers(3);
  const pairs = edges.flatMap((a) => edges.map((b) => [a, b] as const));
  for (let i = 0; i < 20_000; i++)
    pairs.push([(random() * 2 ** 32) | 0, ((random() - 0.5) * 2 ** (random() * 32)) | 0]);
  for (const [a, b] of pairs) {
    const expected = b === 0 ? 0 : Number(BigInt.asIntN(32, floorOfQuotient(BigInt(a), BigInt(b))));
    expect(compute(a, b) + 0, `${a} // ${b}`).toBe(expected + 0);
  }
});

test('what a float division leaves is exact and has the sign of the divisor, however large the quotient', () => {
  const [truth, random] = [rowOf('remainder').js, randomNumbers(5)];
  for (const isFused of [true, false]) {
    const compute = evaluatorOf('remainder', isFused);
    const agree = (a: number, b: number) =>
      expect(compute(a, b) + 0, `${a} mod ${b}`).toBe(Math.fround(truth(a, b)));
    for (const [a, b] of remainders) agree(a, b);
    for (let i = 0; i < 20_000; i++) {
      const b = Math.fround((random() - 0.5) * 2 ** (60 * random() - 30));
      agree(Math.fround(b * Math.floor(2 ** (23 * random()))), b);
      agree(Math.fround(b * random() * 2 ** (120 * random() - 30)), b);
    }
  }
});

const remainders: readonly (readonly [number, number])[] = [
  [5, Infinity],
  [-5, Infinity],
  [5, -Infinity],
  [Infinity, 3],
  [5, 0],
  [0, 0],
  [0, -3],
  [Number.NaN, 1],
  [1, Number.NaN],
  [Math.fround(3e38), 3],
  [2 ** -140, 2 ** -149 * 3],
  [1.5, 2 ** -126],
];

const floorOfQuotient = (a: bigint, b: bigint) => (a - (((a % b) + b) % b)) / b;

test('every composite row has a formula of plain rows, and its cost is their number', () => {
  for (const name of Object.keys(scalars) as ScalarName[]) {
    if (!isComposite(name)) {
      expect(costOf(name)).toBe(1);
      continue;
    }
    const args = rowOf(name).takes.map((type, i) => argument(`x${i}`, type === 'int' ? 'int32' : 'float32'));
    const calls = [...walk(expandComposites(call(name, args)))].filter((e) => e.kind === 'call');
    expect(calls.some((e) => isComposite(e.name))).toBe(false);
    expect(costOf(name)).toBe(calls.length);
  }
});

test('expanding shares what formulas have in common and leaves plain parts as they are', () => {
  const x = argument('x');
  const plain = call('add', [x, constant(1, 'float')]);
  expect(expandComposites(plain)).toBe(plain);
  const both = expandComposites(call('add', [call('sin', [x]), call('cos', [x])]));
  const calls = [...walk(both)].filter((e) => e.kind === 'call').length;
  expect(calls).toBeLessThan(costOf('sin') + costOf('cos') - 20);
});

test('float constants of formulas that are not fitted are exact in float32', () => {
  const shared = [...walk(expandComposites(call('exp', [argument('x')])))];
  expect(shared.some((e) => isConstant(e, -0.693359375))).toBe(true);
  expect(Math.fround(0.693359375)).toBe(0.693359375);
});
