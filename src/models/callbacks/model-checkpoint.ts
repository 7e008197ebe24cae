import { problem } from '../../core/errors.js';
import { bool, either, float, int, maybe, oneOf } from '../../core/fields.js';
import type { Tensor } from '../../tensor/tensor.js';
import type { Logs } from '../network.js';
import { printLine } from '../terminal.js';
import type { RunParameters } from './callback.js';
import { monitorCallback } from './monitor.js';

/**
 * Keeps the model's weights in memory as training goes on: those of the last epoch, or of the best.
 *
 * Source: Keras's `ModelCheckpoint`.
 *
 * @example
 * const best = new ModelCheckpoint({ monitor: 'val_accuracy', saveBestOnly: true });
 * // await model.fit(x, y, { callbacks: [best], validationSplit: 0.2 });
 * // best.restore();
 */
export class ModelCheckpoint extends /* @__PURE__ */ monitorCallback('ModelCheckpoint', () => ({
  /** Whether weights are kept only when the value has got better. */
  saveBestOnly: bool(false),
  /** When weights are kept: after each epoch, or after so many batches, which may belong to several epochs. */
  saveFreq: { ...either(oneOf(['epoch']), int({ min: 1 })), fallback: 'epoch' as const },
  /** What the first value must beat. */
  initialValueThreshold: maybe(float()),
})) {
  /** The weights that were kept last; null before. */
  weights: readonly Tensor[] | null = null;
  /** The epoch in which they were kept, from 0. */
  epoch = 0;
  #epochNow = 0;
  #batches = 0;
  override best: number | null = this.config.initialValueThreshold;

  override setParams(params: RunParameters): void {
    super.setParams(params);
    // Only where it is needed: reading the logs of each batch takes time.
    if (this.config.saveFreq !== 'epoch') this.onTrainBatchEnd = (_batch, logs) => this.#batch(logs);
  }

  override onTrainBegin() {
    if (this.config.saveBestOnly) this.direction();
  }

  override onEpochBegin(epoch: number) {
    this.#epochNow = epoch;
  }

  override onEpochEnd(_epoch: number, logs: Logs) {
    if (this.config.saveFreq === 'epoch') this.#save(logs);
  }

  /** Gives the model the weights that were kept. */
  restore(): void {
    if (!this.weights) throw nothingKept();
    this.model.setWeights(this.weights);
  }

  #batch(logs: Logs): void {
    if (++this.#batches < Number(this.config.saveFreq)) return;
    this.#batches = 0;
    this.#save(logs);
  }

  #save(logs: Logs): void {
    const message = this.#decide(logs);
    if (this.config.verbose > 0) printLine(`\nEpoch ${this.#epochNow + 1}: ${message.text}`);
    if (!message.isKept) return;
    this.weights = this.model.getWeights();
    this.epoch = this.#epochNow;
  }

  /** Whether to keep the weights, and what to say. Without the value they are kept, as in Keras. */
  #decide(logs: Logs): { readonly isKept: boolean; readonly text: string } {
    const saving = 'saving weights in memory';
    const value = this.config.saveBestOnly ? this.watched(logs) : undefined;
    if (value === undefined) return { isKept: true, text: saving };
    const { monitor } = this.config;
    const before = this.best === null ? 'None' : this.best.toFixed(5);
    const isKept = this.isImprovement(value, this.best);
    if (!isKept) return { isKept, text: `${monitor} did not improve from ${before}` };
    this.best = value;
    return { isKept, text: `${monitor} improved from ${before} to ${value.toFixed(5)}, ${saving}` };
  }
}

const nothingKept = () =>
  problem('not-built', {
    subject: 'ModelCheckpoint.restore',
    expected: 'weights that training has kept',
    received: 'none so far',
    fix: 'Give the callback to `fit` first.',
  });
