/** All indices of some formulas: what must agree before axes are joined. */
import type { Index } from '../../loops/axis.js';
import type { Buffer } from '../../loops/expression.js';
import { type Coordinate, type Expression, isComputed, partsOf, walk } from '../../loops/expression.js';
import type { Kernel } from '../../loops/kernel.js';
import { indicesOf, layoutOf } from '../../loops/layout.js';

export function indicesIn(formulas: readonly Expression[]): Index[] {
  const seen = new Set<Expression>();
  for (const e of formulas) walk(e, seen, computedParts);
  const indices: Index[] = [];
  for (const e of seen) {
    if (e.kind === 'counter') indices.push(e.index);
    else if (e.kind === 'load') indices.push(...indicesOf(layoutOf(e.at, e.buffer)));
  }
  return indices;
}

/** What is computed of a formula: of a coordinate that is an index and some steps on, the steps. */
const computedParts: typeof partsOf = (e) => (e.kind === 'load' ? computedAt(e.at, e.buffer) : partsOf(e));

const computedAt = (at: readonly Coordinate[], buffer: Buffer): readonly Expression[] =>
  at.some(isComputed) ? layoutOf(at, buffer).checks.flatMap(({ computed }) => computed ?? []) : [];

export const indicesOfKernel = ({ stores, body }: Kernel): Index[] => [
  ...indicesIn([...stores.flatMap((s) => [s.value, ...computedAt(s.at, s.buffer)]), ...(body?.reads ?? [])]),
  ...stores.flatMap((s) => indicesOf(layoutOf(s.at, s.buffer))),
];
