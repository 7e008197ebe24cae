/** Callbacks that change the learning rate between epochs. */

import { arg, float, functionOf, int } from '../../core/fields.js';
import { parseValue } from '../../core/schema.js';
import type { Logs } from '../network.js';
import { printLine } from '../terminal.js';
import { callback } from './callback.js';
import { monitorCallback } from './monitor.js';
import { pythonNumber } from './python-number.js';

type RateFunction = (epoch: number, rate: number) => number;

/**
 * Sets the learning rate before each epoch to `schedule(epoch, rate)`, epochs counted from 0. Logs have it as
 * `learning_rate`.
 *
 * Source: Keras's `LearningRateScheduler`.
 *
 * @example
 * new LearningRateScheduler((epoch, rate) => (epoch < 10 ? rate : rate * 0.9));
 */
export class LearningRateScheduler extends /* @__PURE__ */ callback(
  'LearningRateScheduler',
  (schedule = arg(functionOf<RateFunction>('a function of the epoch and the learning rate'))) => ({
    /** The learning rate of an epoch, from its number and the rate so far. */
    schedule,
    /** 1 tells the rate of each epoch. */
    verbose: int(0, { min: 0 }),
  }),
) {
  override onEpochBegin(epoch: number) {
    const optimizer = this.model.optimizer!;
    const given = this.config.schedule(epoch, optimizer.learningRate);
    const rate = parseValue('LearningRateScheduler schedule', float({ min: 0 }), given);
    optimizer.learningRate = rate;
    if (this.config.verbose === 0) return;
    const text = pythonNumber(rate);
    printLine(`\nEpoch ${epoch + 1}: LearningRateScheduler setting learning rate to ${text}.`);
  }

  override onEpochEnd(_epoch: number, logs: Logs) {
    logs.learning_rate = this.model.optimizer!.learningRate;
  }
}

/**
 * Makes the learning rate smaller when a value has stopped getting better. Logs have it as `learning_rate`.
 *
 * Source: Keras's `ReduceLROnPlateau`.
 *
 * @example
 * new ReduceLROnPlateau({ monitor: 'val_loss', factor: 0.5, patience: 3 });
 */
export class ReduceLROnPlateau extends /* @__PURE__ */ monitorCallback('ReduceLROnPlateau', () => ({
  /** What the learning rate is multiplied by. */
  factor: float(0.1, { below: 1 }),
  /** Epochs without improvement before the rate is made smaller. */
  patience: int(10, { min: 0 }),
  /** A change of no more than this does not count. */
  minDelta: float(1e-4),
  /** Epochs after a change of the rate that do not count. */
  cooldown: int(0, { min: 0 }),
  /** The rate never gets smaller than this. */
  minLr: float(0),
})) {
  #wait = 0;
  #cooldown = 0;

  override onTrainBegin() {
    this.direction();
    this.best = null;
    this.#wait = 0;
    this.#cooldown = 0;
  }

  override onEpochEnd(epoch: number, logs: Logs) {
    logs.learning_rate = this.model.optimizer!.learningRate;
    const value = this.watched(logs);
    if (value === undefined) return;
    if (this.#cooldown > 0) {
      this.#cooldown--;
      this.#wait = 0;
    }
    if (this.isImprovement(value, this.best)) {
      this.best = value;
      this.#wait = 0;
    } else if (this.#cooldown === 0 && ++this.#wait >= this.config.patience) this.#reduce(epoch);
  }

  #reduce(epoch: number): void {
    const { factor, minLr, cooldown, verbose } = this.config;
    const optimizer = this.model.optimizer!;
    const rate = optimizer.learningRate;
    if (rate <= Math.fround(minLr)) return;
    const less = Math.max(rate * factor, minLr);
    optimizer.learningRate = less;
    this.#cooldown = cooldown;
    this.#wait = 0;
    if (verbose === 0) return;
    const text = pythonNumber(less);
    printLine(`\nEpoch ${epoch + 1}: ReduceLROnPlateau reducing learning rate to ${text}.`);
  }
}
