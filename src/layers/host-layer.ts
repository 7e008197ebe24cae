import type { Tensor } from '../tensor/tensor.js';
import { Layer } from './layer.js';

/** A layer that works on data and not in programs: on strings, which are no tensors, and with tables of words. */
export abstract class HostLayer extends Layer {
  /** Tells models to apply the layer to the data before their programs run. */
  readonly isHost = true;

  // biome-ignore lint/suspicious/noExplicitAny: the declaration says what they are
  constructor(...args: readonly any[]) {
    super(...args);
    // It has no weights that wait for the shape of its inputs.
    this.buildOnce([]);
  }

  /** What becomes of data: nested arrays, or a tensor with values. */
  // biome-ignore lint/suspicious/noExplicitAny: each layer says what it takes
  abstract encode(values: any): Tensor;

  // biome-ignore lint/suspicious/noExplicitAny: as `encode`
  override call(values: any): Tensor {
    return this.encode(values);
  }

  // biome-ignore lint/suspicious/noExplicitAny: as `encode`
  override apply(values: any): Tensor {
    return this.encode(values);
  }
}
