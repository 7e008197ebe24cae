/** Small drafts for tests of passes. */
import type { Draft } from '../../src/compiler/draft.js';
import { type DType, elementTypes } from '../../src/core/dtype.js';
import { Axis } from '../../src/loops/axis.js';
import { type Buffer, type Coordinate, load } from '../../src/loops/expression.js';
import { type Kernel, storeAtPoint } from '../../src/loops/kernel.js';
import { printKernel } from '../../src/loops/print.js';
import type { External } from '../../src/loops/program.js';
import { Scalar } from '../../src/loops/scalar.js';

export const buffer = (name: string, shape: readonly number[] = [4], dtype: DType = 'float32'): Buffer => ({
  name,
  shape,
  dtype,
});

/** An element of an array as a formula sees it. */
export const read = (from: Buffer, at: readonly (Axis | Coordinate)[], fill = 0): Scalar =>
  new Scalar(
    load(
      from,
      at.map((a) => (a instanceof Axis ? a.index : a)),
      fill,
    ),
  );

/** A kernel that stores a formula at each point of the target's shape. */
export function kernel(target: Buffer, formula: (axes: readonly Axis[]) => Scalar): Kernel {
  const axes = target.shape.map((n, d) => new Axis('ijkl'[d]!, n));
  const value = formula(axes).to(elementTypes[target.dtype].scalar).expression;
  return { name: target.name, axes, stores: [storeAtPoint(target, axes, value)], path: '' };
}

/** A kernel that adds up what stands at the same place of each of its inputs. */
export const sumOf = (target: Buffer, ...inputs: readonly Buffer[]): Kernel =>
  kernel(target, (axes) => inputs.map((b) => read(b, axes)).reduce((a, b) => a.add(b)));

export const external = (role: External['role'], of: Buffer): External => ({ buffer: of, role });

export const draftOf = (
  kernels: readonly Kernel[],
  externals: readonly External[],
  results: Draft['results'] = [],
): Draft => ({
  kernels,
  externals,
  results,
});

/** The first line of each kernel's stores: what is computed into what. */
export const storesOf = ({ kernels }: Pick<Draft, 'kernels'>): string[] =>
  kernels.flatMap((k) =>
    printKernel(k)
      .split('\n')
      .slice(1)
      .map((line) => line.trim()),
  );
