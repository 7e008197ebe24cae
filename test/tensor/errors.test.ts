/** What methods say about arguments that do not fit. */
import { describe, expect, it } from 'vitest';
import { compiled } from '../../src/tensor/compiled.js';
import { linspace, ones, tensor, zeros } from '../../src/tensor/create.js';
import { concatenate, einsum, stack, where } from '../../src/tensor/functions.js';
import { grad, gradients } from '../../src/tensor/gradient.js';
import { random, setRandomSeed } from '../../src/tensor/random.js';

const x = zeros([2, 3]);
const identity = compiled(({ x }) => ({ y: x! }));
const cases: readonly (readonly [string, () => unknown, string, string])[] = [
  [
    'shapes that do not broadcast',
    () => x.add(zeros([4])),
    'Tensor.add expected a shape that broadcasts with [2, 3] for input 2, received [2, 3] and [4].',
    'shape-mismatch',
  ],
  [
    'gradients with respect to nothing',
    () => gradients(x, undefined as never),
    'gradients expected an array of tensors, such as `model.trainableWeights`, received nothing.',
    'argument-value',
  ],
  [
    'an operator of the language',
    () => (x as never) * 2,
    'An operator expected numbers, received Tensor float32 [2, 3].',
    'argument-value',
  ],
  [
    'no tensor',
    () => x.add('a' as never),
    'Tensor expected a tensor, a number or a truth value, received a.',
    'argument-value',
  ],
  [
    'an axis that is not there',
    () => x.sum(2),
    'Tensor.sum expected an axis from -2 to 1, received 2 for shape [2, 3].',
    'axis-out-of-range',
  ],
  [
    'an axis from the end that is not there',
    () => x.argmax(-3),
    'Tensor.argmax expected an axis from -2 to 1, received -3 for shape [2, 3].',
    'axis-out-of-range',
  ],
  [
    'an axis of a single number',
    () => tensor(1).max(0),
    'Tensor.max expected no axis: the tensor is a single number, received 0 for shape [].',
    'axis-out-of-range',
  ],
  [
    'an axis twice',
    () => x.sum([0, -2]),
    'Tensor.sum expected each axis once, received [0, -2].',
    'axis-out-of-range',
  ],
  [
    'a fraction as axis',
    () => x.sum(0.5),
    'sum axis expected an axis, a list of axes, or null for all, received 0.5.',
    'option-value',
  ],
  [
    'a truth value in place of options',
    () => x.mean(-1, true as never),
    'A tensor expected an object of options after the axis, received true.',
    'argument-value',
  ],
  [
    'a reshape to another size',
    () => x.reshape([4]),
    'Tensor.reshape expected a shape of 6 elements, at most one size being -1, received [4] for shape [2, 3].',
    'shape-mismatch',
  ],
  [
    'two open sizes',
    () => x.reshape([-1, -1]),
    'Tensor.reshape expected a shape of 6 elements, at most one size being -1, received [-1, -1] for shape [2, 3].',
    'shape-mismatch',
  ],
  [
    'an order that lacks an axis',
    () => x.transpose([0]),
    'Tensor.transpose expected each of the 2 axes once, received [0].',
    'axis-out-of-range',
  ],
  [
    'a squeeze of a wide axis',
    () => x.squeeze(0),
    'Tensor.squeeze expected axes of size 1, received axis 0 of shape [2, 3].',
    'shape-mismatch',
  ],
  [
    'a stretch of a wide axis',
    () => x.broadcastTo([3, 3]),
    'Tensor.broadcastTo expected a shape that [2, 3] stretches to, received [3, 3].',
    'shape-mismatch',
  ],
  [
    'a stretch to fewer axes',
    () => x.broadcastTo([3]),
    'Tensor.broadcastTo expected a shape that [2, 3] stretches to, received [3].',
    'shape-mismatch',
  ],
  [
    'a slice past the end',
    () => x.slice([0, 2], [2, 2]),
    'Tensor.slice expected start and size within shape [2, 3], one each an axis, steps other than 0, received start [0, 2], size [2, 2].',
    'shape-mismatch',
  ],
  [
    'a slice without a step',
    () => x.slice([0, 0], [1, 1], [1, 0]),
    'Tensor.slice expected start and size within shape [2, 3], one each an axis, steps other than 0, received start [0, 0], size [1, 1], step [1, 0].',
    'shape-mismatch',
  ],
  [
    'padding for another rank',
    () => x.pad([[1, 1]]),
    'Tensor.pad expected 2 pairs [before, after] of integers of 0 or more, received [[1,1]].',
    'argument-value',
  ],
  [
    'a product of rows that do not fit',
    () => x.matmul(ones([2, 3])),
    'Tensor.matmul expected shapes [..., m, k] and [..., k, n] whose leading axes broadcast, received [2, 3] and [2, 3].',
    'shape-mismatch',
  ],
  [
    'a product with a single number',
    () => x.matmul(tensor(1)),
    'Tensor.matmul expected shapes [..., m, k] and [..., k, n] whose leading axes broadcast, received [2, 3] and [].',
    'shape-mismatch',
  ],
  [
    'products of other batches',
    () => ones([2, 1, 1]).matmul(ones([3, 1, 1])),
    'Tensor.matmul expected shapes [..., m, k] and [..., k, n] whose leading axes broadcast, received [2, 1, 1] and [3, 1, 1].',
    'shape-mismatch',
  ],
  ['parts of other widths', () => concatenate([x, zeros([2, 4])], 0), 'Tensor.concatenate', 'shape-mismatch'],
  ['parts of other ranks', () => concatenate([x, zeros([3])], 0), 'Tensor.concatenate', 'shape-mismatch'],
  ['a stack of other shapes', () => stack([x, zeros([2, 4])]), 'Tensor.', 'shape-mismatch'],
  [
    'a shape that is a number',
    () => zeros(3 as never),
    'A tensor expected a shape: an array of integers of 0 or more, received 3.\n  fix    Write `[3]`.',
    'argument-value',
  ],
  [
    'a fraction in a shape',
    () => zeros([1.5]),
    'A tensor expected a shape: an array of integers of 0 or more, received [1.5].',
    'argument-value',
  ],
  [
    'a negative size of random numbers',
    () => random.uniform([-1]),
    'random expected a shape: an array of integers of 0 or more, received [-1].',
    'argument-value',
  ],
  [
    'a negative count',
    () => linspace(0, 1, -5),
    'linspace expected a count that is an integer of 0 or more, received -5.',
    'argument-value',
  ],
  [
    'an unknown type of values',
    () => tensor([1], { dtype: 'float64' as never }),
    "tensor expected a dtype: 'float32', 'int32', 'bool' or 'uint8', received 'float64'.",
    'argument-value',
  ],
  [
    'repeats that are no list',
    () => x.tile(2 as never),
    'Tensor.tile expected an array of integers of 0 or more, one each axis, received 2.',
    'argument-value',
  ],
  [
    'a fraction of repetitions',
    () => x.repeat(1.5),
    'Tensor.repeat expected an integer of 0 or more, received 1.5.',
    'argument-value',
  ],
  [
    'arrays instead of tensors',
    () => concatenate([[1, 2]] as never),
    'concatenate expected an array of tensors, received [[1, 2]].\n  fix    Make tensors first: `tensor([...])`.',
    'argument-value',
  ],
  [
    'a stack of arrays',
    () => stack([[1, 2]] as never),
    'stack expected an array of tensors, received [[1, 2]].',
    'argument-value',
  ],
  [
    'a seed that is no integer',
    () => setRandomSeed(1.5),
    'A seed expected an integer, received 1.5.',
    'argument-value',
  ],
  [
    'a seed that is no number',
    () => random.normal([1], { seed: 'x' as never }),
    "A seed expected an integer, received 'x'.",
    'argument-value',
  ],
  [
    'an array as the inputs of a program',
    () => identity.call([x] as never),
    'compiled expected inputs: an object of tensors by name, received [a Tensor].',
    'argument-value',
  ],
  [
    'a program without outputs',
    () => compiled(() => undefined as never).call({ x }),
    'compiled expected outputs: an object of tensors by name, received nothing.',
    'argument-value',
  ],
  [
    'more values than an input has',
    () => identity.bind({ x: tensor([1, 2]) }).write('x', [1, 2], 1),
    "write to 'x' expected elements 0 to 1, received '2 from 1 on'.",
    'argument-value',
  ],
  [
    'nothing to join',
    () => concatenate([]),
    'concatenate expected at least one tensor, received none.',
    'argument-value',
  ],
  [
    'a choice among numbers',
    () => where(true, 1, 2),
    'where expected at least one tensor, received none.',
    'argument-value',
  ],
  [
    'an equation of one input',
    () => einsum('m k -> m', x, x),
    "einsum expected an equation of two inputs such as 'm k, k n -> m n', each axis once in an input, output axes among the inputs', received 'm k -> m'.",
    'argument-value',
  ],
  [
    'an equation for other shapes',
    () => einsum('m k, k n -> m n', x, x),
    "Tensor.einsum expected axis 'k' of size 3 for input 2, received [2, 3] and [2, 3].",
    'shape-mismatch',
  ],
  [
    'an unknown type',
    () => x.cast('int64' as never),
    "cast dtype expected 'float32', 'int32', 'bool' or 'uint8', received 'int64'.",
    'name-unknown',
  ],
  [
    'a gradient of many numbers',
    () => grad((v) => v)(x),
    'grad expected a function that gives one number, received shape [2, 3].',
    'shape-mismatch',
  ],
];

describe('an error', () => {
  it.each(cases)('about %s says what was expected and what came', (_, act, message, code) => {
    expect(act).toThrow(message);
    expect(act).toThrow(expect.objectContaining({ code }) as Error);
  });
});

it('a tensor of one number is that number in a calculation', () => {
  expect(Number(tensor([3]))).toBe(3);
  expect(Number(tensor(true))).toBe(1);
  expect(`${tensor([1, 2])}`).toBe('[1. 2.]');
});
