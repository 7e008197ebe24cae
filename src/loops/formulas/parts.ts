/**
 * What the formulas share. Constants are written with nine digits, the float32 numbers a backend makes of
 * them; those that must be exact (`0.693359375`) are. All formulas hold with `fma` rounded once or as
 * multiply, then add.
 */
import { integer, real, type Scalar } from '../scalar.js';

/** A polynomial by Horner's rule, highest power first. */
export const polynomial = (x: Scalar, [first, ...rest]: readonly [number, ...number[]]): Scalar =>
  rest.reduce((p, c) => p.fma(x, c), real(first));

const signBit = integer(-(2 ** 31));

/** The sign of a float as the top bit of an integer. */
export const signOf = (x: Scalar): Scalar => x.bits().and(signBit);
/** Turns the sign around where the top bit of `sign` is set. */
export const flip = (x: Scalar, sign: Scalar): Scalar => x.bits().xor(sign).fromBits();

/** A number without sign given the sign of x. */
export const withSign = (size: Scalar, x: Scalar): Scalar => size.bits().or(signOf(x)).fromBits();

/** `within` where |x| is not tiny, else x itself: keeps -0 and subnormals where f(x) is x to the last bit. */
export const unlessTiny = (x: Scalar, within: Scalar): Scalar =>
  x
    .abs()
    .less(2 ** -25)
    .select(x, within);

/** ln 2 in two parts; n times the first is exact for whole |n| < 2¹⁵. */
export const ln2High = 0.693359375;
export const ln2Low = -2.12194442e-4;
