/** Empty axes, axes of one element, ties and NaN: section 1 of the rules that all ops keep. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Shape } from '../../src/core/shape.js';
import { isStar, parseSignature } from '../../src/core/signature.js';
import * as ops from '../../src/ops/index.js';
import { tensor, zeros } from '../../src/tensor/create.js';
import { einsum } from '../../src/tensor/functions.js';
import { gradients } from '../../src/tensor/gradient.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { availableBackends, choose } from './backends.js';
import { type AnyOp, allOps, apply, type Case, inputsOf, isPlain } from './cases.js';

const { NaN: nan } = Number;
const gradientOf = (y: Tensor, x: Tensor): unknown => gradients(y, [x])[0]!.toArray();

describe.each(availableBackends)('an empty axis, on %s,', (backend) => {
  beforeAll(() => choose(backend));

  /** Every star one axis of nothing; every named axis of size 2. */
  const emptyShapes = (op: AnyOp): Shape[] =>
    parseSignature(op.record.shape as string).inputs.map((words) =>
      words.flatMap((word) => (isStar(word) ? [2, 0] : [2])),
    );
  const starred = allOps.filter((op) => isPlain(op) && (op.record.shape as string).includes('*'));

  it.each(starred.map((op) => [op.record.name, op] as const))(
    'of %s gives an empty result and empty gradients',
    (_, op) => {
      const given: Case = {
        op,
        shapes: emptyShapes(op),
        attrs: undefined,
        domain: op.record.domain,
        seed: 1,
      };
      const inputs = inputsOf(given);
      const y = apply(given, inputs);
      expect([y.shape.includes(0), y.data().length]).toEqual([true, 0]);
      const found = gradients(y.cast('float32').sum(), inputs);
      expect(found.map((g) => g.data().length)).toEqual(inputs.map(() => 0));
    },
  );

  it('sums to 0, whatever the type', () => {
    expect(zeros([2, 0]).sum(1).toArray()).toEqual([0, 0]);
    expect(zeros([0]).sum().item()).toBe(0);
    expect(zeros([0], { dtype: 'int32' }).sum().item()).toBe(0);
    expect(zeros([0, 3]).sum(1).toArray()).toEqual([]);
    expect(gradientOf(zeros([2, 0]).sum(), zeros([2, 0]))).toEqual([[], []]);
  });

  it('contracts to 0', () => {
    expect(einsum('m k, k n -> m n', zeros([2, 0]), zeros([0, 2])).toArray()).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(
      zeros([1, 0])
        .matmul(zeros([0, 1]))
        .toArray(),
    ).toEqual([[0]]);
  });

  it('has the mean NaN, is all true and not any', () => {
    expect(zeros([2, 0]).mean(1).toArray()).toEqual([nan, nan]);
    expect(zeros([0]).all().item()).toBe(true);
    expect(zeros([0]).any().item()).toBe(false);
    expect(zeros([2, 0]).all(1).toArray()).toEqual([true, true]);
    expect(zeros([2, 0]).any(1).toArray()).toEqual([false, false]);
  });

  it.each([
    ['max', () => zeros([2, 0]).max(1), 'shape [2, 0], axis 1'],
    ['min', () => zeros([0]).min(), 'shape [0], axis 0'],
    ['argmax', () => zeros([0, 2]).argmax(0), 'shape [0, 2], axis 0'],
    ['argmax', () => zeros([0, 2]).argmin(0), 'shape [0, 2], axis 0'],
  ])('stops %s with a ShapeError while tracing', (name, make, received) => {
    expect(make).toThrow(
      `Tensor.${name} expected at least one element along the axis, received ${received}.`,
    );
  });

  it('beside the folded one is no obstacle to max', () => {
    expect(zeros([2, 0]).max(0).shape).toEqual([0]);
    expect(zeros([0, 3]).argmax(1).toArray()).toEqual([]);
  });

  it('passes through views, running sums and reads', () => {
    expect(
      zeros([0])
        .pad([[1, 1]], 4)
        .toArray(),
    ).toEqual([4, 4]);
    expect(zeros([2, 0]).transpose().shape).toEqual([0, 2]);
    expect(zeros([2, 0]).reshape([0, 5]).toArray()).toEqual([]);
    expect(zeros([2, 0]).cumsum(1).toArray()).toEqual([[], []]);
    expect(zeros([0, 2]).cumsum(1).toArray()).toEqual([]);
    expect(
      tensor([1, 2])
        .gather(zeros([0], { dtype: 'int32' }))
        .toArray(),
    ).toEqual([]);
    expect(ops.scatterAdd(zeros([0, 2]), zeros([0], { dtype: 'int32' }), { rows: 2 }).toArray()).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(zeros([0]).flip().toArray()).toEqual([]);
    expect(zeros([0, 2]).softmax(-1).toArray()).toEqual([]);
  });
});

