/** Folds along axes, and the running sum. */

import { bool } from '../core/fields.js';
import { type Shape, showShape } from '../core/shape.js';
import type { Axis } from '../loops/axis.js';
import * as fold from '../loops/scalar.js';
import { frontAxes, frontAxis, manyAxes, misuse, oneAxis } from './fields.js';
import { indices } from './generate.js';
import { op, type Tensor } from './op.js';
import type { Source } from './source.js';
import { onlyAtLargest } from './zeros.js';

const along = () => ({
  /** The axes that vanish; all of them when null. */
  axis: manyAxes(),
  /** Whether they stay with size 1. */
  keepDims: bool(false),
});
interface Along {
  readonly axis: readonly number[] | null;
  readonly keepDims: boolean;
}

const prepared = ({ axis, keepDims }: Along, [x]: readonly Shape[], name: string): Along => ({
  axis: frontAxes(axis, x!, name),
  keepDims,
});
/** As `prepared`; a fold without a value for nothing needs at least one element. */
const preparedFilled = (attrs: Along, shapes: readonly Shape[], name: string): Along => {
  const ready = prepared(attrs, shapes, name);
  for (const axis of ready.axis!) requireElements(shapes[0]!, axis, name);
  return ready;
};

function requireElements(shape: Shape, axis: number, name: string): void {
  if (shape[axis] !== 0) return;
  const received = `shape ${showShape(shape)}, axis ${axis}`;
  throw misuse('empty-axis', name, 'at least one element along the axis', received);
}

/** Sizes of the output, where `sizes.s` are those of the input. */
const keptSizes = (sizes: unknown, { axis, keepDims }: Along) => ({
  kept: (sizes as { s: number[] }).s.flatMap((n, d) => (!axis!.includes(d) ? [n] : keepDims ? [1] : [])),
});

/** A fold of the input, where output axes stand for the input axes that stay. */
function folded(by: typeof fold.sum, x: Source, axes: unknown, { axis, keepDims }: Along): fold.Scalar {
  const { s, kept } = axes as { s: readonly Axis[]; kept: readonly Axis[] };
  let next = 0;
  const at = s.map((a, d) => (axis!.includes(d) ? a : kept[keepDims ? d : next++]!));
  const inner = axis!.map((d) => s[d]!);
  return by(inner, x.at(...at));
}

/** Brings a gradient back to the shape before the fold. */
const expanded = (g: Tensor, x: Tensor, { axis, keepDims }: Along): Tensor => {
  const whole = keepDims ? g : axis!.reduce((t, d) => t.expandDims(d), g);
  return whole.broadcastTo(x.shape);
};

/** `Σ x` over the axes; 0 for nothing. Truth values are counted. */
export const sum = /* @__PURE__ */ op('sum', {
  shape: '*s -> *kept',
  types: 'n',
  attrs: along,
  prepare: prepared,
  sizes: keptSizes,
  lower: ([x], axes, attrs) => folded(fold.sum, x, axes, attrs),
  vjp: (g, [x], _, attrs) => [expanded(g, x, attrs)],
});

/** Elements of which one is so little that it pays to look for it. */
const fewOfThem = 4;

type PlaceOf = (x: Tensor, axis: readonly number[] | null) => Tensor;

/** The gradient of the place of the first extreme element takes all of `g`. */
function toExtreme(g: Tensor, x: Tensor, along: Along, placeOf: PlaceOf): Tensor {
  const { axis } = along;
  const place = expanded(placeOf(x, axis), x, { axis, keepDims: false });
  const only = indices(x.stopGradient(), { axis })
    .equal(place)
    .where(expanded(g, x, along), 0);
  return x.size >= fewOfThem * g.size ? onlyAtLargest(only, x) : only;
}

const extreme = (name: string, by: typeof fold.max, placeOf: PlaceOf) =>
  op(name, {
    shape: '*s -> *kept',
    types: 't',
    attrs: along,
    domain: { distinct: true },
    prepare: preparedFilled,
    sizes: keptSizes,
    lower: ([x], axes, attrs) => folded(by, x, axes, attrs),
    vjp: (g, [x], _, attrs) => [toExtreme(g, x, attrs, placeOf)],
  });

/** The largest element; NaN if one is. The first of equals takes the gradient. */
export const max = /* @__PURE__ */ extreme('max', fold.max, (x, axis) => x.argmax(axis));

/** The smallest element; NaN if one is. The first of equals takes the gradient. */
export const min = /* @__PURE__ */ extreme('min', fold.min, (x, axis) => x.argmin(axis));

/** Where the first largest element stands among those of the axes, rows last, as int32; NaN counts as the largest. */
export const argmax = /* @__PURE__ */ op('argmax', {
  shape: '*s -> *kept',
  types: 'n',
  attrs: along,
  domain: { distinct: true },
  dtype: () => 'int32',
  prepare: preparedFilled,
  sizes: keptSizes,
  lower: ([x], axes, attrs) => folded(fold.argmax, x, axes, attrs),
});

/** `y[i] = Σ x[j]` over `j ≤ i` along an axis. */
export const cumsum = /* @__PURE__ */ op('cumsum', {
  shape: '*s -> *s',
  types: 'n',
  attrs: () => ({
    /** The axis to add along. */
    axis: oneAxis(-1),
    /** Whether to add from the end. */
    reverse: bool(false),
    /** Whether an element's own value is left out. */
    exclusive: bool(false),
  }),
  prepare: ({ axis, ...rest }, [x], name) => ({ axis: frontAxis(axis, x!, name), ...rest }),
  store: ({ s }, attrs) => s.map((a, d) => (d === attrs.axis ? turned(a, attrs.reverse) : a)),
  lower: ([x], { s }, { axis, reverse, exclusive }, self) => {
    const back = reverse ? 1 : -1;
    const moved = (by: number) => s.map((a, d) => (d === axis ? turned(a, reverse).plus(by) : a));
    return self.at(...moved(back)).add(x.at(...moved(exclusive ? back : 0)));
  },
  vjp: (g, _, __, { axis, reverse, exclusive }) => [g.cumsum(axis, { reverse: !reverse, exclusive })],
});

const turned = (a: Axis, reverse: boolean) => (reverse ? a.index.times(-1).plus(a.size - 1) : a.index);
