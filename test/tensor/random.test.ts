import { describe, expect, it } from 'vitest';
import * as ops from '../../src/ops/index.js';
import { compiled } from '../../src/tensor/compiled.js';
import { tensor } from '../../src/tensor/create.js';
import { RandomStream, random, setRandomSeed } from '../../src/tensor/random.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { availableBackends, choose } from '../laws/backends.js';

const bitsOf = (key: readonly number[], call: number, count = 2): number[] => {
  const words = tensor(Int32Array.from(key));
  return Array.from(
    ops.random(words, tensor(new Int32Array([call])).reshape([]), { shape: [count], kind: 'bits' }).data(),
    (w) => w >>> 0,
  );
};
const moments = (x: Tensor): [mean: number, deviation: number] => [
  Number(x.mean().item()),
  Number(x.std().item()),
];
const numbers = (x: Tensor): number[] => Array.from(x.data());
const n = 20_000;

describe.each(availableBackends)('random bits on %s', (name) => {
  it('are those that the paper of Threefry lists', () => {
    choose(name);
    expect(bitsOf([0, 0], 0)).toEqual([0x6b200159, 0x99ba4efe]);
  });

  it('of the same seed are the same, of another stream others', () => {
    choose(name);
    setRandomSeed(7);
    const first = [random.uniform([5]), random.uniform([5])].map(numbers);
    setRandomSeed(7);
    const again = [random.uniform([5]), random.uniform([5])].map(numbers);
    expect(again).toEqual(first);
    expect(first[0]).not.toEqual(first[1]);
    setRandomSeed(8);
    expect(numbers(random.uniform([5]))).not.toEqual(first[0]);
  });

  it('of a seed of their own do not depend on the global one', () => {
    choose(name);
    setRandomSeed(1);
    const first = numbers(random.normal([4], { seed: 3 }));
    setRandomSeed(2);
    expect(numbers(random.normal([4], { seed: 3 }))).toEqual(first);
    expect(numbers(random.normal([4], { seed: 4 }))).not.toEqual(first);
  });

  it('of a stream go on in programs as in plain code', () => {
    choose(name);
    const [a, b] = [new RandomStream(5), new RandomStream(5)];
    const step = compiled(() => ({ y: b.uniform([3]) }));
    for (let i = 0; i < 3; i++) expect(numbers(step.call({}).y!)).toEqual(numbers(a.uniform([3])));
    expect(numbers(b.bits([2]))).toEqual(numbers(a.bits([2])));
  });

  it('of two streams of one seed of the library differ', () => {
    choose(name);
    setRandomSeed(3);
    const [a, b] = [new RandomStream(), new RandomStream()];
    expect(numbers(a.bits([4]))).not.toEqual(numbers(b.bits([4])));
  });
});

describe.each(availableBackends)('distributions on %s', (name) => {
  // Bounds are five standard errors of n numbers.
  it('are uniform in [0, 1) with mean 1/2 and variance 1/12', () => {
    choose(name);
    const x = new RandomStream(1).uniform([n]);
    const [mean, deviation] = moments(x);
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.011);
    expect(Math.abs(deviation - Math.sqrt(1 / 12))).toBeLessThan(0.005);
    expect([Number(x.min().item()) >= 0, Number(x.max().item()) < 1]).toEqual([true, true]);
  });

  it('are normal with mean 0 and deviation 1', () => {
    choose(name);
    const x = new RandomStream(2).normal([n]);
    const [mean, deviation] = moments(x);
    expect(Math.abs(mean)).toBeLessThan(0.036);
    expect(Math.abs(deviation - 1)).toBeLessThan(0.025);
    const within = numbers(x).filter((v) => Math.abs(v) < 1).length / n;
    expect(Math.abs(within - 0.6827)).toBeLessThan(0.017);
  });

  it('are truncated at two deviations, of which .8796 is left', () => {
    choose(name);
    const x = new RandomStream(3).truncatedNormal([n]);
    const [mean, deviation] = moments(x);
    expect(Math.abs(mean)).toBeLessThan(0.032);
    expect(Math.abs(deviation - 0.8796)).toBeLessThan(0.02);
    expect(Number(x.abs().max().item())).toBeLessThan(2);
  });

  it('take bounds, mean and deviation', () => {
    choose(name);
    const wide = random.uniform([n], { low: -3, high: 5, seed: 1 });
    expect(Math.abs(moments(wide)[0] - 1)).toBeLessThan(0.09);
    const shifted = random.normal([n], { mean: 10, stddev: 0.5, seed: 1 });
    expect(Math.abs(moments(shifted)[0] - 10)).toBeLessThan(0.02);
    const cut = random.truncatedNormal([n], { mean: 1, stddev: 2, seed: 1 });
    expect([Number(cut.min().item()) > -3, Number(cut.max().item()) < 5]).toEqual([true, true]);
  });

  it('serve shapes of odd size, single numbers and none', () => {
    choose(name);
    const stream = new RandomStream(4);
    expect(new Set(numbers(stream.uniform([7]))).size).toBe(7);
    expect(stream.uniform([]).shape).toEqual([]);
    expect(stream.uniform([0]).toArray()).toEqual([]);
    expect(stream.uniform([2, 3]).shape).toEqual([2, 3]);
  });
});

describe('all backends', () => {
  it('make the same bits and the same uniform numbers', () => {
    const made = availableBackends.map((name) => {
      choose(name);
      const stream = new RandomStream(9);
      return [numbers(stream.bits([33])), numbers(stream.uniform([33]))];
    });
    for (const found of made) expect(found).toEqual(made[0]);
  });
});
