// What must compile, and, below each `@ts-expect-error`, what must not.
import { type DType, gradients, ones, ShapeError, tensor, Variable, zeros } from 'myelin';

const x = tensor([
  [1, 2],
  [3, 4],
]);
const shape: readonly number[] = x.shape;
const dtype: DType = x.dtype;
const chained = x.add(1).mul(x).sum(0, { keepDims: true }).reshape([-1]);
const masked = x.greater(0).logicalAnd(true).cast('int32');
const [gradient] = gradients(chained.sum(), [x]);
const weight = new Variable(zeros([2]), { name: 'weight' });
weight.assign(ones([2]));

export { dtype, gradient, masked, shape };

// @ts-expect-error a shape cannot be changed
x.shape[0] = 3;
// @ts-expect-error strings are no numbers
tensor(['a', 'b']);
// @ts-expect-error a misspelt dtype
zeros([2], { dtype: 'float33' });
// @ts-expect-error a misspelt option
x.sum(0, { keepdims: true });
// @ts-expect-error an operand is a tensor, a number or a truth value
x.add('1');
// @ts-expect-error a Tensor is no number
const sum: number = x.sum();
// @ts-expect-error Tensors are immutable; Variables are assigned
x.assign(x);

export const caught = (error: unknown): string =>
  error instanceof ShapeError ? error.expected : String(sum);
