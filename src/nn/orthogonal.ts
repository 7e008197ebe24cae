import { problem } from '../core/errors.js';
import { float, int, maybe } from '../core/fields.js';
import { type Shape, showShape, sizeOf } from '../core/shape.js';
import { tensor } from '../tensor/create.js';
import { random } from '../tensor/random.js';
import type { Tensor } from '../tensor/tensor.js';
import { initializer } from './initializer.js';

/**
 * A matrix `[..., columns]` whose rows, or columns where they are fewer, are of length `gain` and orthogonal to each
 * other. Saxe et al. 2014.
 *
 * Throws    ShapeError for fewer than two axes
 *
 * @example
 * const rows = new Orthogonal({ seed: 1 }).call([2, 3]);
 * rows.matmul(rows.transpose()).toArray(); // [[1.00, 0.00], [0.00, 1.00]]
 */
export class Orthogonal extends /* @__PURE__ */ initializer(
  'Orthogonal',
  () => ({
    /** Factor on all values. */
    gain: float(1),
    /** Same seed, same numbers; without one, the next numbers of the global seed. */
    seed: maybe(int()),
  }),
  orthogonal,
) {}

function orthogonal(
  shape: Shape,
  { gain, seed }: { readonly gain: number; readonly seed: number | null },
): Tensor {
  if (shape.length < 2) {
    const expected = 'a shape of two axes or more';
    throw problem('shape-mismatch', { subject: 'Orthogonal', expected, received: showShape(shape) });
  }
  const [rows, columns] = [sizeOf(shape.slice(0, -1)), shape.at(-1)!];
  const [count, length] = rows < columns ? [rows, columns] : [columns, rows];
  const drawn = random.normal([count, length], { seed }).values();
  const vectors = Array.from({ length: count }, (_, i) =>
    Float64Array.from(drawn.subarray(i * length, (i + 1) * length)),
  );
  orthogonalize(vectors);
  const values = tensor(Float32Array.from(vectors.flatMap((v) => Array.from(v, (x) => gain * x))), {
    shape: [count, length],
  });
  return (rows < columns ? values : values.transpose()).reshape(shape);
}

/**
 * Takes from each vector what lies along those before it, twice, because once leaves rounding errors (Giraud et al. 2005),
 * and makes it 1 long. It is the Q of the QR factorization whose R has a positive diagonal.
 */
function orthogonalize(vectors: readonly Float64Array[]): void {
  for (const [i, v] of vectors.entries()) {
    for (const q of [...vectors.slice(0, i), ...vectors.slice(0, i)]) {
      const along = dot(q, v);
      for (let d = 0; d < v.length; d++) v[d]! -= along * q[d]!;
    }
    const norm = Math.sqrt(dot(v, v));
    for (let d = 0; d < v.length; d++) v[d]! /= norm;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += a[d]! * b[d]!;
  return sum;
}
