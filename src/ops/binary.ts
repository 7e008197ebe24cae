/** Arithmetic of two inputs that broadcast. Integers wrap at 32 bits; `divide` and `power` work in float32. */
import { op, type Tensor } from './op.js';

/** `a + b`. Of truth values, the integer sum. */
export const add = /* @__PURE__ */ op('add', {
  shape: '*s, *s -> *s',
  types: 'n',
  lower: ([a, b], { s }) => a.at(...s).add(b.at(...s)),
  vjp: (g) => [g, g],
});

/** `a - b`. */
export const subtract = /* @__PURE__ */ op('subtract', {
  shape: '*s, *s -> *s',
  types: 'n',
  lower: ([a, b], { s }) => a.at(...s).sub(b.at(...s)),
  vjp: (g) => [g, g.neg()],
});

/** `a · b`. */
export const multiply = /* @__PURE__ */ op('multiply', {
  shape: '*s, *s -> *s',
  types: 'n',
  lower: ([a, b], { s }) => a.at(...s).mul(b.at(...s)),
  vjp: (g, [a, b]) => [g.mul(b), g.mul(a)],
  keepsZeros: true,
});

/** `a / b` in float32. */
export const divide = /* @__PURE__ */ op('divide', {
  shape: '*s, *s -> *s',
  domain: [{}, { from: 0.3, to: 3 }],
  lower: ([a, b], { s }) => a.at(...s).div(b.at(...s)),
  vjp: (g, [, b], y) => [g.div(b), g.neg().mul(y).div(b)],
});

/** `⌊a / b⌋`, with the sign of Python: -7 over 2 is -4. Of integers, 0 where `b` is 0. */
export const floorDivide = /* @__PURE__ */ op('floorDivide', {
  shape: '*s, *s -> *s',
  types: 'n',
  domain: [
    { from: 1.1, to: 1.9 },
    { from: 2.1, to: 2.9 },
  ],
  lower: ([a, b], { s }) => a.at(...s).floorDivide(b.at(...s)),
});

/** What `floorDivide` leaves: `a - b⌊a / b⌋`, with the sign of `b` as in Python. By 0 it is NaN, of integers 0. */
export const remainder = /* @__PURE__ */ op('remainder', {
  shape: '*s, *s -> *s',
  types: 'n',
  domain: [
    { from: 7.9, to: 8.3 },
    { from: 2.1, to: 2.6 },
  ],
  lower: ([a, b], { s }) => a.at(...s).remainder(b.at(...s)),
  vjp: (g, [a, b]) => [g, g.neg().mul(a.floorDivide(b))],
});

/** `aᵇ` in float32; 1 for `b = 0`, NaN for a negative `a` and a `b` that is no whole number. */
export const power = /* @__PURE__ */ op('power', {
  shape: '*s, *s -> *s',
  domain: [
    { from: 0.3, to: 3 },
    { from: 0.5, to: 2.5 },
  ],
  lower: ([a, b], { s }) => a.at(...s).power(b.at(...s)),
  vjp: (g, [a, b], y) => [
    g.mul(b.equal(0).where(0, b.mul(a.pow(b.sub(1))))),
    a.greater(0).where(g.mul(y).mul(a.greater(0).where(a, 1).log()), 0),
  ],
});

/** The angle of the point `(b, a)` from the first axis on, in radians from -π to π; 0 for the point in the middle. */
export const arctan2 = /* @__PURE__ */ op('arctan2', {
  shape: '*s, *s -> *s',
  domain: [{}, { from: 0.3, to: 3 }],
  lower: ([a, b], { s }) => a.at(...s).arctan2(b.at(...s)),
  vjp: (g, [a, b]) => {
    const part = g.div(a.square().add(b.square()));
    return [part.mul(b), part.mul(a).neg()];
  },
});

/** The larger of two, or `or` of truth values; NaN if either is. Equals share the gradient, as in Keras on JAX. */
export const maximum = /* @__PURE__ */ op('maximum', {
  shape: '*s, *s -> *s',
  types: 't',
  domain: { distinct: true },
  lower: ([a, b], { s }) => a.at(...s).maximum(b.at(...s)),
  vjp: (g, [a, b]) => [shared(g, a, b), shared(g, b, a)],
});

/** The smaller of two, or `and` of truth values; NaN if either is. Equals share the gradient, as in Keras on JAX. */
export const minimum = /* @__PURE__ */ op('minimum', {
  shape: '*s, *s -> *s',
  types: 't',
  domain: { distinct: true },
  lower: ([a, b], { s }) => a.at(...s).minimum(b.at(...s)),
  vjp: (g, [a, b]) => [shared(g, b, a), shared(g, a, b)],
});

/** All of `g` where the first is larger, half of it where they are equal. */
const shared = (g: Tensor, a: Tensor, b: Tensor): Tensor =>
  a.less(b).where(0, a.equal(b).where(g.mul(0.5), g));
