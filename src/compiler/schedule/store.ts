/** Stores of one point, or of a vector of points. All values are computed before any is written. */
import { elementsOf } from '../../loops/expression.js';
import type { Store } from '../../loops/kernel.js';
import { type Layout, last, layoutOf } from '../../loops/layout.js';
import {
  apply,
  type Int,
  load,
  plus,
  type Statement,
  splat,
  store,
  times,
  type Value,
  when,
} from '../../loops/nest.js';
import { laneCoordinate, placeOf, variesInside, withoutChecks } from './place.js';
import { onePoint, type Scope } from './scope.js';
import { type Evaluate, partOf, sums } from './vector.js';

export function storeAll(stores: readonly Store[], scope: Scope, evaluate: Evaluate): void {
  const values = stores.map((s) => scope.keepAll(evaluate(s.value, scope)));
  const writes = stores.map((s, i) => write(s, values[i]!, scope, evaluate));
  for (const statements of writes) scope.body.push(...statements);
}

function write(s: Store, values: readonly Value[], scope: Scope, evaluate: Evaluate): Statement[] {
  if (elementsOf(s.buffer) === 0) return [];
  const l = layoutOf(s.at, s.buffer);
  return variesInside(l, scope)
    ? scatter(s, l, values, scope, evaluate)
    : writeRow(s, l, values, scope, evaluate);
}

/** Elements at a constant stride, all inside the array or all outside. */
function writeRow(
  s: Store,
  l: Layout,
  values: readonly Value[],
  scope: Scope,
  evaluate: Evaluate,
): Statement[] {
  const { inside, at } = placeOf(l, scope, evaluate);
  const parts = scope.vector?.parts ?? onePoint;
  const stride = scope.vector ? l.stride(last(scope.vector.group)) : 0;
  const statements = parts.flatMap((part, i) => {
    const [from, value] = [plus(at, stride * part.offset), partOf(values, i)];
    if (stride === l.bytes) return put(s, from, value, part.count);
    return lanes(part.count).flatMap((lane) => put(s, plus(from, stride * lane), value, 1, lane));
  });
  return [...when(inside, statements)];
}

/** Lane by lane, in order. */
function scatter(
  s: Store,
  l: Layout,
  values: readonly Value[],
  scope: Scope,
  evaluate: Evaluate,
): Statement[] {
  const coordinates = l.checks.map((c) => laneCoordinate(c, scope, evaluate));
  const base = withoutChecks(l, scope);
  return scope.vector!.parts.flatMap(({ count }, i) =>
    lanes(count).flatMap((lane) => {
      const inside = l.checks.map(({ below }, d) => ({ value: coordinates[d]!(i, lane), below }));
      const moves = inside.map(({ value }, d) => times(value, l.checks[d]!.stride));
      return [...when(inside, put(s, plus(base(i, lane), ...moves), partOf(values, i), 1, lane))];
    }),
  );
}

const lanes = (count: number): number[] => Array.from({ length: count }, (_, lane) => lane);

function put(s: Store, at: Int, value: Value, count: number, lane = 0): Statement[] {
  const { dtype } = s.buffer;
  if (s.mode === 'set') return [store(at, value, dtype, count, lane)];
  const before = count > 1 ? load(at, count, dtype) : splat(at, dtype);
  return [store(at, apply(sums[s.value.type], before, value), dtype, count, lane)];
}
