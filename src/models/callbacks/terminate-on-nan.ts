import { problem } from '../../core/errors.js';
import { arg, bool } from '../../core/fields.js';
import type { Logs } from '../network.js';
import { printLine } from '../terminal.js';
import { callback } from './callback.js';
import { pythonNumber } from './python-number.js';

/**
 * Ends training after the batch in which the loss became NaN or infinite. It reads the loss after each batch, which
 * takes time.
 *
 * Throws a DataError with `raiseError`.
 *
 * Source: Keras's `TerminateOnNaN`.
 *
 * @example
 * new TerminateOnNaN();
 */
export class TerminateOnNaN extends /* @__PURE__ */ callback(
  'TerminateOnNaN',
  (raiseError = arg(bool(false))) => ({
    /** Whether `fit` is rejected with an error, in place of a message. */
    raiseError,
  }),
) {
  override onTrainBatchEnd(batch: number, { loss }: Logs) {
    if (Number.isFinite(loss)) return;
    if (this.config.raiseError) throw notFinite(batch, loss);
    printLine(`Batch ${batch}: Invalid loss, terminating training`);
    this.model.stopTraining = true;
  }
}

const notFinite = (batch: number, loss: number) =>
  problem('loss-not-finite', {
    subject: 'TerminateOnNaN',
    expected: 'a finite loss',
    received: `${pythonNumber(loss)} in batch ${batch}`,
    fix: 'Look for NaN in the data, or try a smaller learning rate.',
  });
