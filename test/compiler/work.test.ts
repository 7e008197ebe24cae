import { expect, test } from 'vitest';
import { graphOf } from '../../src/compiler/dead-code.js';
import { compileGraph } from '../../src/compiler/pipeline.js';
import { bytesMoved, operationsOf } from '../../src/compiler/work.js';
import { Tensor } from '../../src/tensor/tensor.js';

/** Operations and bytes of the kernels of a tensor that was not computed yet. */
function workOf(result: Tensor): [number, number][] {
  const { kernels } = compileGraph(graphOf({ result: result.node }, []), undefined);
  return kernels.map((kernel) => [operationsOf(kernel), bytesMoved(kernel)]);
}
const input = (name: string, shape: number[], dtype: 'float32' | 'int32' = 'float32') =>
  new Tensor(shape, dtype, { kind: 'input', name });

test('a matrix product is two operations for each product, and moves each matrix once', () => {
  expect(workOf(input('a', [8, 16]).matmul(input('b', [16, 4])))).toEqual([
    [2 * 8 * 16 * 4, 4 * (8 * 16 + 16 * 4 + 8 * 4)],
  ]);
});

test('what does not change along an axis counts once', () => {
  const bias = input('bias', [4]);
  expect(workOf(input('a', [8, 4]).add(bias.mul(bias)))).toEqual([[4 + 32, 4 * (32 + 4 + 32)]]);
});

test('rows that are taken by number move alone, not the whole table', () => {
  const [[, bytes]] = workOf(input('table', [1000, 8]).gather(input('rows', [2], 'int32'))) as [
    [number, number],
  ];
  expect(bytes).toBe(4 * (2 * 8 + 2 + 2 * 8));
});
