/** Reads and additions at places that are data. */
import { int } from '../core/fields.js';
import { type Shape, sizeOf } from '../core/shape.js';
import type { Axis } from '../loops/axis.js';
import { anyNumber } from './fields.js';
import { op, type Tensor } from './op.js';

/** Names of the axes that both inputs share, of the other axes of the index, and of the rest: `'b0'`, `'i0 i1'`, `'t0'`. */
const groupsOf = (batch: number, index: Shape, rest: number): string[] =>
  Object.entries({ b: batch, i: index.length - batch, t: rest }).map(([letter, count]) =>
    Array.from({ length: count }, (_, i) => `${letter}${i}`).join(' '),
  );
/** The axes of these groups. */
const axesIn = (axes: unknown): Axis[][] =>
  ['b', 'i', 't'].map((letter) =>
    Object.entries(axes as Record<string, Axis>).flatMap(([name, axis]) =>
      name.startsWith(letter) ? [axis] : [],
    ),
  );

/**
 * Rows at `index`: `y[b, i, t] = x[b, index[b, i], t]`, where the first `batch` axes are shared. An index outside reads
 * `fill`.
 */
export const gather = /* @__PURE__ */ op('gather', {
  arity: 2,
  shape: ({ batch }, [x, index]) => {
    const [b, i, t] = groupsOf(batch, index!, x!.length - batch - 1);
    return `${b} rows ${t}, ${b} ${i} -> ${b} ${i} ${t}`;
  },
  types: 'ai',
  attrs: () => ({
    /** How many leading axes both inputs share. */
    batch: int(0, { min: 0 }),
    /** What an index outside reads. */
    fill: anyNumber(0),
  }),
  domain: [{}, { below: 3 }],
  lower: ([x, index], axes, { fill }) => {
    const [b, i, t] = axesIn(axes) as [Axis[], Axis[], Axis[]];
    return x.atOr(fill, ...b, index.at(...b, ...i), ...t);
  },
  vjp: (g, [x, index], _, { batch }) => [scatterTo(g, index, x.shape, batch), null],
});

/**
 * Adds rows into zeros, in index order: `y[b, index[b, i], t] += x[b, i, t]`. Indices outside are dropped.
 */
export const scatterAdd = /* @__PURE__ */ op('scatterAdd', {
  arity: 2,
  shape: ({ batch }, [x, index]) => {
    const [b, i, t] = groupsOf(batch, index!, x!.length - index!.length);
    return `${b} ${i} ${t}, ${b} ${i} -> ${b} rows ${t}`;
  },
  types: 'ni',
  attrs: () => ({
    /** How many leading axes both inputs share. */
    batch: int(0, { min: 0 }),
    /** Number of rows of the result. */
    rows: int({ min: 0 }),
  }),
  domain: [{}, { below: 3 }],
  sizes: (_, { rows }) => ({ rows }),
  scatter: ([x, index], axes) => {
    const [b, i, t] = axesIn(axes) as [Axis[], Axis[], Axis[]];
    return {
      over: [...b, ...i, ...t],
      at: [...b, index.at(...b, ...i), ...t],
      value: x.at(...b, ...i, ...t),
    };
  },
  vjp: (g, [, index], _, { batch }) => [gather(g, index, { batch }), null],
});

/** With few indices a row a sum of choices, which fuses with its neighbours; else the scatter kernel. */
function scatterTo(g: Tensor, index: Tensor, shape: Shape, batch: number): Tensor {
  const perRow = sizeOf(index.shape.slice(batch));
  const rows = shape[batch]!;
  if (batch === 0 || perRow > 4) return scatterAdd(g, index, { batch, rows });
  const lead = [...shape.slice(0, batch), perRow];
  const rest = shape.slice(batch + 1);
  const ones = rest.map(() => 1);
  const values = g.reshape([...lead, 1, ...rest]);
  const places = index.reshape([...lead, 1, ...ones]);
  const counted = places.broadcastTo([...lead, rows, ...ones]).indices(batch + 1);
  return counted.equal(places).where(values, 0).sum(batch);
}
