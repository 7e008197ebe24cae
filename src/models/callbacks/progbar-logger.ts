import type { Logs } from '../network.js';
import { Progress, type ProgressMode } from '../progress.js';
import { Callback, type RunParameters } from './callback.js';

/**
 * Shows how far a run is, as its `verbose` says. Every run has one after its other callbacks, so that their values are
 * shown too; an instance among the callbacks is used in its place.
 *
 * Source: Keras's `ProgbarLogger`.
 *
 * @example
 * new ProgbarLogger();
 */
export class ProgbarLogger extends Callback {
  /** Steps of the epoch so far. */
  seen = 0;
  /** Examples in an epoch of a training; null while that is not known. */
  samples: number | null = null;
  #progress = new Progress(0, 0, null);
  #isInFit = false;

  override setParams(params: RunParameters): void {
    super.setParams(params);
    this.#isInFit = false;
  }

  override onTrainBegin() {
    this.#isInFit = true;
  }

  override onEpochBegin(epoch: number) {
    this.#begin(this.params.epochs, epoch);
  }

  override onEpochEnd(_epoch: number, logs: Logs) {
    this.#end(logs);
  }

  // Validation is silent.
  override onTestBegin() {
    if (!this.#isInFit) this.#begin(null);
  }

  override onTestEnd(logs: Logs) {
    if (!this.#isInFit) this.#end(logs);
  }

  override onPredictBegin() {
    this.#begin(null);
  }

  override onPredictEnd() {
    this.#end({});
  }

  /** Draws, if the last time was some time ago. */
  draw(logs: () => Partial<Logs>): void {
    this.#progress.step(this.seen, logs);
  }

  /** At the very end of a training, however it came about: a place to put back what was changed. */
  close(): void {}

  #begin(epochs: number | null, epoch = 0): void {
    const { verbose, steps } = this.params;
    this.#progress = new Progress(verbose as ProgressMode, steps, epochs);
    this.#progress.begin(epoch);
    this.seen = 0;
  }

  #end(logs: Partial<Logs>): void {
    this.#progress.end(logs, this.seen);
  }
}
