import type { JsonObject } from '../../../src/core/fields.js';
import { Regularizer } from '../../../src/nn/regularizers.js';
import { forward, type GoldenTensor, given, gradient, sameNumber, sameTensor } from '../compare.js';
import { made, myelin } from '../library.js';

export interface RegularizerCase {
  readonly id: string;
  readonly regularizer: string;
  readonly config: JsonObject;
  readonly x: GoldenTensor;
  readonly value: number;
  readonly grad: GoldenTensor;
}

export function checkRegularizer(c: RegularizerCase): void {
  const x = given(c.x);
  const penalty = made(Regularizer, c.regularizer, c.config).call(x);
  sameNumber('value', Number(penalty.item()), c.value, forward);
  sameTensor('gradient', myelin.gradients(penalty, [x])[0]!, c.grad, gradient);
}
