/** Householder's reflections: a tall system of equations becomes a triangle of the same solutions. Householder 1958. */

import type { Matrix } from '../matrix.js';

/** A square system, columns one after another. */
export interface Triangle {
  readonly size: number;
  readonly matrix: readonly Float64Array[];
  readonly answers: readonly Float64Array[];
}

const columnsOf = ({ values, rows, columns }: Matrix, length: number): Float64Array[] =>
  Array.from({ length: columns }, (_, j) => {
    const column = new Float64Array(length);
    for (let i = 0; i < rows; i++) column[i] = values[i * columns + j]!;
    return column;
  });

/** Reflects all columns so that the equations below the diagonal have no unknowns left. */
export function triangleOf(matrix: Matrix, answers: Matrix): Triangle {
  const size = matrix.columns;
  // Rows of zeros where there are fewer equations than unknowns ask for nothing.
  const length = Math.max(matrix.rows, size);
  const [left, right] = [columnsOf(matrix, length), columnsOf(answers, length)];
  for (let j = 0; j < size; j++) {
    const mirror = left[j]!.slice(j);
    const norm = Math.sqrt(mirror.reduce((sum, x) => sum + x * x, 0));
    if (norm === 0) continue;
    mirror[0]! += mirror[0]! < 0 ? -norm : norm;
    const square = mirror.reduce((sum, x) => sum + x * x, 0);
    for (const column of [...left.slice(j), ...right]) reflect(column, j, mirror, square);
  }
  const top = (column: Float64Array) => column.slice(0, size);
  return { size, matrix: left.map(top), answers: right.map(top) };
}

function reflect(column: Float64Array, from: number, mirror: Float64Array, square: number): void {
  let product = 0;
  for (let i = 0; i < mirror.length; i++) product += mirror[i]! * column[from + i]!;
  const share = (2 * product) / square;
  for (let i = 0; i < mirror.length; i++) column[from + i]! -= share * mirror[i]!;
}
