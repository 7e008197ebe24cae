/** The shortest solution of `matrix · solution ≈ answers` with the least sum of squared errors. */

import type { Matrix } from '../matrix.js';
import { backSubstituted } from './back-substitution.js';
import { singularValues } from './singular-values.js';
import { type Triangle, triangleOf } from './triangle.js';

export interface LeastSquares {
  /** `[matrix.columns, answers.columns]`. */
  readonly solution: Matrix;
  /** How many directions of the unknowns the equations tell of. */
  readonly rank: number;
}

/** Singular values of at most `tol` times the greatest count as none. */
export function leastSquares(matrix: Matrix, answers: Matrix, tol: number): LeastSquares {
  const triangle = triangleOf(matrix, answers);
  // Rounding is never counted, whatever `tol` says: the bound of numpy's `lstsq` and `matrix_rank`.
  const share = Math.max(tol, Math.max(matrix.rows, matrix.columns) * Number.EPSILON);
  const unique = backSubstituted(triangle, 1 / share);
  const { columns, rank } = unique ? { columns: unique, rank: triangle.size } : shortest(triangle, share);
  const count = columns.length;
  const values = new Float64Array(triangle.size * count);
  for (const [target, column] of columns.entries())
    for (let i = 0; i < column.length; i++) values[i * count + target] = column[i]!;
  return { solution: { values, rows: triangle.size, columns: count }, rank };
}

/** By singular values, of which those up to this share of the greatest count as none. */
function shortest({ size, matrix, answers }: Triangle, share: number) {
  const { rotated, rotation, values } = singularValues(matrix);
  const least = share * values.reduce((a, b) => Math.max(a, b), 0);
  const kept = [...values.keys()].filter((s) => values[s]! > least);
  const columns = answers.map((answer) => {
    const solution = new Float64Array(size);
    for (const s of kept) {
      const product = rotated[s]!.reduce((sum, x, i) => sum + x * answer[i]!, 0);
      const length = product / values[s]! ** 2;
      for (let i = 0; i < size; i++) solution[i]! += length * rotation[s]![i]!;
    }
    return solution;
  });
  return { columns, rank: kept.length };
}
