/**
 * Tiles: pieces of spatial axes that may overlap, each under one small matrix along every axis; and the way back. Each is
 * the other's gradient. A convolution of few taps is a product of tiles.
 */
import { partOfBatch } from '../compiler/batch-parts.js';
import { listOf } from '../core/fields.js';
import { Axis, constantIndex, type Index } from '../loops/axis.js';
import { real, type Scalar } from '../loops/scalar.js';
import { integers, numbers } from './fields.js';
import { op, type Tensor } from './op.js';

const attrs = () => ({
  /** `matrix[p][s]` is what element `s` of a tile gives to its part `p`. */
  matrix: listOf(numbers()),
  /** Distance between neighbouring tiles along each spatial axis. */
  step: integers(),
  /** Cells of padding before each spatial axis. */
  low: integers(),
  /** Number of tiles along each spatial axis; of `untiled`, sizes of the result's spatial axes. */
  size: integers(),
});

/** `y[p, n, o, c] = Σ matrix[p, s] · x[n, step · o + s - low, c]`, `p`, `s` and `o` for every spatial axis. */
export const tiled = /* @__PURE__ */ op('tiled', {
  shape: 'n *s c -> *p n *o c',
  attrs,
  partOfBatch,
  sizes: (_, { matrix, size }) => ({ p: size.map(() => matrix.length), o: size }),
  parts: ([x], { n, o, c }, { matrix, step, low }) => {
    const over = [n, ...o, c];
    return combinations(o.map(() => [...matrix.keys()])).map((p) => ({
      over,
      at: [...p.map(constantIndex), n, ...o, c],
      value: mixed(
        p.map((part) => matrix[part]!.map((factor, s) => [factor, s] as const)),
        (s) => x.at(n, ...o.map((a, d) => a.index.times(step[d]!).plus(s[d]! - low[d]!)), c),
      ),
    }));
  },
  vjp: (g, [x], _, options): Tensor[] => [untiled(g, { ...options, size: x.shape.slice(1, -1) })],
});

/** `x[n, i, c] = Σ matrix[p, s] · y[p, n, o, c]` over all parts, and all tiles with `step · o + s - low = i`. */
export const untiled = /* @__PURE__ */ op('untiled', {
  shape: '*pno c -> n *s c',
  attrs,
  sizes: (sizes, { size }) => ({ n: (sizes as unknown as { pno: number[] }).pno[size.length]!, s: size }),
  parts: ([y], { n, s, c }, options) =>
    combinations(s.map((a, d) => remaindersOf(a.size, d, options))).map((own) => ({
      over: [n, ...own.map(({ row }) => row), c],
      at: [n, ...own.map(({ at }) => at), c],
      value: mixed(
        own.map(({ terms }) => terms),
        (from) => y.at(...from.map(({ part }) => constantIndex(part)), n, ...from.map(({ tile }) => tile), c),
      ),
    })),
  vjp: (v, [y], _, options): Tensor[] => {
    const rank = options.size.length;
    return [tiled(v, { ...options, size: y.shape.slice(rank + 1, -1) })];
  },
});

/** What counts how much, along one axis. */
type Terms<P> = readonly (readonly [factor: number, place: P])[];

/** The sum over the terms of all axes, the last axis inside, so that neighbours have inner sums in common. */
function mixed<P>(axes: readonly Terms<P>[], at: (places: P[]) => Scalar, outer: P[] = []): Scalar {
  const [own, ...inner] = axes;
  if (!own) return at(outer);
  const terms = own.filter(([factor]) => factor !== 0);
  // Beginning with what is added spares a change of sign.
  const firstAdded = Math.max(
    terms.findIndex(([factor]) => factor > 0),
    0,
  );
  const first = terms.splice(firstAdded, 1);
  let total: Scalar | undefined;
  for (const [factor, place] of [...first, ...terms]) {
    const size = Math.abs(factor);
    const value = mixed(inner, at, [...outer, place]);
    const term = size === 1 ? value : value.mul(size);
    if (total) total = factor > 0 ? total.add(term) : total.sub(term);
    else total = factor > 0 ? term : term.mul(-1);
  }
  return total ?? real(0);
}

const combinations = <T>(lists: readonly (readonly T[])[]): T[][] =>
  lists.reduce<T[][]>((all, list) => all.flatMap((some) => list.map((x) => [...some, x])), [[]]);

/** Places that differ by the step lie alike in their tiles. */
function remaindersOf(size: number, d: number, { matrix, step, low }: Options) {
  const [apart, before, width] = [step[d]!, low[d]!, matrix[0]!.length];
  return Array.from({ length: Math.min(apart, size) }, (_, first) => {
    const row = new Axis(`i${d}`, Math.ceil((size - first) / apart));
    const [tile, place] = [Math.floor((first + before) / apart), (first + before) % apart];
    // All parts of a tile before those of the next.
    const terms: Terms<{ part: number; tile: Index }> = Array.from(
      { length: Math.ceil((width - place) / apart) },
      (_, back) =>
        matrix.map(
          (factors, part) =>
            [factors[place + back * apart]!, { part, tile: row.index.plus(tile - back) }] as const,
        ),
    ).flat();
    return { row, at: row.index.times(apart).plus(first), terms };
  });
}

interface Options {
  readonly matrix: readonly (readonly number[])[];
  readonly step: readonly number[];
  readonly low: readonly number[];
}
