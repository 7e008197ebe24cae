import { expect, test } from 'vitest';
import { type Tensor, tensor } from '../../src/index.js';
import { gradients } from '../../src/tensor/gradient.js';

const x = tensor([1, -2, 4, 0.5]);
const n = x.size;

/** The derivatives of each element. */
const rows = (y: Tensor) => Array.from({ length: n }, (_, i) => gradients(y.slice([i], [1]).sum(), [x])[0]!);

test('the gradient of a variance is 2 (x - mean) / n, and adds up to 0 to the last bit', () => {
  const [slope] = gradients(x.variance(), [x]);
  const expected = x.sub(x.mean()).mul(2 / n);
  expect(slope!.toArray()).toEqual(expected.toArray());
  expect(slope!.sum().item()).toBe(0);
});

test('the second derivatives of a variance count that the mean moves: 2/n on the diagonal, less 2/n² everywhere', () => {
  const [slope] = gradients(x.variance(), [x]);
  const second = rows(slope!).map((row) => Array.from(row.data(), Number));
  for (const [i, row] of second.entries()) {
    for (const [j, value] of row.entries()) expect(value).toBeCloseTo((i === j ? 2 / n : 0) - 2 / n ** 2, 6);
  }
});

test('the third derivatives of a variance are 0', () => {
  const [slope] = gradients(x.variance(), [x]);
  const [curve] = gradients(slope!.square().sum(), [x]);
  const [third] = gradients(rows(curve!)[0]!.sum(), [x]);
  expect(third!.toArray()).toEqual([0, 0, 0, 0]);
});
