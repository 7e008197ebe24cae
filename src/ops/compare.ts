/** Comparisons, choice and change of type. A comparison with NaN is false. */
import { elementTypes } from '../core/dtype.js';
import { elementType } from './fields.js';
import { op } from './op.js';

/** `a < b`, a truth value. */
export const less = /* @__PURE__ */ op('less', {
  shape: '*s, *s -> *s',
  types: 'n',
  dtype: () => 'bool',
  domain: { distinct: true },
  lower: ([a, b], { s }) => a.at(...s).less(b.at(...s)),
});

/** `a ≤ b`, a truth value. */
export const lessEqual = /* @__PURE__ */ op('lessEqual', {
  shape: '*s, *s -> *s',
  types: 'n',
  dtype: () => 'bool',
  domain: { distinct: true },
  lower: ([a, b], { s }) => a.at(...s).lessEqual(b.at(...s)),
});

/** `a = b`, a truth value. */
export const equal = /* @__PURE__ */ op('equal', {
  shape: '*s, *s -> *s',
  types: 't',
  dtype: () => 'bool',
  domain: { distinct: true },
  lower: ([a, b], { s }) => a.at(...s).equal(b.at(...s)),
});

/** `a` where the condition holds, else `b`. The other branch's gradient is 0. */
export const where = /* @__PURE__ */ op('where', {
  shape: '*s, *s, *s -> *s',
  types: 'btt',
  domain: [{ below: 2 }, {}],
  lower: ([condition, a, b], { s }) => condition.at(...s).select(a.at(...s), b.at(...s)),
  vjp: (g, [condition]) => [null, condition.where(g, 0), condition.where(0, g)],
});

/** Another element type: float to integer cuts toward 0 and stays in range, anything but 0 is true. */
export const cast = /* @__PURE__ */ op('cast', {
  shape: '*s -> *s',
  types: 'a',
  attrs: () => ({
    /** The new type. */
    dtype: elementType(),
  }),
  dtype: (_, { dtype }) => dtype,
  lower: ([x], { s }, { dtype }) => {
    const value = x.at(...s).to(elementTypes[dtype].scalar);
    return dtype === 'uint8' ? value.maximum(0).minimum(255) : value;
  },
  vjp: (g, [x]) => [x.dtype === 'float32' ? g.cast('float32') : null],
});

/** The value itself, through which no gradient flows. */
export const stopGradient = /* @__PURE__ */ op('stopGradient', {
  shape: '*s -> *s',
  types: 'a',
  lower: ([x], { s }) => x.at(...s),
});
