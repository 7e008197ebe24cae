/** Folds: along a row in sixteen virtual lanes, or element by element in the vectors of the loops around. */
import { type Axis, pointsOf } from '../../loops/axis.js';
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
  const others = foldsBeside(e, groups, scope);
  const totals = [e, ...others].map((each) =>
    elementwise(each, scope, values, scope.partsFor(each.free)?.length ?? 1),
  );
  for (const { start } of totals) scope.body.push(...start);
  const element = scope.within(groups);
  const linear = linearOf(groups, element);
  for (const total of totals) total.add(element, linear);
  element.closeUpTo(scope);
  for (const { finish } of totals) scope.body.push(...finish);
  const [own, ...more] = totals.map((total) => total.totals.map(get));
  for (const [i, other] of others.entries()) scope.values.set(other, more[i]!);
  return own!;
}

/** Folds over the very same axes that can be made in the same loop, element by element as well. */
function foldsBeside(e: Fold, groups: readonly Group[], scope: Scope): Fold[] {
  const { folds, pinned } = scope.nest;
  if (pinned.size > 0 || !scope.partsFor(e.free)) return [];
  return folds.filter(
    (other) =>
      other !== e &&
      isOver(other, e.axes) &&
      other.order === e.order &&
      scope.homeOf(other) === scope &&
      scope.partsFor(other.free) !== undefined &&
      !scope.values.has(other) &&
      !other.body.folds.includes(e) &&
      !e.body.folds.includes(other) &&
      merge(e.axes, indicesIn([e.body, other.body])).length === groups.length,
  );
}

const isOver = (e: Fold, axes: readonly Axis[]): boolean =>
  e.axes.length === axes.length && e.axes.every((axis, i) => axis === axes[i]);

/** The number of an element, counted over all axes of the fold. */
function linearOf(groups: readonly Group[], element: Scope): Int {
  if (groups.length === 0) return 0;
  const inner = groups.at(-1)!;
  return plus(times(linearOf(groups.slice(0, -1), element.parent!), inner.size), element.counter);
}
