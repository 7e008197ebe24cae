/** Compiled programs of a model, with their counters, kept until something that they were made of changes. */

import { currentBackend } from '../backends/choose.js';
import type { DType } from '../core/dtype.js';
import type { Shape } from '../core/shape.js';
import { changeCount, learntBy } from '../layers/changes.js';
import type { Layer } from '../layers/layer.js';
import { copyWeights } from '../layers/weights.js';
import type { BoundProgram, CompiledFunction } from '../tensor/compiled.js';
import type { Variable } from '../tensor/variable.js';
import type { Network } from './network.js';
import { Recent } from './recent.js';
import { batchCounter } from './steps.js';

/** What predicted last, for batches of this form. */
export interface LastPrediction {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly program: BoundProgram;
}

// A trace is small; a bound program keeps a place in the heap.
const keptSteps = 32;
const keptBound = 4;

export class Programs {
  /** Which batch of training comes next, and which of evaluation. */
  readonly batches: Readonly<Record<'train' | 'test', Variable>> = {
    train: batchCounter(),
    test: batchCounter(),
  };
  readonly #steps = new Recent<CompiledFunction>(keptSteps);
  readonly #bound = new Recent<BoundProgram>(keptBound, (program) => {
    program.release();
    if (this.lastPrediction?.program === program) this.lastPrediction = undefined;
  });
  #madeOf: readonly unknown[] = [];
  /** Nothing once its program is given back. */
  lastPrediction: LastPrediction | undefined;
  /** How many rows of a batch are computed at a time, by the form of the batch. */
  parts = new Map<string, number>();
  #changes = -1;
  #layers: readonly Layer[] | undefined;
  #evaluating: Promise<unknown> | null = null;

  /** A traced function by a name that tells all shapes and types in it. */
  step(key: string, make: () => CompiledFunction): CompiledFunction {
    return this.#steps.get(key, make);
  }

  /** A program that stays in place between calls. */
  bound(key: string, make: () => BoundProgram): BoundProgram {
    return this.#bound.get(key, make);
  }

  isBound(key: string): boolean {
    return this.#bound.has(key);
  }

  /** As `refresh`, but for predictions, which may take less time than a look at all layers. */
  refreshIfChanged(network: Network): void {
    const isSame = this.#changes === changeCount() && this.#layers === network.layers;
    if (!isSame || this.#madeOf[0] !== currentBackend()) this.refresh(network);
  }

  /** Forgets all programs if layers, what is trainable or learnt, or the backend have changed. */
  refresh({ layers, trainableWeights }: Network): void {
    this.#changes = changeCount();
    this.#layers = layers;
    // A frozen layer may compute something else, also one without weights that training changes.
    const madeOf: unknown[] = [currentBackend(), ...trainableWeights];
    for (const { allLayers } of layers)
      for (const layer of allLayers) madeOf.push(layer, layer.trainable, learntBy(layer));
    const before = this.#madeOf;
    const isSame = madeOf.length === before.length && madeOf.every((part, i) => part === before[i]);
    if (!isSame) this.clear();
    this.#madeOf = madeOf;
  }

  /** The evaluation that runs; training waits for it. */
  get evaluating(): Promise<unknown> | null {
    return this.#evaluating;
  }

  /** Runs an evaluation. A training that it comes between finds its counters and `sums` as they were. */
  evaluate<T>(sums: readonly Variable[], body: () => Promise<T>): Promise<T> {
    const variables = [...Object.values(this.batches), ...sums];
    const values = copyWeights(variables);
    const running = async () => {
      try {
        return await body();
      } finally {
        for (const [i, variable] of variables.entries()) variable.assign(values[i]!);
        this.#evaluating = null;
      }
    };
    const result = running();
    this.#evaluating = result;
    return result;
  }

  clear(): void {
    // Another one: who still looks for a part notes it in the old one.
    this.parts = new Map();
    this.#steps.clear();
    this.#bound.clear();
  }
}
