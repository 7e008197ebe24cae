/**
 * Convolution and its two gradients: the three derivatives of one trilinear form, so each one's gradient is made of the
 * others. Groups are an axis of their own: `x [n, *s, q, c]`, `kernel [*t, c, q, f]`, `y [n, *o, q, f]`, where spatial
 * place `o` and tap `t` read place `stride · o + dilation · t - low`.
 */
import { partOfBatch } from '../compiler/batch-parts.js';
import type { Axis } from '../loops/axis.js';
import { sum } from '../loops/scalar.js';
import { integers } from './fields.js';
import { op, type Tensor } from './op.js';
import { phasesOf, read, type Sliding } from './sliding.js';

const attrs = () => ({
  /** Distance between neighbouring outputs along each spatial axis. */
  strides: integers(),
  /** Distance between neighbouring taps along each spatial axis. */
  dilation: integers(),
  /** Cells of padding before each spatial axis; those after it follow from `size`. */
  low: integers(),
  /** Sizes of the result's spatial axes. */
  size: integers(),
});

const withSize = ({ strides, dilation, low }: Sliding, size: readonly number[]) => ({
  strides,
  dilation,
  low,
  size,
});
/**
 * The loops of the channels, the inner one last. With one channel a group there are more groups than anything else, so
 * they are the loop that runs in vectors.
 */
const inner = (q: Axis, own: Axis, isEachAlone: boolean): readonly Axis[] =>
  isEachAlone ? [own, q] : [q, own];
const eachAlone = (q: Axis, c: Axis, f: Axis): boolean => c.size === 1 && q.size > f.size;

const spatial = (shape: readonly number[]) => shape.slice(1, -2);
const taps = (shape: readonly number[]) => shape.slice(0, -3);

/** `y[n, o, q, f] = Σ x[n, stride · o + dilation · t - low, q, c] · k[t, c, q, f]` over taps and channels. */
export const conv = /* @__PURE__ */ op('conv', {
  shape: 'n *s q c, *t c q f -> n *o q f',
  attrs,
  partOfBatch,
  sizes: (_, { size }) => ({ o: size }),
  parts: ([x, k], { n, o, t, q, c, f }, options) => [
    {
      over: [n, ...o, ...inner(q, f, eachAlone(q, c, f))],
      at: [n, ...o, q, f],
      value: sum([...t, c], x.at(n, ...read(o, t, options), q, c).mul(k.at(...t, c, q, f))),
    },
  ],
  vjp: (g, [x, k], _, options): Tensor[] => [
    convInput(g, k, withSize(options, spatial(x.shape))),
    convKernel(x, g, withSize(options, taps(k.shape))),
  ],
});

/** The gradient of `conv` for its input: what reaches each place from all outputs that it is part of. */
export const convInput = /* @__PURE__ */ op('convInput', {
  shape: 'n *o q f, *t c q f -> n *s q c',
  attrs,
  sizes: (_, { size }) => ({ s: size }),
  parts: ([g, k], { n, o, t, q, c, f }, options) =>
    phasesOf(o, t, options).map(({ axes, at, from, tap, along }) => ({
      over: [n, ...axes, q, c],
      at: [n, ...at, q, c],
      value: sum(
        eachAlone(q, c, f) ? [f, ...along] : [...along, f],
        g.at(n, ...from, q, f).mul(k.at(...tap, c, q, f)),
      ),
    })),
  vjp: (v, [g, k], _, options): Tensor[] => [
    conv(v, k, withSize(options, spatial(g.shape))),
    convKernel(v, g, withSize(options, taps(k.shape))),
  ],
});

/** The gradient of `conv` for its kernel: `k[t, c, q, f] = Σ x[n, stride · o + dilation · t - low, q, c] · g[n, o, q, f]`. */
export const convKernel = /* @__PURE__ */ op('convKernel', {
  shape: 'n *s q c, n *o q f -> *t c q f',
  attrs,
  sizes: (_, { size }) => ({ t: size }),
  parts: ([x, g], { n, o, t, q, c, f }, options) => [
    {
      over: [...t, c, ...inner(q, f, eachAlone(q, c, f))],
      at: [...t, c, q, f],
      value: sum([n, ...o], x.at(n, ...read(o, t, options), q, c).mul(g.at(n, ...o, q, f))),
    },
  ],
  vjp: (v, [x, g], _, options): Tensor[] => [
    convInput(g, v, withSize(options, spatial(x.shape))),
    conv(x, v, withSize(options, spatial(g.shape))),
  ],
});
