/** Steps of a scan as graphs of their own: placeholders, and copies that reach no further than them. */
import { reach } from '../compiler/graph.js';
import type { DType } from '../core/dtype.js';
import type { Shape } from '../core/shape.js';
import { Tensor } from './tensor.js';

/** What stands for an array in a step: for a row of it, or for all of it. */
export const placeholder = (name: string, { shape, dtype }: Like): Tensor =>
  new Tensor(shape, dtype, { kind: 'input', name });
/** What stands for a carry before a step. */
export const carryPlaceholder = (name: string, { shape, dtype }: Like): Tensor =>
  new Tensor(shape, dtype, { kind: 'variable', key: {}, name });

interface Like {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** The graph of these tensors with others in place of some of its nodes. */
export function copyGraph(roots: readonly Tensor[], replace: (node: Tensor) => Tensor | undefined): Tensor[] {
  const made = new Map<Tensor, Tensor>();
  const place = (node: Tensor): readonly Tensor[] => {
    const other = replace(node);
    if (other) made.set(node, other);
    return other ? [] : (node.inputs as readonly Tensor[]);
  };
  for (const node of reach(roots, place)) if (!made.has(node)) made.set(node, copyOf(node, made));
  return roots.map((node) => made.get(node)!);
}

function copyOf(node: Tensor, made: ReadonlyMap<Tensor, Tensor>): Tensor {
  const inputs = (node.inputs as readonly Tensor[]).map((x) => made.get(x)!);
  if (inputs.every((x, i) => x === node.inputs[i])) return node;
  return new Tensor(node.shape, node.dtype, node.source, inputs, node.path);
}
