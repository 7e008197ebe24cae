import type { Tensor } from '../tensor/tensor.js';

/** `|x|`, whose slope at 0 is 1, as Keras on JAX has it. */
export const absolute = (x: Tensor): Tensor => x.less(0).where(x.neg(), x);
