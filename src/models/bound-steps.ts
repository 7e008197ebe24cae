/** The steps over a data set, bound to their places in the heap once. */

import type { TypedArray } from '../core/dtype.js';
import { sizeOf } from '../core/shape.js';
import type { BoundProgram } from '../tensor/compiled.js';
import { Tensor } from '../tensor/tensor.js';
import { type Examples, rowsOf } from './data-adapter.js';
import type { Programs } from './programs.js';
import type { Step } from './steps.js';
import { inOrder, onBatch } from './steps.js';

export interface BoundSteps {
  /** Steps in an epoch. */
  readonly count: number;
  readonly samples: number;
  /** Goes to the first step. */
  restart(): void;
  /** Runs one step; those before it since `restart` must have run. */
  run(step: number): void;
  /** Sets the order of the examples for the next epoch. */
  order(order: Int32Array): void;
  release(): void;
}

export interface StepKind {
  /** Tells programs of different steps apart. */
  readonly kind: 'train' | 'test';
  readonly step: Step;
  readonly batchSize: number;
}

/**
 * Whole batches are one program, which has the data set in its place and finds its rows itself. A smaller last batch
 * is another, into which its few rows are written, so that the data set lies in the heap only once.
 */
export function bindSteps(programs: Programs, kind: StepKind, { x, y }: Examples): BoundSteps {
  const { batchSize } = kind;
  const samples = x.shape[0]!;
  const whole = Math.floor(samples / batchSize);
  const rest = samples - whole * batchSize;
  const identity = Int32Array.from({ length: samples }, (_, i) => i);
  const full = whole > 0 ? bindWhole(programs, kind, { x, y }, identity) : null;
  const last = rest > 0 ? bindRest(programs, kind, { x, y }, rest) : null;
  return {
    count: whole + (last ? 1 : 0),
    samples,
    restart: () => programs.batches[kind.kind].assign(0),
    run: (step) => (step < whole ? full! : last!).run(),
    order(order) {
      full?.write('order', order);
      if (!last) return;
      const rows = order.subarray(samples - rest);
      last.write('x', pick(x, rows));
      last.write('y', pick(y, rows));
    },
    release() {
      full?.release();
      last?.release();
    },
  };
}

function bindWhole(
  programs: Programs,
  kind: StepKind,
  { x, y }: Examples,
  identity: Int32Array,
): BoundProgram {
  const { step, batchSize } = kind;
  const batch = programs.batches[kind.kind];
  const key = `${kind.kind} ${batchSize} of ${signature(x)} ${signature(y)}`;
  const order = new Tensor([identity.length], 'int32', { kind: 'data', values: identity });
  return programs.step(key, () => inOrder(step, batch, batchSize)).bind({ x, y, order });
}

function bindRest(
  programs: Programs,
  { kind, step }: StepKind,
  { x, y }: Examples,
  rest: number,
): BoundProgram {
  const samples = x.shape[0]!;
  const batch = { x: rowsOf(x, samples - rest, samples), y: rowsOf(y, samples - rest, samples) };
  const key = `${kind} ${signature(batch.x)} ${signature(batch.y)}`;
  return programs.step(key, () => onBatch(step)).bind(batch);
}

const signature = ({ dtype, shape }: Tensor) => `${dtype}[${shape}]`;

/** Some rows of the values, in this order. */
function pick(x: Tensor, rows: Int32Array): TypedArray {
  const step = sizeOf(x.shape.slice(1));
  const values = x.values();
  const picked = values.slice(0, rows.length * step);
  for (const [i, row] of rows.entries()) picked.set(values.subarray(row * step, (row + 1) * step), i * step);
  return picked;
}
