/** Views: the same elements at other indices. They cost nothing where a consumer can take them into its reads. */
import { listOf, maybe } from '../core/fields.js';
import type { Shape } from '../core/shape.js';
import { type Axis, positionOf } from '../loops/axis.js';
import { indexValue, type Scalar } from '../loops/scalar.js';
import { anyNumber, frontAxis, integers, inverse, oneAxis } from './fields.js';
import { op, type Tensor } from './op.js';
import type { Source } from './source.js';
import { movedTo } from './zeros.js';

/** The same elements in the same row-major order under another shape. */
export const reshape = /* @__PURE__ */ op('reshape', {
  shape: '*s -> *t',
  types: 'a',
  attrs: () => ({
    /** The new shape, of equal size. */
    shape: integers(),
  }),
  sizes: (_, { shape }) => ({ t: shape }),
  lower: ([x], { t }) => x.flat(positionOf(t)),
  vjp: (g, [x]) => [g.reshape(x.shape)],
});

/** Axes in another order: output axis `i` is input axis `order[i]`. */
export const transpose = /* @__PURE__ */ op('transpose', {
  shape: '*s -> *t',
  types: 'a',
  attrs: () => ({
    /** Which input axis stands where; reversed when null. */
    order: maybe(integers()),
  }),
  prepare: ({ order }, [x], name) => ({
    order: order?.map((axis) => frontAxis(axis, x!, name)) ?? x!.map((_, d) => x!.length - 1 - d),
  }),
  axes: ({ s }, { order }) => ({ t: order!.map((from) => s[from]!) }),
  lower: ([x], { s }) => x.at(...s),
  vjp: (g, _, __, { order }) => [g.transpose(inverse(order!))],
});

/** Repeats axes of size 1, and adds axes in front. */
export const broadcastTo = /* @__PURE__ */ op('broadcastTo', {
  shape: '*s -> *t',
  types: 'a',
  attrs: () => ({
    /** The new shape. */
    shape: integers(),
  }),
  sizes: (_, { shape }) => ({ t: shape }),
  lower: ([x], { t }) => x.at(...t),
  vjp: (g) => [g],
});

/** `size[d]` elements along each axis, from `start[d]` on, every `step[d]`-th. */
export const slice = /* @__PURE__ */ op('slice', {
  shape: '*s -> *t',
  types: 'a',
  attrs: () => ({
    /** First index along each axis. */
    start: integers(),
    /** Number of elements along each axis. */
    size: integers(),
    /** Distance between neighbours along each axis; 1 when null. */
    step: maybe(integers()),
  }),
  sizes: (_, { size }) => ({ t: size }),
  lower: ([x], { t }, { start, step }) =>
    x.at(...t.map((a, d) => a.index.times(step?.[d] ?? 1).plus(start[d]!))),
  vjp: (g, [x], _, { start, step }) => [
    movedTo(unslice(g, x.shape, start, step ?? start.map(() => 1)), g, x, false),
  ],
});

/** Puts a slice back among zeros. Steps become gaps: each element is padded to `step` cells, and the last gap cut off. */
function unslice(g: Tensor, shape: Shape, start: readonly number[], step: readonly number[]): Tensor {
  const backwards = step.flatMap((s, d) => (s < 0 ? [d] : []));
  const forward = backwards.reduce((x, axis) => x.flip(axis), g);
  const first = start.map((from, d) => (step[d]! < 0 ? from + (g.shape[d]! - 1) * step[d]! : from));
  const spread = g.shape.reduce((x, n, d) => {
    const gap = Math.abs(step[d]!);
    if (gap === 1 || n === 0) return x;
    const none = x.shape.map((): [number, number] => [0, 0]);
    const cells = x.expandDims(d + 1).pad(none.toSpliced(d + 1, 0, [0, gap - 1]));
    const flat = cells.reshape(x.shape.with(d, n * gap));
    return flat.slice(
      x.shape.map(() => 0),
      x.shape.with(d, (n - 1) * gap + 1),
    );
  }, forward);
  return spread.pad(spread.shape.map((n, d) => [first[d]!, shape[d]! - first[d]! - n] as const));
}

/** Cells before and after each axis, filled with one value. */
export const pad = /* @__PURE__ */ op('pad', {
  shape: '*s -> *t',
  types: 'a',
  attrs: () => ({
    /** New cells `[before, after]` of each axis. */
    padding: listOf(integers()),
    /** What fills them. */
    value: anyNumber(0),
  }),
  sizes: ({ s }, { padding }) => ({
    t: (s as unknown as number[]).map((n, d) => n + padding[d]![0]! + padding[d]![1]!),
  }),
  lower: ([x], { t }, { padding, value }) =>
    x.atOr(value, ...t.map((a, d) => a.index.minus(padding[d]![0]!))),
  vjp: (g, [x], _, { padding }) => [
    g.slice(
      padding.map(([before]) => before!),
      x.shape,
    ),
  ],
});

/** Each input where its part of the joined axis begins, chosen by comparing with the ends of the parts. */
function piecewise(inputs: readonly Source[], axes: Readonly<Record<string, Axis>>, axis: number): Scalar {
  let start = 0;
  const parts = inputs.map((x) => {
    const places = x.buffer.shape.map((_, d) => (d === axis ? axes.all!.index.minus(start) : axes[`x${d}`]!));
    start += x.buffer.shape[axis]!;
    return { value: x.at(...places), end: start };
  });
  const place = indexValue(axes.all!);
  return parts.reduceRight((rest, { value, end }) => ({
    value: place.less(end).select(value, rest.value),
    end,
  })).value;
}

/** Tensors one after another along an axis. */
export const concatenate = /* @__PURE__ */ op('concatenate', {
  arity: 'list',
  shape: ({ axis }, shapes) => {
    const names = (own: string) => shapes[0]!.map((_, d) => (d === axis ? own : `x${d}`)).join(' ');
    return `${shapes.map((_, i) => names(`part${i}`)).join(', ')} -> ${names('all')}`;
  },
  types: 't',
  attrs: () => ({
    /** The axis to join along. */
    axis: oneAxis(-1),
  }),
  prepare: ({ axis }, [x], name) => ({ axis: frontAxis(axis, x!, name) }),
  sizes: (sizes) => ({
    all: Object.entries(sizes).reduce(
      (n, [name, size]) => (name.startsWith('part') ? n + (size as number) : n),
      0,
    ),
  }),
  lower: (inputs, axes, { axis }) => piecewise(inputs, axes as Record<string, Axis>, axis),
  vjp: (g, inputs, _, { axis }) => {
    let from = 0;
    return inputs.map((x) => {
      const start = g.shape.map((__, d) => (d === axis ? from : 0));
      from += x.shape[axis]!;
      return g.slice(start, x.shape);
    });
  },
});
