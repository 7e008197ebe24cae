/** Loss and metrics over data, without training. */

import { problem } from '../core/errors.js';
import { CallbackList } from './callbacks/callback-list.js';
import type { ProgbarLogger } from './callbacks/progbar-logger.js';
import type { Compilation, Measures } from './compile.js';
import { runSteps } from './loop.js';
import type { Logs, Network } from './network.js';
import type { RunSettings } from './options.js';
import type { Pacer } from './pause.js';
import { progressMode } from './progress.js';
import type { Feed, Stepping } from './stepping.js';
import { testStep } from './steps.js';

interface Evaluation {
  readonly network: Network;
  readonly measures: Measures;
  readonly steps: Stepping;
  readonly callbacks: CallbackList;
  readonly pacer: Pacer;
  readonly progress?: ProgbarLogger;
}

export async function evaluate(
  network: Network,
  compilation: Compilation,
  feed: Feed,
  settings: RunSettings,
  pacer: Pacer,
): Promise<Logs> {
  const [measures, steps] = await bindTest(network, compilation, feed, pacer);
  try {
    const mode = progressMode(settings.verbose, 0);
    const params = { epochs: 1, steps: steps.count, verbose: mode };
    const callbacks = new CallbackList(settings.callbacks, network, params);
    const { progress } = callbacks;
    return await evaluateBound({ network, measures, steps, callbacks, pacer, progress });
  } finally {
    steps.release();
  }
}

/** Steps that measure, and what they measure with. */
export async function bindTest(
  network: Network,
  compilation: Compilation,
  feed: Feed,
  pacer: Pacer,
): Promise<readonly [Measures, Stepping]> {
  const measures = compilation.measuresFor(feed.sample.y.shape, network.outputShape!);
  return [measures, await feed.bind({ kind: 'test', step: testStep(network, measures) }, pacer)];
}

/** Runs all steps; also what validation during training does. */
export async function evaluateBound(run: Evaluation): Promise<Logs> {
  const { network, measures, steps, callbacks, pacer, progress } = run;
  network.stopEvaluating = false;
  await callbacks.tell('onTestBegin', {});
  await pacer.ready();
  measures.reset();
  steps.begin(true);
  const logsNow = () => measures.logs();
  const done = await runSteps({
    steps,
    callbacks,
    pacer,
    progress,
    hooks: ['onTestBatchBegin', 'onTestBatchEnd'],
    said: logsNow,
    shown: logsNow,
    isStopped: () => network.stopEvaluating,
  });
  await pacer.ready();
  if (done === 0) throw nothingLeft(network.subject);
  const logs = measures.logs();
  await callbacks.tell('onTestEnd', logs);
  return logs;
}

const nothingLeft = (subject: string) =>
  problem('empty-data', {
    subject,
    expected: 'at least one batch to measure on',
    received: 'a generator that has ended',
    fix: 'Give a function that makes it, which is called for each validation.',
  });
