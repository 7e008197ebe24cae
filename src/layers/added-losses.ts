import { activeRecording } from '../tensor/recording.js';
import type { Tensor } from '../tensor/tensor.js';

/** What calls of a layer add to the loss: all calls within one traced program, or those of one call from outside. */
export class AddedLosses {
  #during: object | undefined;
  #isTraced = false;
  #values: Tensor[] = [];

  add(value: Tensor, during: object): void {
    if (this.#during !== during) this.#values = [];
    this.#during = during;
    this.#isTraced = activeRecording() !== undefined;
    this.#values.push(value);
  }

  /** Those of the program that is being traced; outside of one, those of the last call outside of one. */
  get current(): readonly Tensor[] {
    const recording = activeRecording();
    return (recording ? this.#during === recording : !this.#isTraced) ? this.#values : [];
  }
}
