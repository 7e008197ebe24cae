/** Whether threads share the work of a kernel, and which of its loops is divided among them. */
import { type Index, pointsOf } from '../../loops/axis.js';
import { isComputed } from '../../loops/expression.js';
import { formulasOf, type Kernel, loadsOf, type Store } from '../../loops/kernel.js';
import { type Group, last, layoutOf } from '../../loops/layout.js';
import { cost } from '../price.js';

/** So many turns of a loop can be divided evenly enough. */
const fineTurns = 16;

/** A loop that may be divided, and how often it turns. */
interface Loop {
  readonly group: Group;
  readonly turns: number;
}

/** The outermost loop that can be divided evenly, else the one with the most turns; none where it does not pay. */
export function splitOf(kernel: Kernel, loops: readonly Loop[], sharedRows: number): Group | undefined {
  if (rowsOf(kernel) < sharedRows) return undefined;
  const fitting = loops.filter(
    ({ group, turns }) => turns > 1 && kernel.stores.every((s) => isApart(s, group)),
  );
  const best =
    fitting.find(({ turns }) => turns >= fineTurns) ?? fitting.toSorted((a, b) => b.turns - a.turns)[0];
  return best?.group;
}

const rowsOf = (kernel: Kernel): number => {
  const perPoint = formulasOf(kernel).reduce((rows, e) => rows + cost(e), 0);
  return pointsOf(kernel.axes) * (perPoint + loadsOf(kernel).length + kernel.stores.length);
};

/** Whether points that differ in these axes store to different places, so that threads never meet. */
function isApart({ at, buffer, mode }: Store, group: Group): boolean {
  const { place, checks } = layoutOf(at, buffer);
  if (mode === 'set' && checks.length === 0 && isInjective(place)) return true;
  // A coordinate of its own, wherever the others lead.
  return (
    group.axes.length === 1 &&
    at.some((c, d) => !isComputed(c) && isAlone(c, group) && c.isWithin(buffer.shape[d]!))
  );
}

const isAlone = (index: Index, group: Group): boolean =>
  index.terms.size === 1 && index.along(last(group)) !== 0;

/** Each step is larger than all smaller ones together reach. */
function isInjective({ terms }: Index): boolean {
  let reach = 0;
  for (const [{ size }, by] of [...terms].sort(([, a], [, b]) => Math.abs(a) - Math.abs(b))) {
    if (Math.abs(by) <= reach) return false;
    reach += Math.abs(by) * (size - 1);
  }
  return true;
}
