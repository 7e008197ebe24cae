/** A triangle of equations solved from its last row up, where rounding allows. */

import type { Triangle } from './triangle.js';

// Beyond it too few digits are right, and which directions count is for the singular values to say.
const worstCondition = 1e10;

const absoluteSum = (column: Float64Array) => column.reduce((sum, x) => sum + Math.abs(x), 0);

/** The `x` of `matrix · x = answer`; only the entries of the triangle are looked at. */
function solved(matrix: readonly Float64Array[], answer: Float64Array): Float64Array {
  const x = answer.slice();
  for (let j = x.length - 1; j >= 0; j--) {
    const column = matrix[j]!;
    x[j]! /= column[j]!;
    const value = x[j]!;
    if (value !== 0) for (let i = 0; i < j; i++) x[i]! -= column[i]! * value;
  }
  return x;
}

/** One solution for each of the answers, or nothing where the condition of the triangle may be `most` or worse. */
export function backSubstituted(
  { size, matrix, answers }: Triangle,
  most: number,
): Float64Array[] | undefined {
  let [norm, inverse] = [0, 0];
  for (let j = 0; j < size; j++) {
    if (matrix[j]![j] === 0) return undefined;
    const unit = Float64Array.from({ length: size }, (_, i) => Number(i === j));
    norm = Math.max(norm, absoluteSum(matrix[j]!));
    inverse = Math.max(inverse, absoluteSum(solved(matrix, unit)));
  }
  // The condition by greatest sums is at least a `size`-th of that by singular values.
  const condition = size * norm * inverse;
  return condition < Math.min(most, worstCondition)
    ? answers.map((answer) => solved(matrix, answer))
    : undefined;
}
