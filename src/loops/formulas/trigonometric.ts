/**
 * sin and cos: |x| = n · π/2 + r, then a polynomial of r by n mod 4. Within 1.7 ulp for |x| ≤ 100 000.
 * Beyond, n times a part of π/2 is rounded, as if x had changed in its own last place; from 2²² on the
 * result is NaN.
 */
import type { Scalar } from '../scalar.js';
import { flip, polynomial, signOf } from './parts.js';

/** π/2 in five parts. Whole n < 2¹⁶ times one of the first four, of eight bits each, is exact. */
const first = 1.5703125;
const second = 4.825592041015625e-4;
const third = 1.2665987014770508e-6;
const fourth = 9.89530235528946e-10;
const fifth = 2.56334407e-12;

interface Reduced {
  readonly r: Scalar;
  /** What rounding took from r. */
  readonly rest: Scalar;
  /** n in the low bits. */
  readonly bits: Scalar;
}

function reduce(size: Scalar): Reduced {
  const known = size.less(2 ** 22).select(size, Number.NaN);
  const shifted = known.fma(2 / Math.PI, 12582912);
  const n = shifted.sub(12582912);
  const rough = n.fma(-second, n.fma(-first, known));
  const fine = n.fma(-third, rough);
  const lost = n.fma(third, fine.sub(rough));
  const correction = n.fma(fourth, lost);
  const close = fine.sub(correction);
  const small = n.fma(-fifth, fine.sub(close).sub(correction));
  const r = close.add(small);
  return { r, rest: small.sub(r.sub(close)), bits: shifted.bits() };
}

function sine({ r, rest }: Reduced): Scalar {
  const z = r.mul(r);
  return polynomial(z, [-0.00019516387, 0.00833217148, -0.166666552]).fma(z.mul(r), rest).add(r);
}
function cosine({ r }: Reduced): Scalar {
  const z = r.mul(r);
  return polynomial(z, [2.44374296e-5, -0.00138873584, 0.0416666456]).fma(z.mul(z), z.fma(-0.5, 1));
}

export function sin(x: Scalar): Scalar {
  const reduced = reduce(x.abs());
  const isSine = reduced.bits.and(1).equal(0);
  const value = isSine.select(sine(reduced), cosine(reduced));
  return flip(value, reduced.bits.shiftRight(1).shiftLeft(31).xor(signOf(x)));
}

export function cos(x: Scalar): Scalar {
  const reduced = reduce(x.abs());
  const isCosine = reduced.bits.and(1).equal(0);
  const value = isCosine.select(cosine(reduced), sine(reduced));
  return flip(value, reduced.bits.add(1).shiftRight(1).shiftLeft(31));
}
