/** Maps: loops over all axes, the innermost a vector at a time; folds run once a row, or keep the vector axis. */
import type { Axis } from '../../loops/axis.js';
import type { Expression } from '../../loops/expression.js';
import { formulasOf, type Kernel } from '../../loops/kernel.js';
import { type Group, isIn, merge } from '../../loops/layout.js';
import { dependenceOf } from './dependence.js';
import { indicesOfKernel } from './indices.js';
import { foldsPreferRows } from './rows.js';

export interface MapSchedule {
  readonly form: 'map';
  readonly kernel: Kernel;
  readonly outer: readonly Group[];
  /** Absent when each point stands for itself. */
  readonly vector: Group | undefined;
  readonly sequential: ReadonlySet<Axis>;
  /** Formulas that see what the kernel wrote at other points. */
  readonly pinned: ReadonlySet<Expression>;
}

export function scheduleMap(kernel: Kernel): MapSchedule {
  const { sequential, pinned } = dependenceOf(kernel);
  const groups = merge(kernel.axes, indicesOfKernel(kernel), sequential);
  const inner = groups[groups.length - 1];
  const isVector = inner && !isIn(inner, sequential) && !foldsPreferRows(formulasOf(kernel), inner);
  return {
    form: 'map',
    kernel,
    outer: isVector ? groups.slice(0, -1) : groups,
    vector: isVector ? inner : undefined,
    sequential,
    pinned,
  };
}
