/** Windows over spatial axes, and the sum of overlapping windows: each is the other's gradient. */
import { sparse } from '../compiler/sparse.js';
import { windows as joinWindows } from '../compiler/windows.js';
import { sum } from '../loops/scalar.js';
import { anyNumber, integers } from './fields.js';
import { op, type Tensor } from './op.js';
import { phasesOf, read } from './sliding.js';
import { movedTo } from './zeros.js';

const sliding = () => ({
  /** Distance between neighbouring windows along each spatial axis. */
  strides: integers(),
  /** Distance between neighbouring taps along each spatial axis. */
  dilation: integers(),
  /** Cells of padding before each spatial axis. */
  low: integers(),
});

/** Every window as axes of its own: `y[n, o, t, c] = x[n, stride · o + dilation · t - low, c]`. */
export const windows = /* @__PURE__ */ op('windows', {
  shape: 'n *s c -> n *o *t c',
  attrs: () => ({
    ...sliding(),
    /** Number of windows along each spatial axis. */
    size: integers(),
    /** Number of taps along each spatial axis. */
    taps: integers(),
    /** What padding reads. */
    fill: anyNumber(0),
  }),
  types: 'a',
  passes: [
    { name: 'sparse', run: sparse, after: 'crop' },
    { name: 'windows', run: joinWindows, after: 'join' },
  ],
  sizes: (_, { size, taps }) => ({ o: size, t: taps }),
  lower: ([x], { n, o, t, c }, options) => x.atOr(options.fill, n, ...read(o, t, options), c),
  vjp: (g, [x], _, { strides, dilation, low, size, taps }): Tensor[] => {
    const sizes = x.shape.slice(1, -1);
    const whole = overlapAdd(g, { strides, dilation, low, size: sizes });
    // Where windows lie side by side, the image is the windows in another order.
    const isTiled = sizes.every((n, d) => n === size[d]! * taps[d]! && strides[d] === taps[d]);
    return [isTiled ? movedTo(whole, g, x) : whole];
  },
});

/** Adds windows up where they lie: the gradient of `windows`. */
export const overlapAdd = /* @__PURE__ */ op('overlapAdd', {
  shape: 'n *ot c -> n *s c',
  attrs: () => ({
    ...sliding(),
    /** Sizes of the result's spatial axes. */
    size: integers(),
  }),
  types: 'n',
  sizes: (_, { size }) => ({ s: size }),
  parts: ([g], { n, ot, c }, options) => {
    const [o, t] = [ot.slice(0, ot.length / 2), ot.slice(ot.length / 2)];
    return phasesOf(o, t, options).map(({ axes, at, along, from, tap }) => ({
      over: [n, ...axes, c],
      at: [n, ...at, c],
      value: sum(along, g.at(n, ...from, ...tap, c)),
    }));
  },
  vjp: (v, [g], _, { strides, dilation, low }): Tensor[] => {
    const sizes = g.shape.slice(1, -1);
    const half = sizes.length / 2;
    return [
      windows(v, { strides, dilation, low, size: sizes.slice(0, half), taps: sizes.slice(half), fill: 0 }),
    ];
  },
});
