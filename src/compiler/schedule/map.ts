/** Maps: loops over all axes, the innermost a vector at a time; folds run once a row, or keep the vector axis. */
import type { Axis } from '../../loops/axis.js';
import type { Expression } from '../../loops/expression.js';
import { formulasOf, type Kernel } from '../../loops/kernel.js';
import { type Group, isIn, merge } from '../../loops/layout.js';
import type { Machine } from '../../loops/machine.js';
import { dependenceOf } from './dependence.js';
import { indicesOfKernel } from './indices.js';
import { rowsTogether } from './looked-up-rows.js';
import { foldsPreferRows } from './rows.js';
import { splitOf } from './split.js';

export interface MapSchedule {
  readonly form: 'map';
  readonly kernel: Kernel;
  readonly outer: readonly Group[];
  /** Absent when each point stands for itself. */
  readonly vector: Group | undefined;
  /** Which of the loops is divided among threads; absent when one thread does it all. */
  readonly split: Group | undefined;
  readonly sequential: ReadonlySet<Axis>;
  /** Formulas that see what the kernel wrote at other points. */
  readonly pinned: ReadonlySet<Expression>;
}

/** For one thread, unless the machine says from where on threads share. */
export function scheduleMap(given: Kernel, machine?: Machine): MapSchedule {
  const kernel = rowsTogether(given);
  const { sequential, pinned } = dependenceOf(kernel);
  const groups = merge(kernel.axes, indicesOfKernel(kernel), sequential);
  const inner = groups[groups.length - 1];
  const isVector = inner && !isIn(inner, sequential) && !foldsPreferRows(formulasOf(kernel), inner);
  const [outer, vector] = isVector ? [groups.slice(0, -1), inner] : [groups, undefined];
  const split = machine && splitFor(kernel, outer, vector, sequential, machine);
  return { form: 'map', kernel, outer, vector, split, sequential, pinned };
}

function splitFor(
  kernel: Kernel,
  outer: readonly Group[],
  vector: Group | undefined,
  sequential: ReadonlySet<Axis>,
  { lanes, unroll, sharedRows }: Machine,
): Group | undefined {
  const free = outer.filter((group) => !isIn(group, sequential));
  const loops = free.map((group) => ({ group, turns: group.size }));
  const vectors = vector ? [{ group: vector, turns: Math.floor(vector.size / (lanes * unroll)) }] : [];
  return splitOf(kernel, [...loops, ...vectors], sharedRows);
}
