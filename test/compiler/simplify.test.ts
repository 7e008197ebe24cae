import { describe, expect, it } from 'vitest';
import { simplify } from '../../src/compiler/simplify.js';
import { atOnce } from '../../src/core/pieces.js';
import { Axis, constantIndex } from '../../src/loops/axis.js';
import { integer, real, type Scalar, sum } from '../../src/loops/scalar.js';
import { buffer, kernel, read, storesOf } from './drafts.js';

const [x, n, b] = [buffer('x'), buffer('n', [4], 'int32'), buffer('b', [4], 'bool')];
const simple = (target: typeof x, formula: (v: Scalar, i: Axis) => Scalar): string => {
  const made = kernel(buffer('y', [4], target.dtype), ([i]) => formula(read(target, [i!]), i!));
  return storesOf(atOnce(simplify({ kernels: [made], externals: [], results: [] })))[0]!.replace(
    'y[i] = ',
    '',
  );
};

describe('simplifying', () => {
  it('drops what changes nothing', () => {
    expect(simple(x, (v) => v.mul(1))).toBe('x[i]');
    expect(simple(x, (v) => v.add(0))).toBe('x[i]');
    expect(simple(x, (v) => v.sub(0).div(1))).toBe('x[i]');
    expect(simple(n, (v) => v.mul(1).add(0))).toBe('n[i]');
    expect(simple(b, (v) => v.not().not())).toBe('b[i]');
  });

  it('keeps what NaN, infinities or the sign of 0 need', () => {
    expect(simple(x, (v) => v.mul(0))).toBe('multiply(x[i], 0)');
    expect(simple(x, (v) => v.sub(v))).toBe('subtract(x[i], x[i])');
    expect(simple(x, (v) => real(0).sub(v))).toBe('subtract(0, x[i])');
  });

  it('computes with constants only where float32 loses no digit', () => {
    expect(simple(x, (v) => v.add(real(2).mul(0.5)))).toBe('add(x[i], 1)');
    expect(simple(x, (v) => v.add(real(0.1).mul(3)))).toBe('add(x[i], multiply(0.1, 3))');
    expect(simple(x, (v) => v.mul(4).mul(-1))).toBe('multiply(x[i], -4)');
    // 2¹⁰⁰ twice overflows as one factor where x is small.
    expect(simple(x, (v) => v.mul(4).mul(3))).toBe('multiply(multiply(x[i], 4), 3)');
    expect(simple(x, (v) => v.mul(0.1).mul(3))).toBe('multiply(multiply(x[i], 0.1), 3)');
    expect(simple(n, (v) => v.add(3).add(4))).toBe('addInt(n[i], 7)');
  });

  it('chooses where the choice is known', () => {
    expect(simple(x, (v) => real(1).less(2).select(v, v.exp()))).toBe('x[i]');
    expect(simple(x, (v) => v.less(0).select(v, v))).toBe('x[i]');
  });

  it('makes the fill of a read outside, and the one element of a fold over one', () => {
    expect(simple(x, () => read(x, [constantIndex(9)], 5))).toBe('5');
    const k = new Axis('k', 1);
    expect(simple(x, (_, i) => sum([k], read(buffer('m', [4, 1]), [i, k])))).toBe('m[i, 0]');
    expect(simple(n, (v) => v.mul(integer(1)))).toBe('n[i]');
  });

  it('leaves a kernel that is simple as it is, with what is known of it', () => {
    const made = kernel(buffer('y'), ([i]) => read(x, [i!]).exp());
    expect(atOnce(simplify({ kernels: [made], externals: [], results: [] })).kernels[0]).toBe(made);
  });
});
