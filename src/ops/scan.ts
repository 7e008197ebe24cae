/** A step repeated over time, and its results, which are arrays of their own. The sweep adds the gradients. */
import type { Operation } from '../compiler/graph.js';
import { axesFor } from '../compiler/lower.js';
import { resultName, type Scan, scanKernel } from '../compiler/scan.js';
import { load } from '../loops/expression.js';

/** Its inputs are the first carry, then the rows for each step, then what all steps share. It has no value itself. */
export const scan: Operation = {
  name: 'scan',
  lower: (inputs, output, attrs) => [scanKernel(attrs as Scan, inputs, output)],
};

/** One of the arrays that a scan gives. */
export const scanResult: Operation = {
  name: 'result',
  lower(inputs, output, attrs) {
    const { result } = attrs as { readonly result: number };
    const axes = axesFor(output.shape);
    const array = { ...output, name: resultName(inputs[0]!.name, result) };
    return [
      {
        axes,
        value: load(
          array,
          axes.map((axis) => axis.index),
        ),
      },
    ];
  },
};
