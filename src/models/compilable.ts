/** What a model is beside its layers: how it is compiled, its weights, and its programs. */

import { inContext, problem } from '../core/errors.js';
import type { PartialShape } from '../core/shape.js';
import { type CallContext, Layer } from '../layers/layer.js';
import { replaceWeights } from '../layers/weights.js';
import type { LossOption } from '../nn/choose.js';
import type { Optimizer } from '../nn/optimizers/optimizer.js';
import type { Tensor } from '../tensor/tensor.js';
import { Compilation, type CompileOptions } from './compile.js';
import type { Inputs, Numbers } from './data-adapter.js';
import { findLayer } from './names.js';
import type { Network } from './network.js';
import { Programs } from './programs.js';
import { type SummaryOptions, summaryText } from './summary.js';
import { printLine } from './terminal.js';

/** Layers under one name, which is a layer too, that can be compiled. */
export abstract class CompilableModel extends Layer implements Network {
  stopTraining = false;
  stopEvaluating = false;
  stopPredicting = false;
  protected programs: Programs = new Programs();
  #compilation: Compilation | null = null;

  abstract readonly layers: readonly Layer[];
  abstract readonly inputShape: PartialShape | null;
  abstract readonly outputShape: PartialShape | null;
  /** Output shape of each layer, batch axis first; null where it is not known yet. */
  abstract outputShapeOf(layer: Layer): PartialShape | null;
  /** What the model computes, on tensors of any kind. */
  abstract forward(x: Tensor, context?: CallContext): Tensor;
  abstract encode(given: Inputs): Numbers;

  /** Chooses what to train with. Training starts anew with the optimizer's state, not with the weights. */
  compile(options: CompileOptions): void {
    this.#compilation = inContext('model.compile', () => new Compilation(options));
    this.programs.clear();
    // A run that has not ended goes on with what it began with, and leaves nothing behind.
    this.programs = new Programs();
  }

  /** What `compile` chose; null before. */
  get compilation(): Compilation | null {
    return this.#compilation;
  }

  get optimizer(): Optimizer | null {
    return this.#compilation?.optimizer ?? null;
  }

  /** The loss that was given to `compile`; null before. */
  get loss(): LossOption | null {
    return this.#compilation?.loss ?? null;
  }

  /** Names of what `evaluate` returns: `loss`, then the metrics. */
  get metricsNames(): readonly string[] {
    return this.#compilation?.names ?? [];
  }

  /** Forgets what loss and metrics have gathered. Every run and every batch of `trainOnBatch` begins so by itself. */
  resetMetrics(): void {
    this.#compilation?.reset();
  }

  protected override get innerLayers(): readonly Layer[] {
    return this.layers;
  }

  override get builtShape(): PartialShape | null {
    return this.inputShape;
  }

  /** The layers inside hand on masks themselves. */
  override computeMask(): Tensor | null {
    return null;
  }

  /** Number of elements of all weights. */
  override countParams(): number {
    return this.layers.reduce((total, layer) => total + layer.countParams(), 0);
  }

  /** Replaces all weights, none of them unless all fit. */
  override setWeights(values: readonly Numbers[]): void {
    const names = this.layers.flatMap(({ name, weights }) =>
      weights.map((weight) => `${name}/${weight.name}`),
    );
    replaceWeights(this.subject, this.weights, values, names);
  }

  /** A layer by name, or by place from 0 on; negative places count from the end. */
  getLayer(which: string | number): Layer {
    return findLayer(this.subject, this.layers, which);
  }

  /** Prints a table of layers, output shapes and parameter counts, as Keras does. */
  summary({ printFn = printLine, ...options }: SummaryOptions = {}): void {
    printFn(summaryText(this, options));
  }

  /** What `compile` chose, for a method that needs it. */
  protected compiled(method: string): Compilation {
    if (this.#compilation) return this.#compilation;
    throw problem('not-compiled', {
      subject: this.subject,
      expected: `\`compile\` before \`${method}\``,
      received: 'no loss and no optimizer',
      fix: "Call `model.compile({ optimizer: 'adam', loss: 'mse' })` first.",
    });
  }

  /** The error for a method that runs already. */
  protected alreadyRunning(method: string) {
    return problem('already-running', {
      subject: this.subject,
      expected: `one \`${method}\` at a time`,
      received: 'a second one',
      fix: `Wait for the first: \`await model.${method}(…)\`.`,
    });
  }
}
