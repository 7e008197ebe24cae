/** What a multilayer perceptron is to learn, and how. */

import type { Config } from '../../core/declaration.js';
import type { CompileOptions } from '../../models/compile.js';
import type { Tensor } from '../../tensor/tensor.js';
import type { mlpFields } from './fields.js';

export type MLPConfig = Config<typeof mlpFields>;

/** What differs between classes and numbers. */
export interface Task extends Pick<CompileOptions, 'loss' | 'metrics'> {
  readonly name: string;
  readonly x: Tensor;
  readonly y: Tensor;
  /** Class numbers, where samples are kept apart by class. */
  readonly strata?: Int32Array | undefined;
  readonly outputs: number;
  readonly outputActivation: 'linear' | 'sigmoid' | 'softmax';
  /** The name of the metric that early stopping watches. */
  readonly score: string;
}
