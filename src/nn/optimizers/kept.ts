import { where } from '../../tensor/functions.js';
import type { Tensor } from '../../tensor/tensor.js';
import type { Variable } from '../../tensor/variable.js';
import { state } from '../state.js';

/** Tensors kept for one weight, by the names Keras gives them. */
export type Slots<T extends Tensor = Tensor> = Readonly<Record<string, T>>;

/** What is kept beside the weights. */
export interface Kept {
  readonly slots: ReadonlyMap<Variable, Slots<Variable>>;
  /** In Keras's order, which files have too: block after block, weight after weight. */
  readonly variables: readonly Variable[];
}

/** What a slot of a weight begins with; null for a weight that has no such slot. */
export type FirstValue = (name: string, weight: Variable) => Tensor | null;

/** Makes tensors beside each weight, by blocks of names. */
export function keepBeside(
  weights: readonly Variable[],
  blocks: readonly (readonly string[])[],
  firstValue: FirstValue,
): Kept {
  const slots = new Map(weights.map((weight): [Variable, Record<string, Variable>] => [weight, {}]));
  const variables: Variable[] = [];
  for (const names of blocks)
    for (const [weight, kept] of slots)
      for (const name of names) {
        const first = firstValue(name, weight);
        if (!first) continue;
        kept[name] = state(first, `${weight.name}_${name}`);
        variables.push(kept[name]);
      }
  return { slots, variables };
}

/**
 * 0 in place of subnormal numbers. Where a gradient has become 0 for good, as that of a unit which is never active,
 * an average of it would decay into them and stay, and processors are several times slower with them.
 */
export const settled = (x: Tensor): Tensor =>
  x.dtype === 'float32' ? where(x.abs().less(2 ** -126), 0, x) : x;
