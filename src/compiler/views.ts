/**
 * Views: reading an array through another shape. The place of a reshaped element is affine in the reader's axes, so a
 * reshape of something in memory costs nothing. Reading through a formula needs its own axes back: `unravel` cuts the
 * place at the sizes of its shape, and where a reader's axis straddles a cut, `refine` splits that axis in two.
 */

import { isSameShape, type Shape, sizeOf, stridesOf } from '../core/shape.js';
import { Axis, constantIndex, Index, type Substitution } from '../loops/axis.js';
import { type Kernel, mapFormulas } from '../loops/kernel.js';
import { substitute } from '../loops/rewrite.js';

/** The index along each dimension of an element's place in memory, or nothing if some axis straddles two of them. */
function unravel(place: Index, shape: readonly number[]): Index[] | undefined {
  let rest = place;
  const at: Index[] = [];
  for (const unit of stridesOf(shape)) {
    const terms = [...rest.terms];
    const whole = terms.filter(([, times]) => times % unit === 0);
    const offset = Math.floor(rest.offset / unit);
    at.push(
      new Index(
        whole.map(([axis, times]) => [axis, times / unit] as const),
        offset,
      ),
    );
    rest = new Index(
      terms.filter(([, times]) => times % unit !== 0),
      rest.offset - offset * unit,
    );
  }
  return at.every((index, d) => index.isWithin(shape[d]!)) ? at : undefined;
}

/**
 * Indices of an array seen through one shape as indices of the same array seen through another: parts of both shapes with
 * equal sizes correspond. Axes that stand alone in their parts may be left; other parts must be inside.
 */
export function throughShape(at: readonly Index[], from: Shape, to: Shape): Index[] | undefined {
  if (isSameShape(from, to)) return [...at];
  if (sizeOf(from) === 0) return undefined;
  const result: Index[] = [];
  let [d, e] = [0, 0];
  while (d < from.length || e < to.length) {
    if (from[d] === to[e]) {
      result.push(at[d++]!);
      e++;
      continue;
    }
    const [first, start] = [d, e];
    let [left, right] = [1, 1];
    do {
      if (to[e] !== 1 && left <= right && d < from.length) left *= from[d++]!;
      else right *= to[e++]!;
    } while (left !== right);
    const part = from.slice(first, d);
    const place = part.reduce((sum, size, i) => sum.times(size).plus(at[first + i]!), constantIndex(0));
    const isInside = part.every((size, i) => at[first + i]!.isWithin(size));
    const cut = isInside && unravel(place, to.slice(start, e));
    if (!cut) return undefined;
    result.push(...cut);
  }
  return result;
}

/** An axis to split, and the size of its inner part, so that the place can be cut at this shape. */
export function straddling(place: Index, shape: readonly number[]): readonly [Axis, number] | undefined {
  for (const unit of stridesOf(shape)) {
    for (const [axis, times] of place.terms) {
      const straddles = times < unit && times * axis.size > unit;
      if (straddles && unit % times === 0 && axis.size % (unit / times) === 0) return [axis, unit / times];
    }
  }
  return undefined;
}

/** The kernel with one of its axes walked as two: the same elements in the same order. */
export function refine(kernel: Kernel, axis: Axis, inner: number): Kernel | undefined {
  if (!kernel.axes.includes(axis)) return undefined;
  const [high, low] = [new Axis(`${axis.name}q`, axis.size / inner), new Axis(`${axis.name}r`, inner)];
  const by: Substitution = new Map([[axis, high.index.times(inner).plus(low.index)]]);
  return {
    ...substituteKernel(kernel, by),
    axes: kernel.axes.flatMap((a) => (a === axis ? [high, low] : [a])),
  };
}

/** The kernel's formulas with other indices in place of axes; its own axes stay as they are. */
export function substituteKernel(kernel: Kernel, by: Substitution): Kernel {
  const done = new Map();
  return mapFormulas(
    kernel,
    (e) => substitute(e, by, done),
    (index) => index.substitute(by),
  );
}
