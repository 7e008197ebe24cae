/** The reverse sweep: gradients as more graph, so that they can be differentiated again. */
import { reach } from '../compiler/graph.js';
import { problem } from '../core/errors.js';
import { type Shape, showShape } from '../core/shape.js';
import { show } from '../core/text.js';
import * as ops from '../ops/index.js';
import type { OpRecord } from '../ops/op.js';

import { ownGradient } from './own-gradient.js';
import { hasLostHistory, keepingHistory, withPath } from './recording.js';
import { full, type Tensor } from './tensor.js';
import { variableOf } from './variable.js';

/**
 * The gradient of `Σ y` with respect to each of `xs`; zeros where `y` does not depend on one.
 *
 * Throws a StateError when eager code between them was so long that its first part has been let go.
 *
 * @example
 * const x = tensor([1, 2, 3]);
 * gradients(x.square().sum(), [x])[0].toArray(); // [2, 4, 6]
 */
export function gradients(y: Tensor, xs: readonly Tensor[]): Tensor[] {
  if (!Array.isArray(xs)) throw notAList(xs);
  return keepingHistory(() => {
    const order = reach([y.node]) as Tensor[];
    const reads = xs.map((x) => readsOf(x, order));
    requireHistory(order, reads);
    const parts = pullBack([[y.node, full(y.shape, 1)]], new Set(reads.flat()));
    return xs.map((x, i) =>
      total(
        reads[i]!.map((node) => parts.get(node)),
        x.shape,
      ),
    );
  });
}

const notAList = (received: unknown) =>
  problem('argument-value', {
    subject: 'gradients',
    expected: 'an array of tensors, such as `model.trainableWeights`',
    received: show(received),
  });

/** The nodes that stand for a tensor: itself, or what a variable was each time it was read before it got a new value. */
function readsOf(x: Tensor, order: readonly Tensor[]): Tensor[] {
  const { node } = x;
  return order.includes(node) ? [node] : order.filter((read) => variableOf(read) === x);
}

/** What was cut off after a target was made may have depended on it. */
function requireHistory(order: readonly Tensor[], reads: readonly (readonly Tensor[])[]): void {
  const oldest = Math.min(...reads.map((nodes) => Math.max(-1, ...nodes.map((node) => node.age))));
  const targets = new Set(reads.flat());
  if (order.some((x) => hasLostHistory(x) && !targets.has(x) && x.age > oldest)) throw lostHistory();
}

const total = (parts: readonly (Tensor | undefined)[], shape: Shape): Tensor =>
  parts.reduce((sum, part) => (sum && part ? sum.add(part) : (part ?? sum)), undefined) ?? full(shape, 0);

/** The gradient of `Σ y · g` over all pairs, for each target that they depend on; for nodes on the way as well. */
export function pullBack(
  pairs: readonly (readonly [y: Tensor, g: Tensor])[],
  targets: ReadonlySet<Tensor>,
): Map<Tensor, Tensor> {
  const order = reach(pairs.map(([y]) => y)) as Tensor[];
  const needed = dependents(order, targets);
  const parts = new Map<Tensor, Tensor>();
  for (const [y, g] of pairs) addTo(parts, y, g);
  for (const node of order.toReversed()) {
    const g = parts.get(node);
    if (!g || node.source.kind !== 'applied' || !needed.has(node)) continue;
    const { vjp } = node.source.operation as OpRecord;
    const inputs = node.inputs as readonly Tensor[];
    const { attrs } = node.source;
    withPath(node.path, () => {
      const own = ownGradient(node, g);
      if (own) return own.forEach(([x, part]) => void (needed.has(x.node) && addTo(parts, x.node, part)));
      const contributions = vjp?.(g, inputs, node, attrs) ?? [];
      inputs.forEach((x, i) => {
        const part = contributions[i];
        if (part && needed.has(x)) addTo(parts, x, sumTo(part, x.shape));
      });
    });
  }
  return parts;
}

const lostHistory = () =>
  problem('history-lost', {
    subject: 'gradients',
    expected: 'the whole way from the result back to each tensor',
    received: 'a result of more than 1000 operations, whose first part was computed and let go',
    fix: 'Compute inside the function you give to `grad` or `valueAndGrad`, which keeps the whole way.',
  });

const addTo = (parts: Map<Tensor, Tensor>, x: Tensor, part: Tensor) => {
  const before = parts.get(x);
  parts.set(x, before ? before.add(part) : part);
};

/** Everything that one of the targets changes, and the targets. */
function dependents(order: readonly Tensor[], targets: ReadonlySet<Tensor>): Set<Tensor> {
  const found = new Set<Tensor>();
  for (const node of order) {
    if (targets.has(node) || (node.inputs as readonly Tensor[]).some((x) => found.has(x))) found.add(node);
  }
  return found;
}

/** Undoes broadcasting: sums a gradient back to the shape of its input. */
function sumTo(g: Tensor, shape: Shape): Tensor {
  const extra = g.rank - shape.length;
  const axes = g.shape.flatMap((n, d) => (d < extra || (shape[d - extra] === 1 && n !== 1) ? [d] : []));
  return axes.length === 0 ? g : g.sum(axes).reshape(shape);
}

type GradientOf<X> = { [K in keyof X]: X[K] extends Tensor ? Tensor : X[K] };
type FirstOrAll<X extends readonly unknown[]> = X extends readonly [unknown] ? Tensor : GradientOf<X>;

/**
 * The function that gives the gradient of `f` with respect to its arguments: one tensor for one argument, else a list.
 *
 * @example
 * const cube = (x: Tensor) => x.mul(x).mul(x);
 * grad(grad(cube))(tensor(2)).item(); // 12
 */
export function grad<X extends readonly Tensor[]>(f: (...xs: X) => Tensor): (...xs: X) => FirstOrAll<X> {
  return (...xs) => valueAndGrad(f)(...xs)[1];
}

/** As `grad`, with the value of `f` as well: `[value, gradient]`. */
export function valueAndGrad<X extends readonly Tensor[]>(
  f: (...xs: X) => Tensor,
): (...xs: X) => [Tensor, FirstOrAll<X>] {
  return (...xs) =>
    keepingHistory(() => {
      // Tensors of their own, so that an argument given twice has two gradients.
      const own = xs.map((x) => ops.reshape(x, { shape: x.shape })) as unknown as X;
      const y = f(...own);
      if (y.size !== 1) throw notScalar(y);
      const found = gradients(y, own);
      return [y, (xs.length === 1 ? found[0] : found) as FirstOrAll<X>];
    });
}

const notScalar = (y: Tensor) =>
  problem('shape-mismatch', {
    subject: 'grad',
    expected: 'a function that gives one number',
    received: `shape ${showShape(y.shape)}`,
    fix: 'End the function with `.sum()` or `.mean()`.',
  });
