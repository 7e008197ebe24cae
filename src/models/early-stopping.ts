import { problem } from '../core/errors.js';
import { bool, float, int, maybe, oneOf, wordLike } from '../core/fields.js';
import { warnOnce } from '../core/warnings.js';
import type { Tensor } from '../tensor/tensor.js';
import { callback } from './callbacks.js';
import type { Logs } from './network.js';

// Names whose values are better when they are greater, and when they are less.
const gains = /acc|auc|precision|recall|f1|iou|r2/i;
const costs = /loss|error|crossentropy|(^|_)(ms|ma|rms|bc|c)e$/i;

/**
 * Ends training when a value has stopped getting better. An equal value is no improvement, and epoch 0 never stops.
 *
 * Source: Keras's `EarlyStopping`.
 *
 * @example
 * new EarlyStopping({ monitor: 'val_loss', patience: 5, restoreBestWeights: true })
 */
export class EarlyStopping extends /* @__PURE__ */ callback('EarlyStopping', () => ({
  /** Name of the value to watch. */
  monitor: wordLike(['loss', 'val_loss', 'accuracy', 'val_accuracy'], 'val_loss'),
  /** A change of no more than this does not count. */
  minDelta: float(0),
  /** Epochs without improvement before stopping. */
  patience: int(0, { min: 0 }),
  /** 1 tells when training was stopped. */
  verbose: int(0, { min: 0 }),
  /** Whether less or more is better; `'auto'` goes by the name, and is an error where the name does not tell. */
  mode: oneOf(['auto', 'min', 'max'], 'auto'),
  /** What must be beaten for patience to begin anew. */
  baseline: maybe(float()),
  /** Whether to go back to the weights of the best epoch, also when a signal ends the training. */
  restoreBestWeights: bool(false),
  /** Epochs before this one are not watched. */
  startFromEpoch: int(0, { min: 0 }),
})) {
  /** The epoch after which training was stopped; 0 when it was not. */
  stoppedEpoch = 0;
  /** The best value so far. */
  best: number | null = null;
  bestEpoch = 0;
  #wait = 0;
  #bestWeights: Tensor[] | null = null;

  override onTrainBegin() {
    const { mode, monitor } = this.config;
    if (mode === 'auto' && !gains.test(monitor) && !costs.test(monitor)) throw untold(monitor);
    this.stoppedEpoch = 0;
    this.best = null;
    this.bestEpoch = 0;
    this.#wait = 0;
    this.#bestWeights = null;
  }

  override onEpochEnd(epoch: number, logs: Logs) {
    const value = this.#watched(logs);
    if (value === undefined || epoch < this.config.startFromEpoch) return;
    if (this.config.restoreBestWeights && !this.#bestWeights) this.#keepWeights(epoch);
    this.#wait++;
    if (this.#isBetter(value, this.best)) this.#improve(epoch, value);
    else if (this.#wait >= this.config.patience && epoch > 0) {
      this.stoppedEpoch = epoch;
      this.model.stopTraining = true;
    }
  }

  override onTrainEnd() {
    const tells = this.config.verbose > 0;
    if (tells && this.stoppedEpoch > 0) console.log(`Epoch ${this.stoppedEpoch + 1}: early stopping`);
    if (!this.#bestWeights) return;
    if (tells) console.log(`Restoring model weights from the end of the best epoch: ${this.bestEpoch + 1}.`);
    this.model.setWeights(this.#bestWeights);
  }

  #improve(epoch: number, value: number): void {
    this.best = value;
    this.bestEpoch = epoch;
    if (this.config.restoreBestWeights) this.#keepWeights(epoch);
    if (this.#isBetter(value, this.config.baseline)) this.#wait = 0;
  }

  #keepWeights(epoch: number): void {
    this.#bestWeights = this.model.getWeights();
    this.bestEpoch = epoch;
  }

  #isBetter(value: number, than: number | null): boolean {
    if (than === null) return true;
    const change = Math.abs(this.config.minDelta);
    const { mode, monitor } = this.config;
    const isGain = mode === 'auto' ? gains.test(monitor) : mode === 'max';
    return isGain ? value - change > than : value + change < than;
  }

  #watched(logs: Logs): number | undefined {
    const { monitor } = this.config;
    const value = logs[monitor];
    if (value === undefined) {
      const fix = monitor.startsWith('val_') ? ' Give `fit` a `validationSplit` or `validationData`.' : '';
      const known = Object.keys(logs).join(', ');
      warnOnce(
        `EarlyStopping ${monitor}`,
        `EarlyStopping watches '${monitor}', but the logs have ${known}.${fix}`,
      );
    }
    return value;
  }
}

const untold = (monitor: string) =>
  problem('option-value', {
    subject: 'EarlyStopping mode',
    expected: `'min' or 'max' for '${monitor}', whose name does not tell which is better`,
    received: "'auto'",
    fix: "Write `mode: 'max'` if more is better, else `mode: 'min'`.",
  });
