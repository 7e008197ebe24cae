/** Maps of one input. Values at special points follow numpy; gradients at kinks are 0. */
import { op } from './op.js';

/** Absolute value `|x|`, of floats and integers. Gradient `g · sign(x)`. */
export const abs = /* @__PURE__ */ op('abs', {
  shape: '*s -> *s',
  types: 'n',
  domain: { kinks: [0] },
  lower: ([x], { s }) => x.at(...s).abs(),
  vjp: (g, [x]) => [g.mul(x.sign())],
});

/** -1, 0 or 1 by the sign; NaN stays. */
export const sign = /* @__PURE__ */ op('sign', {
  shape: '*s -> *s',
  types: 'n',
  domain: { kinks: [0] },
  lower: ([x], { s }) => x.at(...s).sign(),
});

/** The largest whole number not above `x`. */
export const floor = /* @__PURE__ */ op('floor', {
  shape: '*s -> *s',
  domain: { kinks: [-2, -1, 0, 1, 2] },
  lower: ([x], { s }) => x.at(...s).floor(),
});

/** The nearest whole number, halves to the even one. */
export const round = /* @__PURE__ */ op('round', {
  shape: '*s -> *s',
  domain: { kinks: [-1.5, -0.5, 0.5, 1.5] },
  lower: ([x], { s }) => x.at(...s).round(),
});

/** Square root `√x`; NaN below 0. */
export const sqrt = /* @__PURE__ */ op('sqrt', {
  shape: '*s -> *s',
  domain: { from: 0.2, to: 4 },
  lower: ([x], { s }) => x.at(...s).sqrt(),
  vjp: (g, _, y) => [g.mul(0.5).div(y)],
});

/** `eˣ`. */
export const exp = /* @__PURE__ */ op('exp', {
  shape: '*s -> *s',
  lower: ([x], { s }) => x.at(...s).exp(),
  vjp: (g, _, y) => [g.mul(y)],
});

/** `eˣ - 1`, exact near 0. */
export const expm1 = /* @__PURE__ */ op('expm1', {
  shape: '*s -> *s',
  lower: ([x], { s }) => x.at(...s).expm1(),
  vjp: (g, _, y) => [g.mul(y.add(1))],
});

/** Natural logarithm; -Infinity at 0, NaN below. */
export const log = /* @__PURE__ */ op('log', {
  shape: '*s -> *s',
  domain: { from: 0.2, to: 4 },
  lower: ([x], { s }) => x.at(...s).log(),
  vjp: (g, [x]) => [g.div(x)],
});

/** `ln(1 + x)`, exact near 0. */
export const log1p = /* @__PURE__ */ op('log1p', {
  shape: '*s -> *s',
  domain: { from: -0.7, to: 4 },
  lower: ([x], { s }) => x.at(...s).log1p(),
  vjp: (g, [x]) => [g.div(x.add(1))],
});

/** Sine of an angle in radians; NaN from 2²² on, where float32 has two numbers for a radian. */
export const sin = /* @__PURE__ */ op('sin', {
  shape: '*s -> *s',
  lower: ([x], { s }) => x.at(...s).sin(),
  vjp: (g, [x]) => [g.mul(x.cos())],
});

/** Cosine of an angle in radians; NaN from 2²² on, as `sin`. */
export const cos = /* @__PURE__ */ op('cos', {
  shape: '*s -> *s',
  lower: ([x], { s }) => x.at(...s).cos(),
  vjp: (g, [x]) => [g.mul(x.sin().neg())],
});

/** Hyperbolic tangent. */
export const tanh = /* @__PURE__ */ op('tanh', {
  shape: '*s -> *s',
  lower: ([x], { s }) => x.at(...s).tanh(),
  vjp: (g, _, y) => [g.mul(y.square().neg().add(1))],
});

/** `1 / (1 + e⁻ˣ)`. A record, because the chain through the division is ∞ · 0 for large negative `x`. */
export const sigmoid = /* @__PURE__ */ op('sigmoid', {
  shape: '*s -> *s',
  lower: ([x], { s }) => x.at(...s).sigmoid(),
  vjp: (g, _, y) => [g.mul(y).mul(y.neg().add(1))],
});

/** `ln(1 + eˣ)`, without overflow. */
export const softplus = /* @__PURE__ */ op('softplus', {
  shape: '*s -> *s',
  lower: ([x], { s }) => x.at(...s).softplus(),
  vjp: (g, [x]) => [g.mul(x.sigmoid())],
});

/** `max(x, 0)`; NaN stays. Gradient 0 at 0. */
export const relu = /* @__PURE__ */ op('relu', {
  shape: '*s -> *s',
  types: 'n',
  domain: { kinks: [0] },
  lower: ([x], { s }) => x.at(...s).maximum(0),
  // By the output, which is stored anyway, so that `x` need not be.
  vjp: (g, _, y) => [g.mul(y.greater(0))],
});

/** Error function `2/√π ∫₀ˣ e^(-t²) dt`. */
export const erf = /* @__PURE__ */ op('erf', {
  shape: '*s -> *s',
  lower: ([x], { s }) => x.at(...s).erf(),
  vjp: (g, [x]) => [g.mul(2 / Math.sqrt(Math.PI)).mul(x.square().neg().exp())],
});

/** Inverse of the error function on (-1, 1). Giles 2010. */
export const erfinv = /* @__PURE__ */ op('erfinv', {
  shape: '*s -> *s',
  domain: { from: -0.9, to: 0.9 },
  lower: ([x], { s }) => x.at(...s).erfinv(),
  vjp: (g, _, y) => [g.mul(Math.sqrt(Math.PI) / 2).mul(y.square().exp())],
});
