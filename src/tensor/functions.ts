/** Functions of several tensors. */
import { problem } from '../core/errors.js';
import { check, frontAxis, misuse } from '../ops/fields.js';
import * as ops from '../ops/index.js';
import { type Operand, Tensor } from './tensor.js';

const first = (xs: readonly Operand[], name: string): Tensor => {
  const found = xs.find((x): x is Tensor => x instanceof Tensor);
  if (found) return found;
  throw problem('argument-value', { subject: name, expected: 'at least one tensor', received: 'none' });
};

/** Refuses what is no list of tensors, and the empty list. */
function checkList(tensors: readonly Tensor[], subject: string): void {
  const isFine = Array.isArray(tensors) && tensors.every((x) => x instanceof Tensor);
  check(isFine, subject, 'an array of tensors', tensors, 'Make tensors first: `tensor([...])`.');
  first(tensors, subject);
}

/** Tensors one after another along an axis. */
export function concatenate(tensors: readonly Tensor[], axis = 0): Tensor {
  checkList(tensors, 'concatenate');
  return tensors.length === 1 ? tensors[0]! : ops.concatenate(tensors, { axis });
}

/** Tensors of one shape side by side along a new axis. */
export function stack(tensors: readonly Tensor[], axis = 0): Tensor {
  checkList(tensors, 'stack');
  const rows = tensors.map((x) => x.expandDims(axis));
  return concatenate(rows, axis);
}

/** Parts along an axis: so many of equal size, or one before each of these indices and one after the last. */
export function split(x: Tensor, sections: number | readonly number[], axis = 0): Tensor[] {
  const at = frontAxis(axis, x.shape, 'split');
  const size = x.shape[at]!;
  const isFine = typeof sections !== 'number' || (sections > 0 && size % sections === 0);
  const expected = `a number of parts that divides the ${size} elements along axis ${axis}`;
  if (!isFine) throw misuse('shape-mismatch', 'split', expected, `${sections}`);
  const ends =
    typeof sections === 'number'
      ? Array.from({ length: sections }, (_, i) => ((i + 1) * size) / sections)
      : [...sections, size];
  return ends.map((end, i) => {
    const start = ends[i - 1] ?? 0;
    return x.slice(
      x.shape.map((_, d) => (d === at ? start : 0)),
      x.shape.with(at, end - start),
    );
  });
}

/** `a` where the condition holds, else `b`; the three broadcast. */
export const where = (condition: Operand, a: Operand, b: Operand): Tensor => {
  const some = first([condition, a, b], 'where');
  const [yes, no] = [a, b].map((x) => (a instanceof Tensor ? a : b instanceof Tensor ? b : some).lift(x));
  return ops.where(some.lift(condition), yes!, no!);
};

/**
 * Sum of products over the axes that the output does not name.
 *
 * @example
 * const [a, b] = [ones([2, 3]), ones([3, 4])];
 * einsum('m k, k n -> m n', a, b).shape; // [2, 4]
 */
export const einsum = (equation: string, a: Tensor, b: Tensor): Tensor => ops.einsum(a, b, { equation });
