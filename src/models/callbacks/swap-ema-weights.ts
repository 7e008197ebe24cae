import { problem } from '../../core/errors.js';
import { arg, bool } from '../../core/fields.js';
import { copyWeights } from '../../layers/weights.js';
import { callback } from './callback.js';

/**
 * Puts the running averages of the optimizer in place of the weights while the model is evaluated or predicts, and puts
 * the weights back after it.
 *
 * Throws a ConfigError where the optimizer keeps no averages.
 *
 * Source: Keras's `SwapEMAWeights`.
 *
 * @example
 * new SwapEMAWeights(true);
 */
export class SwapEMAWeights extends /* @__PURE__ */ callback(
  'SwapEMAWeights',
  (swapOnEpoch = arg(bool(false))) => ({
    /** Whether the averages are there from the end of an epoch to the beginning of the next, for other callbacks. */
    swapOnEpoch,
  }),
) {
  #isSwapped = false;

  override onEpochBegin() {
    if (this.config.swapOnEpoch) this.#swapTo(false);
  }

  override onEpochEnd(epoch: number) {
    if (!this.config.swapOnEpoch) return;
    this.#swapTo(true);
    // The end of training puts the averages in place once more: they must be what the weights are.
    if (epoch === this.params.epochs - 1 || this.model.stopTraining)
      for (const [weight, average] of this.model.optimizer!.averages) average.assign(weight);
  }

  override onTestBegin() {
    this.#swapTo(true);
  }

  override onTestEnd() {
    this.#swapTo(false);
  }

  override onPredictBegin() {
    this.#swapTo(true);
  }

  override onPredictEnd() {
    this.#swapTo(false);
  }

  #swapTo(isSwapped: boolean): void {
    const optimizer = this.model.optimizer!;
    if (!optimizer.config.useEma) throw noAverages(optimizer.className);
    if (this.#isSwapped === isSwapped) return;
    this.#isSwapped = isSwapped;
    for (const [weight, average] of optimizer.averages) {
      const [value] = copyWeights([weight]);
      weight.assign(average);
      average.assign(value!);
    }
  }
}

const noAverages = (optimizer: string) =>
  problem('option-value', {
    subject: 'SwapEMAWeights',
    expected: 'an optimizer with `useEma: true`',
    received: `${optimizer} with \`useEma: false\``,
    fix: `Compile with \`new ${optimizer}({ useEma: true })\`.`,
  });
