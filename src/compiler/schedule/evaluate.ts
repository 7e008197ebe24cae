/** From formulas to vector values; each part is computed in the outermost loop that knows all it needs. */
import { type Expression, partsOf, walkAll } from '../../loops/expression.js';
import { last } from '../../loops/layout.js';
import { constant, ramp, type Value } from '../../loops/nest.js';
import { foldValues } from './fold.js';
import { loadValues } from './load.js';
import type { Scope } from './scope.js';
import { applyEach, rampsOf } from './vector.js';

/** The value of a formula: one for each part of the vector it depends on, or one for all. */
export function valuesOf(e: Expression, scope: Scope): readonly Value[] {
  if (e.kind === 'constant') return [constant(e.value, e.type)];
  const home = scope.homeOf(e);
  const known = home.values.get(e);
  if (known) return known;
  const made = compute(e, home);
  const kept = home !== scope || (scope.nest.uses.get(e) ?? 0) > 1 ? home.keepAll(made) : made;
  home.values.set(e, kept);
  return kept;
}

function compute(e: Exclude<Expression, { kind: 'constant' }>, scope: Scope): readonly Value[] {
  switch (e.kind) {
    case 'counter': {
      const parts = scope.partsFor(e.free);
      const from = scope.int(e.index);
      return parts ? rampsOf(from, e.index.along(last(scope.vector!.group)), parts) : [ramp(from, 0)];
    }
    case 'call':
      return applyEach(e.name, ...e.args.map((a) => valuesOf(a, scope)));
    case 'load':
      return loadValues(e, scope, valuesOf);
    case 'fold':
      return foldValues(e, scope, valuesOf);
  }
}

/** How many others use each part of these formulas. */
export function usesOf(formulas: readonly Expression[]): Map<Expression, number> {
  const uses = new Map<Expression, number>();
  const use = (e: Expression) => uses.set(e, (uses.get(e) ?? 0) + 1);
  for (const e of walkAll(formulas)) partsOf(e).forEach(use);
  formulas.forEach(use);
  return uses;
}
