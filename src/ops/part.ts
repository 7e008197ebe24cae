/** One of the arrays that a node of several gives. */
import type { Operation } from '../compiler/graph.js';

export const part: Operation = {
  name: 'part',
  lower: () => [],
  part: (attrs) => (attrs as { readonly part: number }).part,
};
