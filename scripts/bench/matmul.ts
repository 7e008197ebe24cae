/** Products of matrices through `Tensor.matmul`, in GFLOP/s. */
import { uniform } from './data.js';
import { identity, type Library } from './networks.js';
import { report, typical } from './timing.js';

/** Rows, inner size, columns. */
const shapes = [
  [32, 784, 128],
  [128, 784, 128],
  [512, 512, 512],
  [1024, 1024, 1024],
] as const;

/**
 * `gflops`: with the factors and the result in place, as they lie within a program. `eager_gflops`: `a.matmul(b).data()`,
 * which copies both factors in and the result out.
 */
export async function matmul(library: Library): Promise<void> {
  const { tensor, compiled } = library;
  for (const [rows, inner, columns] of shapes) {
    const a = tensor(uniform(rows * inner, 5), { shape: [rows, inner] });
    const b = tensor(uniform(inner * columns, 6), { shape: [inner, columns] });
    const bound = compiled(({ a, b }) => ({ c: a!.matmul(b!) })).bind({ a, b });
    const gigaflop = (2 * rows * inner * columns) / 1e9;
    const bySecond = async (task: () => unknown) => gigaflop / ((await typical(task)) / 1000);
    report({
      ...identity(library),
      workload: `sgemm ${rows}x${inner}x${columns}`,
      gflops: await bySecond(() => bound.run()),
      eager_gflops: await bySecond(() => a.matmul(b).data()),
    });
    bound.release();
  }
}
