/** log and log1p: x = 2ᵏ · (1 + f) with √½ ≤ 1 + f < √2, then ln(1 + f) + k · ln 2. */
import { integer, real, type Scalar } from '../scalar.js';
import { ln2High, ln2Low, polynomial } from './parts.js';

const sqrtHalf = 0x3f3504f3;
const smallestNormal = 2 ** -126;

/** ln(1 + f) + k · ln 2, the small parts first. */
function logOfReduced(f: Scalar, k: Scalar): Scalar {
  const z = f.mul(f);
  const cubic = polynomial(
    f,
    [
      -0.0763449669, 0.127615765, -0.131601825, 0.142017573, -0.166233569, 0.200012267, -0.250008196,
      0.333333313,
    ],
  );
  const tail = k.fma(ln2Low, cubic.mul(f).mul(z));
  return k.fma(ln2High, z.fma(-0.5, tail).add(f));
}

/** A positive number as mantissa in √½ .. √2 and whole exponent; subnormal ones too. */
export function split(x: Scalar): { mantissa: Scalar; exponent: Scalar } {
  const isSubnormal = x.less(smallestNormal);
  const bits = x.mul(isSubnormal.select(real(2 ** 24), 1)).bits();
  const k = bits.sub(sqrtHalf).shiftRight(23);
  const mantissa = bits.sub(k.shiftLeft(23)).fromBits();
  return { mantissa, exponent: k.toFloat().add(isSubnormal.select(real(-24), 0)) };
}

/** `inside` for low < x < ∞, -∞ at `low`, ∞ at ∞, NaN elsewhere. */
function above(low: number, x: Scalar, inside: Scalar): Scalar {
  const outside = x.equal(low).select(real(-Infinity), Number.NaN);
  return real(low).less(x).select(x.less(Infinity).select(inside, Infinity), outside);
}

/** The logarithm of a positive, finite number. */
export function logOfPositive(x: Scalar): Scalar {
  const { mantissa, exponent } = split(x);
  return logOfReduced(mantissa.sub(1), exponent);
}

/** Within 0.9 ulp. */
export const log = (x: Scalar): Scalar => above(0, x, logOfPositive(x));

/** f = 2⁻ᵏ · (1 + x) - 1 straight from x, as 1 + x loses digits; x where 1 + x is 1. Within 1.5 ulp. */
export function log1p(x: Scalar): Scalar {
  const whole = x.add(1);
  const i = whole.bits().sub(sqrtHalf);
  const quarterScale = integer(0x40800000)
    .sub(i.and(0xff800000 | 0))
    .fromBits(); // 4 · 2⁻ᵏ: normal for every k
  const f = quarterScale.fma(x.mul(0.25), quarterScale.fma(0.25, -1));
  const inside = logOfReduced(f, i.shiftRight(23).toFloat());
  return whole.equal(1).select(x, above(-1, x, inside));
}
