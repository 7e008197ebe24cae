import { bool, float, int, maybe } from '../../core/fields.js';
import type { Tensor } from '../../tensor/tensor.js';
import type { Logs } from '../network.js';
import { printLine } from '../terminal.js';
import { monitorCallback } from './monitor.js';

/**
 * Ends training when a value has stopped getting better. An equal value is no improvement, and epoch 0 never stops.
 *
 * Source: Keras's `EarlyStopping`.
 *
 * @example
 * new EarlyStopping({ monitor: 'val_loss', patience: 5, restoreBestWeights: true })
 */
export class EarlyStopping extends /* @__PURE__ */ monitorCallback('EarlyStopping', () => ({
  /** A change of no more than this does not count. */
  minDelta: float(0),
  /** Epochs without improvement before stopping. */
  patience: int(0, { min: 0 }),
  /** What must be beaten for patience to begin anew. */
  baseline: maybe(float()),
  /** Whether to go back to the weights of the best epoch, also when a signal ends the training. */
  restoreBestWeights: bool(false),
  /** Epochs before this one are not watched. */
  startFromEpoch: int(0, { min: 0 }),
})) {
  /** The epoch after which training was stopped; 0 when it was not. */
  stoppedEpoch = 0;
  bestEpoch = 0;
  #wait = 0;
  #bestWeights: Tensor[] | null = null;

  override onTrainBegin() {
    this.direction();
    Object.assign(this, { stoppedEpoch: 0, best: null, bestEpoch: 0 });
    this.#wait = 0;
    this.#bestWeights = null;
  }

  override onEpochEnd(epoch: number, logs: Logs) {
    const value = this.watched(logs);
    if (value === undefined || epoch < this.config.startFromEpoch) return;
    if (this.config.restoreBestWeights && !this.#bestWeights) this.#keepWeights(epoch);
    this.#wait++;
    if (this.isImprovement(value, this.best)) this.#improve(epoch, value);
    else if (this.#wait >= this.config.patience && epoch > 0) {
      this.stoppedEpoch = epoch;
      this.model.stopTraining = true;
    }
  }

  override onTrainEnd() {
    const tells = this.config.verbose > 0;
    if (tells && this.stoppedEpoch > 0) printLine(`Epoch ${this.stoppedEpoch + 1}: early stopping`);
    if (!this.#bestWeights) return;
    if (tells) printLine(`Restoring model weights from the end of the best epoch: ${this.bestEpoch + 1}.`);
    this.model.setWeights(this.#bestWeights);
  }

  #improve(epoch: number, value: number): void {
    this.best = value;
    this.bestEpoch = epoch;
    if (this.config.restoreBestWeights) this.#keepWeights(epoch);
    if (this.isImprovement(value, this.config.baseline)) this.#wait = 0;
  }

  #keepWeights(epoch: number): void {
    this.#bestWeights = this.model.getWeights();
    this.bestEpoch = epoch;
  }
}
