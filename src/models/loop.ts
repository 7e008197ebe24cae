/** The loop over the steps of an epoch, of an evaluation or of a prediction. */

import type { Hooks } from './callbacks/callback.js';
import type { CallbackList } from './callbacks/callback-list.js';
import type { ProgbarLogger } from './callbacks/progbar-logger.js';
import type { Pacer } from './pause.js';
import type { Stepping } from './stepping.js';

type Ended = 'onTrainBatchEnd' | 'onTestBatchEnd' | 'onPredictBatchEnd';

/** What runs, and who is told. */
export interface Loop<End extends Ended> {
  readonly steps: Stepping;
  readonly callbacks: CallbackList;
  readonly pacer: Pacer;
  readonly progress?: ProgbarLogger | undefined;
  readonly hooks: readonly [
    begin: 'onTrainBatchBegin' | 'onTestBatchBegin' | 'onPredictBatchBegin',
    end: End,
  ];
  /** What listeners to the ends of batches are told. */
  readonly said: () => Parameters<NonNullable<Hooks[End]>>[1];
  /** What the bar shows. */
  readonly shown: () => Readonly<Record<string, number>>;
  readonly isStopped: () => boolean;
}

// Less than the time between two turns of the event loop.
const sliceMilliseconds = 4;

/**
 * Runs the steps until there are no more, and says how many there were. Without listeners many run in one call, and
 * nothing happens between two calls but a look at signal and clock.
 */
export async function runSteps<End extends Ended>(loop: Loop<End>): Promise<number> {
  const { steps, callbacks, pacer, progress, isStopped } = loop;
  const [begin, end] = loop.hooks;
  const [begins, ends] = [callbacks.hears(begin), callbacks.hears(end)];
  const slice = begins || ends ? 0 : sliceMilliseconds;
  for (let batch = 0; ; ) {
    const ready = steps.ready();
    if (!(typeof ready === 'boolean' ? ready : await ready)) return batch;
    if (begins) await callbacks.tell(begin, batch, {});
    const other = pacer.ready();
    if (other) await other;
    batch += steps.run(slice);
    if (ends) await callbacks.tell(end, ...([batch - 1, loop.said()] as Parameters<NonNullable<Hooks[End]>>));
    if (progress) progress.seen = batch;
    if (isStopped()) return batch;
    if (!pacer.isDue) continue;
    progress?.draw(loop.shown);
    await pacer.pause();
  }
}
