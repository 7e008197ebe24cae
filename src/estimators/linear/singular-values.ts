/** Singular values by rotations of pairs of columns. Hestenes 1958, Jacobi's method from one side. */

/** `matrix · rotation` has orthogonal columns, whose lengths are the singular values. Columns one after another. */
export interface SingularValues {
  readonly rotated: readonly Float64Array[];
  readonly rotation: readonly Float64Array[];
  readonly values: Float64Array;
}

const mostSweeps = 60;

const dot = (a: Float64Array, b: Float64Array) => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

/** Turns two columns in their plane. */
function turn(a: Float64Array, b: Float64Array, cosine: number, sine: number): void {
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]!, b[i]!];
    a[i] = cosine * x - sine * y;
    b[i] = sine * x + cosine * y;
  }
}

export function singularValues(matrix: readonly Float64Array[]): SingularValues {
  const size = matrix.length;
  const rotated = matrix.map((column) => column.slice());
  const rotation = matrix.map((_, j) => Float64Array.from({ length: size }, (_, i) => Number(i === j)));
  for (let sweep = 0, isDone = false; !isDone && sweep < mostSweeps; sweep++) {
    isDone = true;
    for (let p = 0; p < size - 1; p++) {
      for (let q = p + 1; q < size; q++) {
        const [a, b] = [rotated[p]!, rotated[q]!];
        const [first, second, between] = [dot(a, a), dot(b, b), dot(a, b)];
        if (Math.abs(between) <= Number.EPSILON * Math.sqrt(first * second)) continue;
        isDone = false;
        const slope = (second - first) / (2 * between);
        const tangent = (slope < 0 ? -1 : 1) / (Math.abs(slope) + Math.hypot(1, slope));
        const cosine = 1 / Math.hypot(1, tangent);
        turn(a, b, cosine, cosine * tangent);
        turn(rotation[p]!, rotation[q]!, cosine, cosine * tangent);
      }
    }
  }
  return {
    rotated,
    rotation,
    values: Float64Array.from(rotated, (column) => Math.sqrt(dot(column, column))),
  };
}
