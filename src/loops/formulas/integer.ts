/** Functions of integers, and those that look at single bits. */
import { call } from '../expression.js';
import { integer, real, Scalar } from '../scalar.js';
import type { ScalarName } from '../scalars.js';

const ofTwo =
  (name: ScalarName) =>
  (a: Scalar, b: Scalar): Scalar =>
    new Scalar(call(name, [a.expression, b.expression]));
const quotient = ofTwo('quotientInt');
const lessUnsigned = ofTwo('lessUnsigned');

/**
 * Rounded down. Divisors 0 and -1 would trap in the machine's division: there it is a · b, which is 0 and
 * -a.
 */
export function floorDivideInt(a: Scalar, b: Scalar): Scalar {
  const traps = lessUnsigned(b.add(1), integer(2));
  const divisor = traps.select(integer(1), b);
  const toZero = quotient(a, divisor);
  const rest = a.sub(toZero.mul(divisor));
  const isBetween = rest.equal(0).not().and(rest.xor(divisor).less(0));
  return traps.select(a.mul(b), isBetween.select(toZero.sub(1), toZero));
}

/** ±1 with the sign of x; 0, -0 and NaN stay. */
export function sign(x: Scalar): Scalar {
  const one = x
    .bits()
    .and(-(2 ** 31))
    .or(0x3f800000)
    .fromBits();
  return real(0).less(x.abs()).select(one, x);
}
