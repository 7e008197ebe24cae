/** Formulas over the elements of a spread, as formulas over its windows and what is inside of them. */
import { type Axis, type Index, positionOf } from '../loops/axis.js';
import { call, constant, counter, type Expression, foldsOf, isKnown, isLoad } from '../loops/expression.js';
import { formulasOf, type Kernel, loadsOf } from '../loops/kernel.js';
import { rewrite, substitute } from '../loops/rewrite.js';
import { mayMiss, movingAt } from './boxes.js';
import { isValue } from './draft.js';
import type { Spread } from './spread.js';
import { viewOf } from './support.js';
import { refine } from './views.js';

/** An element of the spread. */
export const whole = ({ window, place, value }: Spread): Expression =>
  call('select', [call('equalInt', [counter(positionOf(window)), place]), value, constant(0, 'float')]);

/** A kernel that computes an element from one of a spread, with the spread's formula in it. */
export function throughSpreads(kernel: Kernel, spreads: ReadonlyMap<string, Spread>): Kernel {
  const reads = loadsOf(kernel).filter((read) => spreads.has(read.buffer.name));
  if (reads.length !== 1 || !isValue(kernel) || formulasOf(kernel).some((e) => foldsOf(e).length > 0))
    return kernel;
  const [read] = reads;
  const spread = spreads.get(read!.buffer.name)!;
  const store = spread.kernel.stores[0]!;
  if (viewOf(read!.buffer) !== viewOf(store.buffer) || !read!.at.every(isKnown) || mayMiss(read!))
    return kernel;
  const by = new Map<Axis, Index>();
  let refined = kernel;
  for (const [d, index] of (movingAt(read!) as Index[]).entries()) {
    const split = along(refined, index, (movingAt(store) as Index[])[d]!, spread.window, by);
    if (!split) return kernel;
    refined = split;
  }
  const value = substitute(whole(spread), by);
  const [own] = refined.stores;
  const change = (e: Expression) => (isLoad(e) && e.buffer.name === read!.buffer.name ? value : e);
  return { ...refined, stores: [{ ...own!, value: rewrite(own!.value, change) }] };
}

/** Notes what the axes of a spread are for a reader along one dimension, splitting the reader's axis if need be. */
function along(
  kernel: Kernel,
  index: Index,
  to: Index,
  window: readonly Axis[],
  by: Map<Axis, Index>,
): Kernel | undefined {
  const [axis] = index.terms.keys();
  if (!axis || !index.equals(axis.index) || to.offset !== 0) return undefined;
  const inside = window.find((own) => to.along(own) !== 0);
  const outer = [...to.terms.keys()].find((own) => own !== inside);
  if (!outer || to.terms.size !== (inside ? 2 : 1)) return undefined;
  if (!inside) {
    by.set(outer, index);
    return to.along(outer) === 1 ? kernel : undefined;
  }
  const isTiled = to.along(inside) === 1 && to.along(outer) === inside.size && axis.size % inside.size === 0;
  const split = isTiled ? refine(kernel, axis, inside.size) : undefined;
  if (!split) return undefined;
  const place = kernel.axes.indexOf(axis);
  by.set(outer, split.axes[place]!.index);
  by.set(inside, split.axes[place + 1]!.index);
  return split;
}
