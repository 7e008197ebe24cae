import type { Logs } from '../network.js';
import { Callback } from './callback.js';

/**
 * What training leaves: for each name a list with one value an epoch. Every `fit` has one; an instance among its
 * callbacks is used in its place, and goes on with the lists of the last `fit`.
 *
 * Source: Keras's `History`.
 *
 * @example
 * const model = new Sequential([new Dense(1)]);
 * model.compile({ loss: 'mse' });
 * const { history } = await model.fit([[1], [2]], [1, 2], { epochs: 10, verbose: 0 });
 * history.loss!.length; // 10
 */
export class History extends Callback {
  /** Values by name, such as `loss` and `val_accuracy`. */
  readonly history: Record<string, number[]> = {};
  /** Numbers of the epochs of the last `fit`, from 0. */
  epoch: number[] = [];

  /** What `JSON.stringify` writes: not the model. */
  toJSON() {
    return { history: this.history, epoch: this.epoch };
  }

  override onTrainBegin() {
    this.epoch = [];
  }

  override onEpochEnd(epoch: number, logs: Logs) {
    this.add(epoch, logs);
  }

  add(epoch: number, logs: Logs): void {
    this.epoch.push(epoch);
    for (const [name, value] of Object.entries(logs)) {
      this.history[name] ??= [];
      this.history[name].push(value);
    }
  }
}
