/** Functions that `Math` lacks, in float64. */

/**
 * Error function: its series near 0, a continued fraction (Lentz) of the complement beyond. Abramowitz &
 * Stegun 7.1.
 */
export function erf(x: number): number {
  if (Number.isNaN(x)) return x;
  const size = Math.abs(x);
  if (size < 2.5) return series(x);
  return Math.sign(x) * (size > 6 ? 1 : 1 - complement(size));
}

function series(x: number): number {
  let term = x;
  let total = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(total); n++) {
    term *= -(x * x) / n;
    total += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * total;
}

function complement(x: number): number {
  let fraction = 0;
  for (let n = 60; n >= 1; n--) fraction = n / 2 / (x + fraction);
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * (x + fraction));
}

/** Inverse error function: Giles's approximation (2010), then two Newton steps. */
export function erfinv(y: number): number {
  if (!(Math.abs(y) < 1)) return Math.abs(y) === 1 ? y * Infinity : Number.NaN;
  const w = -Math.log((1 - y) * (1 + y));
  let x = y * gilesPolynomial(w);
  for (let i = 0; i < 2; i++) x -= ((erf(x) - y) * Math.sqrt(Math.PI)) / 2 / Math.exp(-x * x);
  return x;
}

const horner = (x: number, coefficients: readonly number[]) =>
  coefficients.reduce((total, c) => total * x + c, 0);

/**
 * Coefficients of `erfinv(x) / x` in `w = -ln(1 - x²)`: around w = 2.5, and around √w = 3 from w = 5 on.
 * Giles 2010.
 */
const giles = {
  near: [
    2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087, -0.00125372503,
    -0.00417768164, 0.246640727, 1.50140941,
  ],
  far: [
    -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613,
    0.00943887047, 1.00167406, 2.83297682,
  ],
} as const;

const gilesPolynomial = (w: number) =>
  w < 5 ? horner(w - 2.5, giles.near) : horner(Math.sqrt(w) - 3, giles.far);
