/** Functions of one number as the backend computes them, against float64, over the whole range of float32. */
import { beforeAll, describe, expect, test } from 'vitest';
import { setBackend } from '../../src/backends/choose.js';
import { hasFusedMultiplyAdd } from '../../src/backends/wasm/features.js';
import { rowOf } from '../../src/loops/scalars.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { bounds } from '../loops/bounds.js';
import { floatOf, ulps } from '../loops/evaluator.js';
import { dataTensor } from './cases.js';
import { randomOf } from './numbers.js';

beforeAll(() => setBackend('wasm'));

/** Every exponent, subnormals among them, with both signs and some mantissas; then what is special. */
const perExponent = 60;
const random = randomOf(5);
const everywhere = Float32Array.from({ length: 2 * 255 * perExponent }, (_, i) => {
  const [exponent, sign] = [Math.floor(i / perExponent / 2), i % 2];
  const mantissa = i % perExponent < 2 ? 0 : Math.floor(random() * 2 ** 23);
  return floatOf((sign << 31) | (exponent << 23) | mantissa);
});
const special = Float32Array.of(
  0,
  -0,
  Infinity,
  -Infinity,
  Number.NaN,
  2 ** -149,
  -(2 ** -149),
  2 ** -126,
  1,
  -1,
);
/** Evenly spread where most numbers are that networks meet. */
const common = Float32Array.from({ length: 30_000 }, (_, i) => (i - 15_000) / 800);
const samples = Float32Array.of(...everywhere, ...special, ...common);

const mode = hasFusedMultiplyAdd() ? 0 : 1;
const { power, arctan2: _, ...unary } = bounds;
const isIn = (name: string, x: number) =>
  name !== 'sin' && name !== 'cos' ? true : !(Math.abs(x) > 1e5) || Math.abs(x) === Infinity;

/** The sample with the largest error, as text when it is beyond the bound. */
function worst(
  found: ArrayLike<number>,
  truth: (i: number) => number,
  show: (i: number) => string,
  bound: number,
) {
  let [most, at] = [0, 0];
  for (let i = 0; i < found.length; i++) {
    const error = ulps(found[i]!, truth(i));
    if (error > most) [most, at] = [error, i];
  }
  return most <= bound ? '' : `${show(at)}: ${found[at]}, not ${truth(at)}: ${most.toFixed(2)} ulps`;
}

describe('on wasm', () => {
  test.each(Object.keys(unary) as (keyof typeof unary)[])('%s is as exact as its formula', (name) => {
    const some = samples.filter((x) => isIn(name, x));
    const found = (dataTensor(Array.from(some), [some.length], 'float32')[name]() as Tensor).data();
    const truth = rowOf(name).js;
    expect(
      worst(
        found,
        (i) => truth(some[i]!),
        (i) => `${name}(${some[i]})`,
        unary[name][mode],
      ),
    ).toBe('');
  });

  test('power is as exact as its formula, from underflow to overflow and of special values', () => {
    const pairs = Array.from({ length: 40_000 }, () => {
      const a = floatOf(Math.floor(random() * 0x7f800000));
      return [a, Math.fround(((random() - 0.5) * 230) / (Math.log(a) || 1))] as const;
    });
    for (const a of special) for (const b of special) pairs.push([a, b]);
    const [a, b] = [0, 1].map((k) =>
      dataTensor(
        pairs.map((pair) => pair[k]!),
        [pairs.length],
        'float32',
      ),
    );
    const truth = rowOf('power').js;
    const show = (i: number) => `power(${pairs[i]})`;
    expect(worst(a!.pow(b!).data(), (i) => truth(...pairs[i]!), show, power[mode])).toBe('');
  });
});
