import { sizeOf } from '../../../src/core/shape.js';
import { arange, type PartialShape, type Shape, type Tensor } from '../../../src/index.js';
import type { Layer } from '../../../src/layers/layer.js';

export interface LayerRow {
  make(): Layer;
  /** Shape of the inputs, whose batch axis is open: numbers around 0 in a batch of 4. */
  readonly inputShape: PartialShape;
  /** Inputs of this shape, where numbers around 0 are no fit inputs: integers of a few classes, for one. */
  readonly inputs?: () => Tensor;
  /** Whether it has a function of the user's, which no configuration can bring back. */
  readonly isFunction?: true;
  /** In place of inputs: what a layer takes that works on strings, outside of programs. */
  readonly values?: unknown;
}

/** Integers below `count`, such as class numbers. */
export const classes = (count: number, shape: Shape): Tensor =>
  arange(sizeOf(shape)).mod(count).reshape(shape);
