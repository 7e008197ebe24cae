import type { JsonObject } from '../../../src/core/fields.js';
import { Constraint } from '../../../src/nn/constraints.js';
import { forward, type GoldenTensor, given, sameTensor } from '../compare.js';
import { made } from '../library.js';

export interface ConstraintCase {
  readonly id: string;
  readonly constraint: string;
  readonly config: JsonObject;
  readonly x: GoldenTensor;
  readonly y: GoldenTensor;
}

export function checkConstraint({ constraint, config, x, y }: ConstraintCase): void {
  sameTensor('y', made(Constraint, constraint, config).call(given(x)), y, forward);
}
