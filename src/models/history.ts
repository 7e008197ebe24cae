import type { Logs } from './network.js';

/**
 * What training leaves: for each name a list with one value an epoch.
 *
 * @example
 * const model = new Sequential([new Dense(1)]);
 * model.compile({ loss: 'mse' });
 * const { history } = await model.fit([[1], [2]], [1, 2], { epochs: 10, verbose: 0 });
 * history.loss!.length; // 10
 */
export class History {
  /** Values by name, such as `loss` and `val_accuracy`. */
  readonly history: Record<string, number[]> = {};
  /** Numbers of the epochs, from 0. */
  readonly epoch: number[] = [];

  add(epoch: number, logs: Logs): void {
    this.epoch.push(epoch);
    for (const [name, value] of Object.entries(logs)) {
      this.history[name] ??= [];
      this.history[name].push(value);
    }
  }
}
