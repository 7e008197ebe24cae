/** Whether a place lies inside its array, and where, for reads and stores alike. */
import type { Axis } from '../../loops/axis.js';
import { type Check, type Layout, last } from '../../loops/layout.js';
import { type Condition, type Int, laneOf, plus, times } from '../../loops/nest.js';
import type { Scope } from './scope.js';
import type { Evaluate } from './vector.js';

/** Axes that decide whether a coordinate is inside. */
export const axesOf = ({ computed, index }: Check): ReadonlySet<Axis> =>
  computed ? computed.free : index.axes;

/** Whether lanes of the vector may differ in being inside the array, or stand apart by computed distances. */
export const variesInside = (l: Layout, scope: Scope): boolean =>
  l.checks.some((c) => scope.partsFor(axesOf(c)));

/** When all lanes are inside, and the address of the first; no condition here differs by lane. */
export function placeOf(l: Layout, scope: Scope, values: Evaluate): { inside: Condition[]; at: Int } {
  const inside = l.checks
    .filter((c) => !c.isSure && !((scope.nest.guards.get(c.computed) ?? Infinity) <= c.below))
    .map((c) => conditionOf(c, scope, values));
  const computed = l.checks.map((c) => (c.computed && c.below > 1 ? movedBy(c, scope, values) : 0));
  return { inside, at: plus(scope.address(l.place, l.buffer), ...computed) };
}

/** What must hold for the coordinate to be inside, in all lanes. */
export const conditionOf = (c: Check, scope: Scope, values: Evaluate): Condition => ({
  value: coordinateOf(c, scope, values),
  below: c.below,
});

/** Bytes that a computed coordinate stands from the first. */
const movedBy = (c: Check, scope: Scope, values: Evaluate): Int =>
  scope
    .homeOf(c.computed!)
    .integer(`${c.stride} times ${c.computed!.id}`, () => times(coordinateOf(c, scope, values), c.stride));

function coordinateOf({ computed, index }: Check, scope: Scope, values: Evaluate): Int {
  if (!computed) return scope.int(index);
  const home = scope.homeOf(computed);
  return home.integer(`lane of ${computed.id}`, () => laneOf(home.keep(values(computed, home)[0]!), 0));
}

/** A coordinate in one lane of one part of the vector. */
export function laneCoordinate(
  { computed, index }: Check,
  scope: Scope,
  values: Evaluate,
): (part: number, lane: number) => Int {
  if (computed) {
    const names = values(computed, scope).map((v) => scope.keep(v));
    return (part, lane) => laneOf(names[part] ?? names[0]!, lane);
  }
  const { group, parts } = scope.vector!;
  const [from, by] = [scope.int(index), index.along(last(group))];
  return (part, lane) => plus(from, by * (parts[part]!.offset + lane));
}

/** Where lanes would stand if all checked coordinates were 0. */
export function withoutChecks(l: Layout, scope: Scope): (part: number, lane: number) => Int {
  const { group, parts } = scope.vector!;
  const place = l.checks.reduce((rest, c) => rest.minus(c.index.times(c.stride)), l.place);
  const [base, step] = [scope.address(place, l.buffer), place.along(last(group))];
  return (part, lane) => plus(base, step * (parts[part]!.offset + lane));
}
