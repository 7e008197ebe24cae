/** exp and what is made of it. Reduction to |r| ≤ ln 2 / 2 by Cody and Waite; polynomials by minimax fit. */
import { real, type Scalar } from '../scalar.js';
import { ln2High, ln2Low, polynomial, unlessTiny, withSign } from './parts.js';

/** eˣ = 2ⁿ · eʳ; the low bits of `bits` hold n + bias. */
interface Reduced {
  readonly r: Scalar;
  readonly bits: Scalar;
}

/** Adding 1.5 · 2²³ rounds x / ln 2 to a whole number and leaves it in the low bits. */
function reduce(x: Scalar, bias: number): Reduced {
  const shifter = 12582912 + bias;
  const shifted = x.fma(Math.LOG2E, shifter);
  const n = shifted.sub(shifter);
  return { r: n.fma(-ln2Low, n.fma(-ln2High, x)), bits: shifted.bits() };
}

/** The float 2ⁿ of n + 127 in the low bits. */
const powerOfTwo = (bits: Scalar): Scalar => bits.shiftLeft(23).fromBits();

/** p · 2ⁿ of n + 254 in the low bits, |n| ≤ 252: in two steps, so that only the second rounds below 2⁻¹²⁶. */
export function scale(p: Scalar, bits: Scalar): Scalar {
  const first = bits.shiftRight(1);
  return p.mul(powerOfTwo(first)).mul(powerOfTwo(bits.sub(first)));
}

/** (eʳ - 1 - r) / r² */
const curve = (r: Scalar): Scalar =>
  polynomial(r, [0.00138142216, 0.00836889911, 0.0416684039, 0.166665196, 0.49999994]);

const expm1OfReduced = (r: Scalar): Scalar => curve(r).fma(r.mul(r), r);
const expOfReduced = (r: Scalar): Scalar => expm1OfReduced(r).add(1);

/** eˣ for -105 ≤ x ≤ 90. */
function expBounded(x: Scalar): Scalar {
  const { r, bits } = reduce(x, 254);
  return scale(expOfReduced(r), bits);
}

/** Within 1.05 ulp, fused or not; subnormal results too. */
export const exp = (x: Scalar): Scalar => expBounded(x.minimum(90).maximum(-105));

/** e^-|x| */
const decay = (x: Scalar): Scalar => expBounded(x.abs().minimum(105).mul(-1));

/** 2 · (2ⁿ⁻¹ · (eʳ - 1) + 2ⁿ⁻¹ - ½), so that 2¹²⁸ is never needed. Within 1.6 ulp. */
export function expm1(x: Scalar): Scalar {
  const { r, bits } = reduce(x.minimum(89).maximum(-30), 126);
  const small = expm1OfReduced(r);
  const half = powerOfTwo(bits);
  return unlessTiny(x, half.fma(small, half.sub(0.5)).mul(2));
}

/** Of |x|: odd polynomial below 0.625, 1 - 2 / (e²ˣ + 1) beyond. Within 1.5 ulp. */
export function tanh(x: Scalar): Scalar {
  const size = x.abs();
  const z = x.mul(x);
  const near = polynomial(z, [-0.00571704516, 0.020650588, -0.0537434965, 0.133314908, -0.333332837]);
  const doubled = size.minimum(20);
  const { r, bits } = reduce(doubled.add(doubled), 127);
  const far = real(1).sub(real(2).div(powerOfTwo(bits).fma(expOfReduced(r), 1)));
  return withSign(size.less(0.625).select(near.mul(z).fma(size, size), far), x);
}

/**
 * With e = e^-|x|, q = e / (1 + e): 1 - q, or e - e · q for x < 0, which keeps small values. Within 1.8 ulp.
 */
export function sigmoid(x: Scalar): Scalar {
  const e = decay(x);
  const top = x.less(0).select(e, 1);
  return e.div(e.add(1)).fma(top.mul(-1), top);
}

/** max(x, 0) + ln(1 + e^-|x|), the larger parts last. Within 1.9 ulp. */
export function softplus(x: Scalar): Scalar {
  const e = decay(x);
  const bend = polynomial(
    e.sub(0.5),
    [
      -0.0033184723, 0.00693069492, -0.0101777045, 0.0166569855, -0.0289049987, 0.0510890596, -0.0932318568,
      0.179224893, -0.378139555,
    ],
  );
  return bend.fma(e.mul(e), x.maximum(0)).add(e);
}
