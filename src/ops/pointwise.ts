/** What treats each element alone, as one node for all the arrays that it gives. */
import type { Operation } from '../compiler/graph.js';
import type { Pointwise } from '../compiler/pointwise.js';

/** Its inputs are the arrays, then the numbers that all elements share. It has no value itself. */
export const pointwise: Operation = {
  name: 'update',
  isFused: true,
  lower: (inputs, output, attrs) => [(attrs as Pointwise).kernel(inputs, output)],
};
