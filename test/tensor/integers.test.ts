/** Integers: they wrap at 32 bits, divide with Python's sign, and casts stay in range. */
import { beforeAll, describe, expect, it } from 'vitest';
import { tensor } from '../../src/tensor/create.js';
import { availableBackends, choose } from '../laws/backends.js';

const ints = (...values: number[]) => tensor(Int32Array.from(values));
const [most, least] = [2 ** 31 - 1, -(2 ** 31)];

describe.each(availableBackends)('int32 on %s', (name) => {
  beforeAll(() => choose(name));

  it('wraps around at 32 bits', () => {
    expect(ints(most, least).add(ints(1, -1)).toArray()).toEqual([least, most]);
    expect(ints(65536, most).mul(ints(65536, 2)).toArray()).toEqual([0, -2]);
    expect(ints(least).sub(1).toArray()).toEqual([most]);
    expect(ints(most, 1).sum().item()).toBe(least);
    expect(ints(most, 1, 1).cumsum().toArray()).toEqual([most, least, least + 1]);
    expect(ints(least).abs().toArray()).toEqual([least]);
  });

  it('divides and leaves rests with the sign of Python', () => {
    const [a, b] = [ints(-7, 7, -7, 7, 6), ints(2, -2, -2, 2, 3)];
    expect(a.floorDivide(b).toArray()).toEqual([-4, -4, 3, 3, 2]);
    expect(a.mod(b).toArray()).toEqual([1, -1, -1, 1, 0]);
    expect(ints(-7, 7).floorDivide(2).toArray()).toEqual([-4, 3]);
  });

  it('divided by 0 is 0, and the smallest by -1 is itself', () => {
    expect(
      ints(5, 0, -5)
        .floorDivide(ints(0, 0, 0))
        .toArray(),
    ).toEqual([0, 0, 0]);
    expect(ints(least).floorDivide(ints(-1)).toArray()).toEqual([least]);
    expect(ints(5).mod(ints(0)).toArray()).toEqual([0]);
  });

  it('of floats cuts toward 0, stays in range, and makes 0 of NaN', () => {
    expect(tensor([1.9, -1.9, 3e9, -3e9, Number.NaN, Infinity, -Infinity]).cast('int32').toArray()).toEqual([
      1,
      -1,
      most,
      least,
      0,
      most,
      least,
    ]);
    expect(tensor([-1, 255.9, 256, 1e9]).cast('uint8').toArray()).toEqual([0, 255, 255, 255]);
    expect(ints(-1, 128, 300).cast('uint8').toArray()).toEqual([0, 128, 255]);
    expect(
      tensor(Uint8Array.from([200, 100]))
        .add(tensor(Uint8Array.from([100, 1])))
        .toArray(),
    ).toEqual([300, 101]);
  });

  it('beside a whole number that it cannot hold becomes a float', () => {
    expect(ints(5).less(3e9).toArray()).toEqual([true]);
    expect(ints(5).greater(-3e9).toArray()).toEqual([true]);
    expect(ints(2).mul(1e10).toArray()).toEqual([2e10]);
    expect([ints(2).add(most).dtype, ints(2).add(least).dtype]).toEqual(['int32', 'int32']);
    expect(ints(2).add(most + 1).dtype).toBe('float32');
  });

  it('compares as whole numbers, where floats would be equal', () => {
    expect(ints(16777217).equal(ints(16777216)).toArray()).toEqual([false]);
    expect(ints(16777216).less(ints(16777217)).toArray()).toEqual([true]);
    expect(ints(16777217, 16777216).max().item()).toBe(16777217);
    expect(ints(16777216, 16777217).argmax().item()).toBe(1);
    expect(ints(least, most).argmin().item()).toBe(0);
  });

  it('becomes a float in divisions, means and roots', () => {
    expect(ints(1, 2).div(2).toArray()).toEqual([0.5, 1]);
    expect(ints(1, 2).mean().item()).toBe(1.5);
    expect(ints(4).sqrt().toArray()).toEqual([2]);
  });

  it('counts truth values', () => {
    const b = tensor([true, true, false]);
    expect([b.sum().dtype, b.sum().item(), b.add(b).toArray()]).toEqual(['int32', 2, [2, 2, 0]]);
    expect([b.max().dtype, b.min().toArray(), b.maximum(false).toArray()]).toEqual([
      'bool',
      false,
      [true, true, false],
    ]);
  });
});
