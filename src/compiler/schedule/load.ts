/** Reads: neighbouring elements, elements at a stride, one for all lanes, or a lookup lane by lane. */
import { elementsOf, type Load } from '../../loops/expression.js';
import { type Check, type Layout, last, layoutOf } from '../../loops/layout.js';
import { apply, constant, gather, get, laneOf, plus, set, type Value } from '../../loops/nest.js';
import { axesOf, placeOf, variesInside, withoutChecks } from './place.js';
import { onePoint, type Scope } from './scope.js';
import { type Evaluate, elementsAt, partOf, rampsOf, selects } from './vector.js';

export function loadValues(e: Load, scope: Scope, values: Evaluate): readonly Value[] {
  if (elementsOf(e.buffer) === 0) return [constant(e.fill, e.type)];
  const l = layoutOf(e.at, e.buffer);
  if (variesInside(l, scope)) return lookUp(e, l, scope, values);
  const { inside, at } = placeOf(l, scope, values);
  const parts = scope.partsFor(e.free);
  const stride = parts ? l.stride(last(scope.vector!.group)) : 0;
  const read = (parts ?? onePoint).map(({ offset, count }) =>
    elementsAt(plus(at, offset * stride), stride, count, e.buffer.dtype),
  );
  if (inside.length === 0) return read;
  const names = read.map(() => scope.nest.name('t'));
  const fill = constant(e.fill, e.type);
  const found = names.map((name, i) => set(name, read[i]!));
  const missing = names.map((name) => set(name, fill));
  scope.choose(inside, found, missing);
  return names.map(get);
}

/** Every lane its own place: coordinates are held inside the array, lanes that were outside take the fill. */
function lookUp(e: Load, l: Layout, scope: Scope, values: Evaluate): Value[] {
  const coordinates = l.checks.map((c) => coordinateValues(c, scope, values));
  const base = withoutChecks(l, scope);
  return scope.vector!.parts.map(({ count }, i) => {
    const inPart = coordinates.map((c) => partOf(c, i));
    const { inside, place } = clamped(l.checks, inPart);
    const name = scope.keep(place, 'at');
    const lanes = Array.from({ length: count }, (_, lane) => plus(base(i, lane), laneOf(name, lane)));
    return apply(selects[e.type], inside, gather(lanes, e.buffer.dtype), constant(e.fill, e.type));
  });
}

function coordinateValues(c: Check, scope: Scope, values: Evaluate): Value[] {
  if (c.computed) return scope.keepAll(values(c.computed, scope));
  const along = scope.partsFor(axesOf(c));
  const step = along ? c.index.along(last(scope.vector!.group)) : 0;
  return scope.keepAll(rampsOf(scope.int(c.index), step, along ?? onePoint));
}

const integer = (value: number) => constant(value, 'int');

/** As unsigned numbers, negative coordinates are too large as well. */
function clamped(checks: readonly Check[], coordinates: readonly Value[]): { inside: Value; place: Value } {
  const inside = checks.map((c, d) => apply('lessUnsigned', coordinates[d]!, integer(c.below)));
  const places = checks.map((c, d) =>
    apply('multiplyInt', apply('minimumUnsigned', coordinates[d]!, integer(c.below - 1)), integer(c.stride)),
  );
  return {
    inside: inside.reduce((a, b) => apply('and', a, b)),
    place: places.reduce((a, b) => apply('addInt', a, b)),
  };
}
