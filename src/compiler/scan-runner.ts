/** Runs a scan without a schedule: the kernels of a step, again and again, on rows of plain arrays. */
import type { TypedArray } from '../core/dtype.js';
import { type Buffer, elementsOf } from '../loops/expression.js';
import type { Arrays, Kernel, Runner } from '../loops/kernel.js';
import type { External, MemoryPlan } from '../loops/program.js';

/** The kernels of a step. */
export interface StepKernels {
  readonly kernels: readonly Kernel[];
  readonly externals: readonly External[];
  readonly memory: MemoryPlan;
}

/** An array of the step, and which array of the scan it is, or a row of it. */
export interface Link {
  readonly inner: Buffer;
  /** Absent for a carry whose last value nobody needs. */
  readonly outer?: Buffer | undefined;
  /** Whether each step has the next row. */
  readonly moves: boolean;
  /** What a carry begins with. */
  readonly first?: Buffer | undefined;
}

/** A scan ready to be run. */
export interface ReadyScan extends StepKernels {
  readonly length: number;
  readonly reverse: boolean;
  readonly links: readonly Link[];
}

export function runnerOfScan(
  { kernels, links, length, reverse }: ReadyScan,
  runnerOf: (kernel: Kernel) => Runner,
  allocate: (buffer: Buffer) => TypedArray,
): Runner {
  const runners = kernels.map(runnerOf);
  const own: Arrays = new Map();
  const buffers = [...kernels.flatMap((k) => k.stores.map((s) => s.buffer)), ...links.map((l) => l.inner)];
  for (const buffer of buffers) if (!own.has(buffer.name)) own.set(buffer.name, allocate(buffer));
  return (arrays) => {
    const inside: Arrays = new Map(own);
    for (const { inner, outer, first } of links) {
      if (outer) inside.set(inner.name, arrays.get(outer.name)!);
      if (first) inside.get(inner.name)!.set(arrays.get(first.name)!);
    }
    const rows = links.filter((l) => l.moves);
    for (let i = 0; i < length; i++) {
      const t = reverse ? length - 1 - i : i;
      for (const { inner, outer } of rows) {
        const size = elementsOf(inner);
        inside.set(inner.name, arrays.get(outer!.name)!.subarray(t * size, (t + 1) * size));
      }
      for (const run of runners) run(inside);
    }
  };
}
