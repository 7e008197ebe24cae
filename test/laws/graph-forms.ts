/** What steps of random graphs are written with. */
import { broadcastShapes } from '../../src/core/shape.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { type Draw, isSmall } from './graph-draw.js';

/** Undefined when the tensors that were drawn do not fit. */
export type Step = (draw: Draw) => Tensor | undefined;

/** Values from -2 to 2, so that long chains stay in range, of which no slope vanishes. */
export const bounded = (x: Tensor): Tensor => x.sin().mul(2);
export const positive = (x: Tensor): Tensor => x.square().add(0.5);

export const rounded = (...steps: readonly Step[]): Step[] =>
  steps.map((make) => (draw) => {
    const made = make(draw);
    return made && draw.rounded(made);
  });
/** Sums of terms of size 1: when they cancel, their roundings are left. */
export const summed = (...steps: readonly Step[]): Step[] =>
  steps.map((make) => (draw) => {
    const made = make(draw);
    return made && draw.rounded(made, { size: 1 });
  });
/** Sums of numbers that may come again in another order. */
export const folded = (...steps: readonly Step[]): Step[] =>
  steps.map((make) => (draw) => {
    const made = make(draw);
    return made && draw.rounded(made, { isOrdered: true });
  });
export const exact = (...steps: readonly Step[]): readonly Step[] => steps;

export const one =
  (f: (x: Tensor, draw: Draw) => Tensor): Step =>
  (draw) =>
    f(draw.float(), draw);
/** Of two tensors that broadcast, for which the second one may be cut to fit. */
export const two =
  (f: (a: Tensor, b: Tensor, draw: Draw) => Tensor): Step =>
  (draw) => {
    const [a, b] = [draw.float(), draw.float()];
    const shape = broadcastShapes(a.shape, b.shape);
    return f(a, shape && isSmall(shape) ? b : draw.as(a.shape, b), draw);
  };
/** Of a tensor with at least one axis, and one of its axes. */
export const wide =
  (f: (x: Tensor, axis: number, draw: Draw) => Tensor | undefined, take: 'float' | 'any' = 'float'): Step =>
  (draw) => {
    const x = draw[take]();
    return x.rank > 0 ? f(x, draw.axis(x), draw) : undefined;
  };

/** Differences of neighbours along an axis. */
export function neighbours(x: Tensor, axis: number): Tensor {
  const n = x.shape[axis]!;
  const from = (start: number) =>
    x.slice(
      x.shape.map((_, d) => (d === axis ? start : 0)),
      x.shape.with(axis, Math.max(0, n - 1)),
    );
  return n > 1
    ? from(1).sub(from(0))
    : x.sub(x).slice(
        x.shape.map(() => 0),
        x.shape.map(() => 0),
      );
}
