import { zeros } from '../../tensor/create.js';
import type { Tensor } from '../../tensor/tensor.js';
import type { Variable } from '../../tensor/variable.js';
import { state } from '../state.js';

/** Tensors kept for one weight, by the names Keras gives them. */
export type Slots<T extends Tensor = Tensor> = Readonly<Record<string, T>>;

/** What is kept beside the weights, all zeros at first. */
export interface Kept {
  readonly slots: ReadonlyMap<Variable, Slots<Variable>>;
  /** In Keras's order, which files have too: block after block, weight after weight. */
  readonly variables: readonly Variable[];
}

/** Makes tensors beside each weight, by blocks of names. */
export function keepBeside(weights: readonly Variable[], blocks: readonly (readonly string[])[]): Kept {
  const slots = new Map(weights.map((weight): [Variable, Record<string, Variable>] => [weight, {}]));
  const variables: Variable[] = [];
  for (const names of blocks)
    for (const [weight, kept] of slots)
      for (const name of names) {
        kept[name] = state(zeros(weight.shape), `${weight.name}_${name}`);
        variables.push(kept[name]);
      }
  return { slots, variables };
}
