/** Composites keep numbers finite where their parts would not. */
import { beforeAll, describe, expect, it } from 'vitest';
import { tensor } from '../../src/tensor/create.js';
import { gradients } from '../../src/tensor/gradient.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { availableBackends, choose } from '../laws/backends.js';

const { NaN: nan } = Number;
const gradientOf = (y: Tensor, x: Tensor) => gradients(y.sum(), [x])[0]!.toArray();

describe.each(availableBackends)('on %s', (name) => {
  beforeAll(() => choose(name));

  it('logsumexp is exact for large numbers, and -∞ for a row of -∞ with gradient 0', () => {
    const x = tensor([
      [1000, 1000],
      [-Infinity, -Infinity],
      [-Infinity, 3],
    ]);
    const y = x.logsumexp(1).toArray() as number[];
    expect(y).toEqual([expect.closeTo(1000 + Math.LN2, 3), -Infinity, 3]);
    expect(gradientOf(x.logsumexp(1), x)).toEqual([
      [0.5, 0.5],
      [0, 0],
      [0, 1],
    ]);
    expect(tensor([Infinity, 1]).logsumexp().item()).toBe(Infinity);
  });

  it('softmax and its logarithm stay finite for large scores', () => {
    const x = tensor([1000, 0, -1000]);
    expect(x.softmax().toArray()).toEqual([1, 0, 0]);
    expect(x.logSoftmax().toArray()).toEqual([0, -1000, -2000]);
    expect(tensor([0, -Infinity]).softmax().toArray()).toEqual([1, 0]);
    expect(gradientOf(x.softmax().mul(tensor([1, 2, 3])), x)).toEqual([0, 0, 0].map(() => expect.closeTo(0)));
  });

  it('sigmoid, softplus and tanh have finite values and gradients far from 0', () => {
    const x = tensor([-1000, -100, 100, 1000]);
    expect(x.sigmoid().toArray()).toEqual([0, expect.closeTo(0), 1, 1]);
    expect(gradientOf(x.sigmoid(), x)).toEqual([0, expect.closeTo(0), 0, 0]);
    expect(x.softplus().toArray()).toEqual([0, expect.closeTo(0), 100, 1000]);
    expect(gradientOf(x.softplus(), x)).toEqual([0, expect.closeTo(0), 1, 1]);
    expect(x.tanh().toArray()).toEqual([-1, -1, 1, 1]);
    expect(gradientOf(tensor([0]).softplus(), tensor([0]))).toEqual([0]);
    const zero = tensor([0]);
    expect(gradientOf(zero.softplus(), zero)).toEqual([0.5]);
  });

  it('functions have numpy’s values at their ends', () => {
    expect(tensor([0, -1, Infinity]).log().toArray()).toEqual([-Infinity, nan, Infinity]);
    expect(tensor([-1, -2, 0]).log1p().toArray()).toEqual([-Infinity, nan, 0]);
    expect(tensor([-1, 0, Infinity]).sqrt().toArray()).toEqual([nan, 0, Infinity]);
    expect(tensor([1, -1, 2]).erfinv().toArray()).toEqual([Infinity, -Infinity, nan]);
    expect(tensor([Infinity, -Infinity]).exp().toArray()).toEqual([Infinity, 0]);
    expect(tensor([Infinity, -Infinity]).expm1().toArray()).toEqual([Infinity, -1]);
    expect(tensor([1, -1, 0]).div(0).toArray()).toEqual([Infinity, -Infinity, nan]);
    expect(tensor([0.5, 1.5, 2.5, -0.5]).round().add(0.25).toArray()).toEqual([0.25, 2.25, 2.25, 0.25]);
  });

  it('a float division and what it leaves are those of numpy where the quotient rounds up', () => {
    const [a, b] = [tensor([5.1, 1, -5.1, 5.1, 5, -5]), tensor([0.1, 0.1, 0.1, -0.1, Infinity, Infinity])];
    // numpy 2: np.float32(a) % np.float32(b) and np.float32(a) // np.float32(b)
    const rests = [0.09999983012676239, 0.09999998658895493, 1.7136335372924805e-7, -1.7136335372924805e-7];
    expect(a.mod(b).toArray()).toEqual([...rests, 5, Infinity]);
    expect(a.floorDivide(b).toArray()).toEqual([50, 9, -51, -51, 0, -1]);
    expect(tensor([1, -1, 0]).floorDivide(0).toArray()).toEqual([Infinity, -Infinity, nan]);
    expect(tensor([1, -1, 0]).mod(0).toArray()).toEqual([nan, nan, nan]);
  });

  it('what a division leaves has the gradient 1, and minus the quotient for the divisor', () => {
    const [a, b] = [tensor([7, -7]), tensor([2, 2])];
    expect(gradientOf(a.mod(b), a)).toEqual([1, 1]);
    expect(gradientOf(a.mod(b), b)).toEqual([-3, 4]);
  });

  it('powers follow IEEE 754', () => {
    const x = tensor([-8, 2, 0, -2, 0]);
    expect(x.pow(tensor([1 / 3, 10, 0, 3, -1])).toArray()).toEqual([nan, 1024, 1, -8, Infinity]);
    expect(x.pow(2).toArray()).toEqual([64, 4, 0, 4, 0]);
    expect(tensor([4]).pow(0.5).toArray()).toEqual([2]);
    expect(tensor([4]).pow(-1).toArray()).toEqual([0.25]);
  });

  it('variance keeps the digits of small spreads around large means', () => {
    const x = tensor([10000.01, 10000.02, 10000.03]);
    const exact = [10000.01, 10000.02, 10000.03].map(Math.fround);
    const mean = exact.reduce((a, b) => a + b) / 3;
    const variance = exact.reduce((a, b) => a + (b - mean) ** 2, 0) / 3;
    expect(Number(x.variance().item())).toBeCloseTo(variance, 6);
    expect(Number(x.std().item())).toBeGreaterThan(0);
  });

  it('clip keeps NaN, and passes gradients within its bounds', () => {
    const x = tensor([-2, 0.5, 2, nan]);
    expect(x.clip(-1, 1).toArray()).toEqual([-1, 0.5, 1, nan]);
    const inside = tensor([-2, 0.5, 2]);
    expect(gradientOf(inside.clip(-1, 1), inside)).toEqual([0, 1, 0]);
  });

  it('reads outside are NaN of floats and 0 of integers, and negative places count from the end', () => {
    const index = tensor(Int32Array.from([0, -1, 5, -4]));
    expect(tensor([1, 2, 3]).gather(index).toArray()).toEqual([1, 3, nan, nan]);
    expect(
      tensor(Int32Array.from([1, 2, 3]))
        .gather(index)
        .toArray(),
    ).toEqual([1, 3, 0, 0]);
    const x = tensor([1, 2, 3]);
    expect(gradients(x.gather(tensor(Int32Array.from([2, 2, 0]))).sum(), [x])[0]!.toArray()).toEqual([
      1, 0, 2,
    ]);
  });
});
