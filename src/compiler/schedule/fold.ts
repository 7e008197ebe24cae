/** Folds: along a row in sixteen virtual lanes, or element by element in the vectors of the loops around. */
import { pointsOf } from '../../loops/axis.js';
import type { Fold } from '../../loops/expression.js';
import { type Group, merge } from '../../loops/layout.js';
import { first, get, type Int, plus, times, type Value } from '../../loops/nest.js';
import { alongRow, elementwise, identityOf } from './accumulator.js';
import { indicesIn } from './indices.js';
import { runsAlong, virtualLanes } from './rows.js';
import type { Scope } from './scope.js';
import type { Evaluate } from './vector.js';
import { vectorLoop } from './vector-loop.js';

export function foldValues(e: Fold, scope: Scope, values: Evaluate): Value[] {
  if (pointsOf(e.axes) === 0) return [identityOf(e)];
  const groups = merge(e.axes, indicesIn([e.body]));
  const isUniform = !scope.partsFor(e.free) && !scope.nest.pinned.has(e);
  const fold = isUniform && runsAlong(e, groups, scope.nest.lanes) ? foldAlong : foldEach;
  return fold(e, groups, scope, values);
}

function foldAlong(e: Fold, groups: readonly Group[], scope: Scope, values: Evaluate): Value[] {
  const inner = groups.at(-1)!;
  const { lanes } = scope.nest;
  const copies = Math.min(virtualLanes / lanes, Math.ceil(inner.size / lanes));
  const total = alongRow(e, scope, values, copies);
  scope.body.push(...total.start);
  const row = scope.within(groups.slice(0, -1));
  vectorLoop(row, inner, copies, (turn) => total.add(turn, 0));
  row.closeUpTo(scope);
  scope.body.push(...total.finish);
  return [get(scope.keep(first(get(total.totals[0]!)), 'fold'))];
}

function foldEach(e: Fold, groups: readonly Group[], scope: Scope, values: Evaluate): Value[] {
  const total = elementwise(e, scope, values, scope.partsFor(e.free)?.length ?? 1);
  scope.body.push(...total.start);
  const element = scope.within(groups);
  total.add(element, linearOf(groups, element));
  element.closeUpTo(scope);
  scope.body.push(...total.finish);
  return total.totals.map(get);
}

/** The number of an element, counted over all axes of the fold. */
function linearOf(groups: readonly Group[], element: Scope): Int {
  if (groups.length === 0) return 0;
  const inner = groups.at(-1)!;
  return plus(times(linearOf(groups.slice(0, -1), element.parent!), inner.size), element.counter);
}
