/** What a division of floats leaves. */
import type { Scalar } from '../scalar.js';
import { upper } from './power.js';

/**
 * `a - n · b` without rounding, `n` being the whole number nearest to `a / b`. In halves (Dekker 1971) the products
 * are exact, whether the machine fuses them with the subtraction or not, and so are the differences in this order.
 */
function rest(a: Scalar, b: Scalar, n: Scalar): Scalar {
  const [high, nHigh] = [upper(b), upper(n)];
  const [low, nLow] = [b.sub(high), n.sub(nHigh)];
  return a.sub(nHigh.mul(high)).sub(nHigh.mul(low)).sub(nLow.mul(high)).sub(nLow.mul(low));
}

/**
 * With the sign of the divisor, as `npy_divmod` of numpy. Each turn takes 24 bits off the quotient, six all that a float
 * has: exact, and NaN where the quotient overflows.
 */
export function remainder(a: Scalar, b: Scalar): Scalar {
  let left = a;
  for (let turn = 0; turn < 6; turn++) left = rest(left, b, left.div(b).round());
  const found = a.abs().less(b.abs()).select(a, left);
  const isBeyond = found
    .equal(0)
    .not()
    .and(found.less(0).xor(b.less(0)));
  return isBeyond.select(found.add(b), found);
}
