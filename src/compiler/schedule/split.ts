/** Whether threads share the work of a kernel, and which of its loops is divided among them. */
import { type Axis, type Index, pointsOf } from '../../loops/axis.js';
import { formulasOf, type Kernel, loadsOf, type Store } from '../../loops/kernel.js';
import { type Group, isIn, layoutOf } from '../../loops/layout.js';
import { cost } from '../price.js';

/** So many turns of a loop can be divided evenly enough. */
const fineTurns = 16;

/** The outermost loop that can be divided evenly, else the one with the most turns; none where it does not pay. */
export function splitOf(
  kernel: Kernel,
  groups: readonly Group[],
  sequential: ReadonlySet<Axis>,
  sharedRows: number,
): Group | undefined {
  if (sharedRows === Infinity || rowsOf(kernel) < sharedRows || !kernel.stores.every(isApart))
    return undefined;
  const free = groups.filter((group) => !isIn(group, sequential));
  return free.find(({ size }) => size >= fineTurns) ?? free.toSorted((a, b) => b.size - a.size)[0];
}

const rowsOf = (kernel: Kernel): number => {
  const perPoint = formulasOf(kernel).reduce((rows, e) => rows + cost(e), 0);
  return pointsOf(kernel.axes) * (perPoint + loadsOf(kernel).length + kernel.stores.length);
};

/** Whether no two points store to one place, so that no thread overwrites what another wrote. */
function isApart({ at, buffer, mode }: Store): boolean {
  const { place, checks } = layoutOf(at, buffer);
  return mode === 'set' && checks.length === 0 && isInjective(place);
}

/** Each step is larger than all smaller ones together reach. */
function isInjective({ terms }: Index): boolean {
  let reach = 0;
  for (const [{ size }, by] of [...terms].sort(([, a], [, b]) => Math.abs(a) - Math.abs(b))) {
    if (Math.abs(by) <= reach) return false;
    reach += Math.abs(by) * (size - 1);
  }
  return true;
}