describe.each(availableBackends)('an axis of one element, on %s,', (backend) => {
  beforeAll(() => choose(backend));

  it('folds to that element', () => {
    const x = tensor([[-2], [3]]);
    for (const y of [x.sum(1), x.max(1), x.min(1), x.mean(1)]) expect(y.toArray()).toEqual([-2, 3]);
    expect(x.argmax(1).toArray()).toEqual([0, 0]);
    expect(x.variance(1).toArray()).toEqual([0, 0]);
    expect(x.softmax(1).toArray()).toEqual([[1], [1]]);
    expect(x.cumsum(1).toArray()).toEqual([[-2], [3]]);
    expect(x.logsumexp(1).toArray()).toEqual([-2, 3]);
  });

  it('contracts to a product', () => {
    expect(
      tensor([[2]])
        .matmul(tensor([[3, 4]]))
        .toArray(),
    ).toEqual([[6, 8]]);
  });
});

describe.each(availableBackends)('a tie, on %s,', (backend) => {
  beforeAll(() => choose(backend));

  it('shares the gradient between two, as in Keras on JAX', () => {
    const [a, b] = [tensor([1, 2]), tensor([1, 3])];
    for (const y of [a.maximum(b), a.minimum(b)]) {
      const [ga, gb] = gradients(y, [a, b]);
      expect([ga!.data()[0], gb!.data()[0]]).toEqual([0.5, 0.5]);
    }
  });

  it('gives the whole gradient of a fold to the first extreme, in row-major order', () => {
    const x = tensor([
      [1, 5, 5],
      [5, 0, 0],
    ]);
    expect(gradientOf(x.max(), x)).toEqual([
      [0, 1, 0],
      [0, 0, 0],
    ]);
    expect(gradientOf(x.max(1), x)).toEqual([
      [0, 1, 0],
      [1, 0, 0],
    ]);
    expect(gradientOf(x.min(), x)).toEqual([
      [0, 0, 0],
      [0, 1, 0],
    ]);
    expect(gradientOf(x.max([0, 1], { keepDims: true }), x)).toEqual([
      [0, 1, 0],
      [0, 0, 0],
    ]);
  });

  it('has the place of the first', () => {
    expect(tensor([3, 1, 3, 1]).argmax().item()).toBe(0);
    expect(tensor([3, 1, 3, 1]).argmin().item()).toBe(1);
  });

  it('at 0 has gradient 0 in abs, sign and relu', () => {
    const x = tensor([0]);
    for (const y of [x.abs(), x.sign(), x.relu()]) expect(gradientOf(y, x)).toEqual([0]);
  });
});

describe.each(availableBackends)('NaN, on %s,', (backend) => {
  beforeAll(() => choose(backend));

  const unary = [
    'abs',
    'sign',
    'floor',
    'round',
    'sqrt',
    'exp',
    'expm1',
    'log',
    'log1p',
    'sin',
    'cos',
    'tanh',
    'sigmoid',
    'softplus',
    'relu',
    'erf',
    'erfinv',
  ] as const;

  it.each(unary)('goes through %s', (name) => {
    const op = allOps.find(({ record }) => record.name === name)!;
    expect(op(tensor([nan, 0.5])).data()[0]).toBeNaN();
  });

  it('goes through maps of two, on either side', () => {
    const [x, y] = [tensor([nan, 1]), tensor([1, nan])];
    for (const z of [
      x.add(y),
      x.sub(y),
      x.mul(y),
      x.div(y),
      x.maximum(y),
      x.minimum(y),
      x.floorDivide(y),
      x.mod(y),
    ]) {
      expect(z.toArray()).toEqual([nan, nan]);
    }
  });

  it('goes through folds', () => {
    const x = tensor([
      [1, nan, 3],
      [1, 2, 3],
    ]);
    expect(x.max(1).toArray()).toEqual([nan, 3]);
    expect(x.min(1).toArray()).toEqual([nan, 1]);
    expect(x.sum(1).toArray()).toEqual([nan, 6]);
    expect(x.max().item()).toBeNaN();
  });

  it('is the largest to argmax and the smallest to argmin: the first one is found', () => {
    const x = tensor([9, nan, Infinity, nan]);
    expect([x.argmax().item(), x.argmin().item()]).toEqual([1, 1]);
  });

  it('is neither less, nor equal, nor greater, but unequal to itself', () => {
    const x = tensor([nan]);
    for (const y of [x.less(1), x.lessEqual(1), x.greater(1), x.greaterEqual(1), x.equal(x)])
      expect(y.toArray()).toEqual([false]);
    expect(x.notEqual(x).toArray()).toEqual([true]);
    expect(x.isNaN().toArray()).toEqual([true]);
  });

  it('is 1 to the power of 0, and 1 to the power of NaN is 1', () => {
    expect(ops.power(tensor([nan, 1, nan]), tensor([0, nan, 2])).toArray()).toEqual([1, 1, nan]);
  });

  it('becomes 0 as an integer and true as a truth value', () => {
    expect(tensor([nan]).cast('int32').toArray()).toEqual([0]);
    expect(tensor([nan]).cast('uint8').toArray()).toEqual([0]);
    expect(tensor([nan]).cast('bool').toArray()).toEqual([true]);
  });

  it('behind the branch not taken of where does not reach the result or the gradient', () => {
    const x = tensor([1, 2]);
    const y = tensor([true, false]).where(x, x.mul(nan));
    expect(y.toArray()).toEqual([1, nan]);
    expect(gradientOf(tensor([true, true]).where(x, nan), x)).toEqual([1, 1]);
  });
});
