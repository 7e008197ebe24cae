import type { Tensor } from '../../tensor/tensor.js';
import type { Slots } from './kept.js';

/** One weight at one step. */
export interface Step {
  readonly variable: Tensor;
  readonly gradient: Tensor;
  /** What is kept for the weight, by the names of `slotBlocks`. */
  readonly slots: Slots;
  readonly learningRate: Tensor;
  /** Which step it is, counted from 1; float32. */
  readonly count: Tensor;
  /** What is kept once for all weights, as `advance` has just made it. */
  readonly shared: Slots;
}

/** What a step makes of a weight and of what is kept for it. */
export interface Update {
  readonly variable: Tensor;
  readonly slots?: Slots;
}
