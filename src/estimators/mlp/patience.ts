/** When a multilayer perceptron has learnt enough. Source: scikit-learn, `_update_no_improvement_count`. */

import { problem } from '../../core/errors.js';
import type { CallbackLike } from '../../models/callbacks/callback.js';
import type { Network } from '../../models/network.js';
import type { Tensor } from '../../tensor/tensor.js';

export interface PatienceOptions {
  /** Of the estimator, for messages. */
  readonly name: string;
  readonly learningRate: number;
  /** What is watched: the loss, or a score of which more is better. */
  readonly monitor: string;
  readonly tolerance: number;
  readonly patience: number;
}

/** Ends a training without improvement; one that watches a score goes back to the best weights. */
export class Patience implements CallbackLike {
  /** Whether it has ended the training. */
  hasEnded = false;
  #best = Number.NEGATIVE_INFINITY;
  #epochs = 0;
  #weights?: Tensor[];
  #model!: Network;

  constructor(readonly options: PatienceOptions) {}

  setModel(model: Network): void {
    this.#model = model;
  }

  /** Throws a DataError when the loss has become NaN or infinite: the weights are of no use any more. */
  onEpochEnd(epoch: number, logs: Readonly<Record<string, number>>): void {
    const { monitor, tolerance, patience } = this.options;
    if (!Number.isFinite(logs.loss)) throw lossNotFinite(this.options, logs.loss!, epoch);
    const isLoss = monitor === 'loss';
    const value = isLoss ? -logs[monitor]! : logs[monitor]!;
    // An improvement by the tolerance exactly counts of a score, and of the loss too.
    this.#epochs = value < this.#best + tolerance ? this.#epochs + 1 : 0;
    if (value > this.#best) {
      this.#best = value;
      if (!isLoss) this.#weights = this.#model.getWeights();
    }
    if (this.#epochs <= patience) return;
    this.hasEnded = true;
    this.#model.stopTraining = true;
  }

  onTrainEnd(): void {
    if (this.#weights) this.#model.setWeights(this.#weights);
  }
}

const lossNotFinite = ({ name, learningRate }: PatienceOptions, loss: number, epoch: number) =>
  problem('loss-not-finite', {
    subject: `${name}.fit`,
    expected: 'a finite loss',
    received: `${loss} in epoch ${epoch + 1}`,
    fix: `Take a smaller \`learningRateInit\` than ${learningRate}, or bring features and answers to one scale.`,
  });
