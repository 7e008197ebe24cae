/** Values that are several vectors wide, or one vector that stands for all. */
import { type DType, elementTypes, type ScalarType } from '../../core/dtype.js';
import type { Expression } from '../../loops/expression.js';
import { apply, gather, type Int, load, plus, ramp, splat, type Value } from '../../loops/nest.js';
import type { ScalarName } from '../../loops/scalars.js';
import type { Part, Scope } from './scope.js';

export type Evaluate = (e: Expression, scope: Scope) => readonly Value[];

/** The value of one part. */
export const partOf = (values: readonly Value[], i: number): Value =>
  values.length === 1 ? values[0]! : values[i]!;

export function applyEach(name: ScalarName, ...args: (readonly Value[])[]): Value[] {
  let width = 0;
  for (let k = 0; k < args.length; k++) width = Math.max(width, args[k]!.length);
  const values: Value[] = [];
  for (let i = 0; i < width; i++) values.push(apply(name, ...args.map((a) => partOf(a, i))));
  return values;
}

/** So many elements, `stride` bytes apart. */
export function elementsAt(at: Int, stride: number, count: number, as: DType): Value {
  if (stride === 0) return splat(at, as);
  if (stride === elementTypes[as].bytes) return load(at, count, as);
  return gather(
    Array.from({ length: count }, (_, lane) => plus(at, lane * stride)),
    as,
  );
}

export const rampsOf = (from: Int, step: number, parts: readonly Part[]): Value[] =>
  parts.map((p) => ramp(plus(from, p.offset * step), step));

export const selects = { float: 'select', int: 'selectInt', bool: 'selectBool' } as const satisfies Record<
  ScalarType,
  ScalarName
>;
export const sums = { float: 'add', int: 'addInt', bool: 'or' } as const satisfies Record<
  ScalarType,
  ScalarName
>;
