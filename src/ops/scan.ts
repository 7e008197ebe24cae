/** A step repeated over time. The sweep adds the gradients. */
import type { Operation } from '../compiler/graph.js';
import { type Scan, scanKernel } from '../compiler/scan.js';

/** Its inputs are the first carry, then the rows for each step, then what all steps share. It has no value itself. */
export const scan: Operation = {
  name: 'scan',
  lower: (inputs, output, attrs) => [scanKernel(attrs as Scan, inputs, output)],
};
