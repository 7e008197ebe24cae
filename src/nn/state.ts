import type { Tensor } from '../tensor/tensor.js';
import { Variable } from '../tensor/variable.js';

/** A Variable that is kept from step to step and that gradients do not change. */
export const state = (value: Tensor, name: string): Variable =>
  new Variable(value, { name, trainable: false });
