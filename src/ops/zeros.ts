/** Tensors that are mostly zeros, as the gradient of pooling is: convolutions have a better way for them. */
import { hasRewrite } from '../core/rewrites.js';
import type { Tensor } from './op.js';

interface Sought {
  /** The tensor whose largest elements are where another is not 0. */
  readonly x: Tensor;
  /** Whether all of it was looked through; else the rest is 0 by its place alone. */
  readonly isWhole: boolean;
}
const known = new WeakMap<object, Sought>();

/** Says that a tensor is 0 but for the largest element of each part of `x`. */
export function onlyAtLargest(g: Tensor, x: Tensor, isWhole = true): Tensor {
  known.set(g.node, { x: x.node, isWhole });
  return g;
}

/** Says that `moved` has the elements of `g`, and `x` those that `g` goes by; with others if it is not the whole. */
export function movedTo(moved: Tensor, g: Tensor, x: Tensor, isWhole = true): Tensor {
  const sought = known.get(g.node);
  return sought ? onlyAtLargest(moved, x, sought.isWhole && isWhole) : moved;
}

/**
 * Whether a tensor is 0 but for largest elements, each times what follows from that element alone. Only ever a hint: a
 * convolution's gradient is right in any case.
 */
export const isOnlyAtLargest = (g: Tensor): boolean => soughtIn(g.node) !== undefined;

function soughtIn(node: Tensor): Sought | undefined {
  const own = known.get(node);
  if (own || node.source.kind !== 'applied' || !('keepsZeros' in node.source.operation)) return own;
  const [a, b] = node.inputs as readonly [Tensor, Tensor];
  const [inA, inB] = [soughtIn(a), soughtIn(b)];
  if (inA && isFactor(b, inA)) return inA;
  return inB && isFactor(a, inB) ? inB : undefined;
}

/** Whether a product with it is 0 where the other factor is: times what may be infinite, only among elements looked at. */
const isFactor = (y: Tensor, { x, isWhole }: Sought): boolean =>
  (isWhole || (isMask(y) && hasRewrite('crop'))) && followsFrom(y, x);

const isMask = ({ inputs, source }: Tensor): boolean =>
  source.kind === 'applied' && inputs.length === 1 && inputs[0]!.dtype === 'bool';

/** Whether a tensor is made of another one and of numbers. */
function followsFrom(y: Tensor, x: Tensor, depth = 8): boolean {
  if (y === x || y.source.kind === 'number') return true;
  if (depth === 0 || y.source.kind !== 'applied') return false;
  return (y.inputs as readonly Tensor[]).every((input) => followsFrom(input, x, depth - 1));
}
