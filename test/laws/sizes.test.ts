/**
 * Sizes at which schedules change: below, at and beyond a vector, an unrolled turn, sixteen lanes of a fold, a register
 * tile, a block of 256 of a contraction. Every backend computes there what the oracle does, and bits do not depend on how
 * a computation is cut.
 */
import { describe, expect, it } from 'vitest';
import type { TypedArray } from '../../src/core/dtype.js';
import * as ops from '../../src/ops/index.js';
import { zeros } from '../../src/tensor/create.js';
import { concatenate, einsum } from '../../src/tensor/functions.js';
import { gradients } from '../../src/tensor/gradient.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { availableBackends, onBackend, onOracle } from './backends.js';
import { randomLike } from './cases.js';
import { expectClose } from './compare.js';

const lengths = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 64, 65, 255, 256, 257, 600];
const of = (shape: readonly number[], seed: number): Tensor => randomLike(zeros(shape), seed);
/** Rounding of a sum of n numbers below 1 grows like its length at worst. */
const tolerance = (n: number) => ({ absolute: 1e-6 * (4 + n), relative: 1e-5 });

function compare(name: string, n: number, what: string, compute: () => readonly Tensor[]): void {
  const read = (): TypedArray[] => compute().map((x) => x.data());
  const expected = onOracle(read);
  for (const [i, values] of onBackend(name, read).entries()) {
    expectClose(values, expected[i]!, tolerance(n), `${what}, result ${i}`);
  }
}

describe.each(availableBackends)('backend %s', (name) => {
  it.each(lengths)('maps and folds rows and columns of %s elements', (n) => {
    const [a, b, row] = [of([3, n], 1), of([n, 3], 2), of([n], 3)];
    compare(name, n, 'maps', () => [
      a.mul(row).add(1).tanh(),
      b.transpose().sub(row),
      a.less(row).where(a, row),
      row.exp().div(row.add(2)),
    ]);
    compare(name, n, 'folds', () => [
      a.sum(1),
      b.sum(0),
      a.sum(0),
      b.sum(1),
      a.sum(),
      a.max(1),
      b.min(0),
      b.mean(0),
      a.variance(1),
    ]);
    compare(name, n, 'places', () => [
      a.argmax(1),
      b.argmax(0),
      a.argmin(1),
      a.cumsum(1),
      b.cumsum(0),
      row.cumsum(0, { reverse: true }),
    ]);
    compare(name, n, 'softmax', () => [
      a.softmax(1),
      b.softmax(0),
      a.logSoftmax(1),
      a.logsumexp(1),
      row.softmax(),
    ]);
    compare(name, n, 'views', () => [
      a.flip(1),
      a.reshape([n, 3]),
      concatenate([a, b.transpose()], 0),
      concatenate([row, row.neg()], 0),
      row.pad([[1, 2]], 9),
    ]);
  });

  it.each(lengths)('counts, compares and casts %s integers, truth values and bytes', (n) => {
    const x = of([2, n], 4);
    const whole = x.mul(100).cast('int32');
    const exact = { absolute: 0, relative: 0 };
    const compute = () => [
      whole.add(whole),
      whole.floorDivide(7),
      whole.sum(1),
      whole.max(0),
      x.less(0).any(1),
      x.less(0).cast('float32'),
      x.less(0).sum(1),
      x.mul(300).cast('uint8'),
      x.mul(300).cast('uint8').cast('float32'),
      whole.cumsum(1),
      x.less(0).logicalAnd(x.greater(-0.5)),
    ];
    const read = () => compute().map((y) => y.data());
    const expected = onOracle(read);
    for (const [i, values] of onBackend(name, read).entries()) {
      expectClose(values, expected[i]!, exact, `integers, result ${i}`);
    }
  });

  const products = [
    [1, 1, 1],
    [1, 5, 9],
    [5, 1, 9],
    [4, 256, 8],
    [5, 257, 9],
    [3, 600, 7],
    [17, 33, 65],
    [16, 16, 16],
    [64, 3, 1],
    [1, 64, 1],
    [33, 8, 40],
    [7, 300, 33],
  ] as const;

  it.each(products)('multiplies [%s, %s] by [.., %s] in all layouts, with its gradients', (m, k, n) => {
    const [a, b] = [of([m, k], 5), of([k, n], 6)];
    const [at, bt] = [of([k, m], 7), of([n, k], 8)];
    compare(name, k, 'products', () => [
      a.matmul(b),
      at.transpose().matmul(b),
      a.matmul(bt.transpose()),
      at.transpose().matmul(bt.transpose()),
    ]);
    compare(name, k, 'epilogues', () => [
      a
        .matmul(b)
        .add(of([n], 9))
        .relu(),
      a
        .matmul(b)
        .tanh()
        .mul(of([m, n], 10)),
    ]);
    compare(name, Math.max(m, k, n), 'gradients', () =>
      gradients(
        a
          .matmul(b)
          .mul(of([m, n], 11))
          .sum(),
        [a, b],
      ),
    );
  });

  it('multiplies batches, and contracts axes in any place', () => {
    const [a, b] = [of([3, 5, 17], 12), of([3, 17, 9], 13)];
    compare(name, 17, 'batches', () => [
      a.matmul(b),
      a.matmul(b.slice([0, 0, 0], [1, 17, 9])),
      einsum('b m k, b k n -> n b m', a, b),
    ]);
    compare(name, 51, 'two folded axes', () => [
      einsum('b m k, b k n -> m n', a, b),
      einsum('b m k, b k n -> b', a, b),
    ]);
    compare(name, 17, 'gradients', () => gradients(a.matmul(b).square().sum(), [a, b]));
  });

  it('gathers and scatters rows of any width', () => {
    for (const width of [1, 3, 4, 7, 33]) {
      const [table, index] = [of([11, width], 14), of([29], 15).abs().mul(10.9).floor().cast('int32')];
      compare(name, 29, `rows of ${width}`, () => [
        table.gather(index),
        ...gradients(table.gather(index).square().sum(), [table]),
        ops.scatterAdd(of([29, width], 16), index, { rows: 13 }),
      ]);
    }
  });

  it('draws the same random numbers for any count', () => {
    for (const count of lengths) {
      const key = zeros([2], { dtype: 'int32' }).add(count);
      const read = (backend: string) =>
        onBackend(backend, () =>
          ops.random(key, zeros([], { dtype: 'int32' }), { shape: [count], kind: 'bits' }).data(),
        );
      expect(read(name)).toEqual(read('reference'));
    }
  });
});
