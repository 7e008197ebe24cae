/** Loss and metrics over a data set, without training. */

import { type BoundSteps, bindSteps } from './bound-steps.js';
import { CallbackList } from './callbacks.js';
import type { Compilation, Measures } from './compile.js';
import type { Examples } from './data-adapter.js';
import type { Logs, Network } from './network.js';
import type { RunSettings } from './options.js';
import { Pacer } from './pause.js';
import type { Programs } from './programs.js';
import { Progress, progressMode } from './progress.js';
import { testStep } from './steps.js';

interface Evaluation {
  readonly measures: Measures;
  readonly callbacks: CallbackList;
  readonly pacer: Pacer;
  readonly progress?: Progress;
}

interface Evaluated {
  readonly network: Network;
  readonly compilation: Compilation;
  readonly programs: Programs;
}

export async function evaluate(
  { network, compilation, programs }: Evaluated,
  examples: Examples,
  settings: RunSettings,
): Promise<Logs> {
  const { batchSize } = settings;
  const pacer = new Pacer(settings.signal);
  const measures = compilation.measuresFor(examples.y.shape, network.outputShape!);
  const step = testStep(network, measures);
  const steps = bindSteps(programs, { kind: 'test', step, batchSize }, examples);
  const mode = progressMode(settings.verbose, 0);
  const params = { epochs: 1, steps: steps.count, verbose: mode };
  const callbacks = new CallbackList(settings.callbacks, network, params);
  const progress = new Progress(mode, steps.count, null);
  try {
    progress.begin(0);
    const logs = await evaluateBound({ measures, callbacks, pacer, progress }, steps);
    progress.end(logs);
    return logs;
  } finally {
    steps.release();
  }
}

/** Runs all steps; also what validation during training does. */
export async function evaluateBound(
  { measures, callbacks, pacer, progress }: Evaluation,
  steps: BoundSteps,
): Promise<Logs> {
  const [begins, ends] = [callbacks.hears('onTestBatchBegin'), callbacks.hears('onTestBatchEnd')];
  await callbacks.tell('onTestBegin', {});
  await pacer.ready();
  measures.reset();
  steps.restart();
  for (let batch = 0; batch < steps.count; batch++) {
    if (begins) await callbacks.tell('onTestBatchBegin', batch, {});
    const other = pacer.ready();
    if (other) await other;
    steps.run(batch);
    if (ends) await callbacks.tell('onTestBatchEnd', batch, measures.logs());
    if (!pacer.isDue) continue;
    progress?.step(batch + 1, () => measures.logs());
    await pacer.pause();
  }
  await pacer.ready();
  const logs = measures.logs();
  await callbacks.tell('onTestEnd', logs);
  return logs;
}
