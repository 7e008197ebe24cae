/**
 * a to the power of b: log₂|a| and its product with b carry about 36 bits in two floats, as in fdlibm's
 * powf.
 */
import { integer, real, type Scalar } from '../scalar.js';
import { scale } from './exponential.js';
import { split } from './logarithm.js';
import { flip, polynomial, signOf } from './parts.js';

/** A number as the sum of two; a product of two `high` parts is exact. */
interface Pair {
  readonly high: Scalar;
  readonly low: Scalar;
}

/** The upper 12 bits of the mantissa. */
export const upper = (x: Scalar): Scalar => x.bits().and(integer(0xfffff000)).fromBits();

/** (m - 1) / (m + 1) */
function ratioOf(m: Scalar): Pair & { readonly both: Scalar } {
  const numerator = m.sub(1);
  const inverse = real(1).div(m.add(1));
  const both = numerator.mul(inverse);
  const high = upper(both);
  const denominator = upper(m.add(1));
  const denominatorLow = m.sub(denominator.sub(1));
  const rest = numerator.sub(high.mul(denominator)).sub(high.mul(denominatorLow));
  return { both, high, low: rest.mul(inverse) };
}

/** 3/2 · ln m = s · (3 + s² + tail) with s the ratio above. */
function logOfMantissa(m: Scalar): Pair {
  const s = ratioOf(m);
  const z = s.both.mul(s.both);
  const series = polynomial(z, [0.351381719, 0.428202868, 0.600002348]).mul(z.mul(z));
  const tail = s.low.fma(s.high.add(s.both), series);
  const square = s.high.mul(s.high);
  const factor = upper(square.add(3).add(tail));
  const factorLow = tail.sub(factor.sub(3).sub(square));
  const product = s.high.mul(factor);
  const productLow = s.low.fma(factor, factorLow.mul(s.both));
  const high = upper(product.add(productLow));
  return { high, low: productLow.sub(high.sub(product)) };
}

/** log₂ of a positive, finite number. 2 / (3 ln 2) is 0.961669921875 + 0.000126772051. */
function log2(x: Scalar): Pair {
  const { mantissa, exponent } = split(x);
  const ln = logOfMantissa(mantissa);
  const product = ln.high.mul(0.961669921875);
  const productLow = ln.high.fma(0.000126772051, ln.low.mul(0.961796694));
  const high = upper(product.add(productLow).add(exponent));
  return { high, low: productLow.sub(high.sub(exponent).sub(product)) };
}

/** 2 to the power of z; far outside the range of floats z may be cut short. */
function exp2(z: Pair): Scalar {
  const n = z.high.add(z.low).round();
  const f = z.high.sub(n).add(z.low);
  const slope = polynomial(
    f,
    [0.000153531539, 0.00133991323, 0.00961843971, 0.0555033199, 0.240226477, 0.693147182],
  );
  return scale(slope.fma(f, 1), n.toInt().add(254));
}

/** |a| to the power of b, from log₂|a|, which is ±∞ where |a| is 0 or ∞. */
function magnitude(size: Scalar, b: Scalar): Scalar {
  const isOrdinary = real(0).less(size).and(size.less(Infinity));
  const logarithm = log2(size);
  const high = isOrdinary.select(logarithm.high, size.equal(0).select(real(-Infinity), size));
  const rough = b.mul(high);
  const cut = rough.minimum(200).maximum(-200);
  const isInRange = cut.equal(rough);
  const upperB = upper(b);
  const low = b.sub(upperB).fma(high, b.mul(logarithm.low));
  return exp2({ high: isInRange.select(upperB.mul(high), cut), low: isInRange.select(low, 0) });
}

/** By the rules of IEEE 754: a⁰ and 1ᵇ are 1 even for NaN. Within 1.2 ulp where fma rounds once, else 1.5. */
export function power(a: Scalar, b: Scalar): Scalar {
  const size = a.abs();
  const isOne = b.equal(0).or(size.equal(1));
  const value = isOne.select(real(1), magnitude(size, b));
  const half = b.mul(0.5);
  const isWhole = b.floor().equal(b);
  const isOdd = isWhole.and(half.floor().equal(half).not());
  const signed = flip(value, isOdd.select(signOf(a), 0));
  const hasNoRoot = a.less(0).and(real(-Infinity).less(a)).and(isWhole.not());
  return hasNoRoot.select(real(Number.NaN), signed);
}
