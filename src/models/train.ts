/** The training loop: epochs of steps, each step one call of a program. */

import { CallbackList } from './callbacks/callback-list.js';
import type { History } from './callbacks/history.js';
import { type Compilation, type Measures, sortedLogs } from './compile.js';
import { explainNaN } from './diagnose.js';
import { bindTest, evaluateBound } from './evaluate.js';
import { runSteps } from './loop.js';
import type { Logs, Network } from './network.js';
import type { FitSettings } from './options.js';
import type { Pacer } from './pause.js';
import { progressMode } from './progress.js';
import type { Feed, Stepping } from './stepping.js';
import { trainStep } from './steps.js';

/** A compiled model, its data, and what is watched. */
export interface Training {
  readonly network: Network;
  readonly compilation: Compilation;
  readonly feed: Feed;
  readonly watched: Feed | null;
  readonly settings: FitSettings;
  /** Waits for an evaluation that runs. */
  readonly pacer: Pacer;
}

interface Run extends Training {
  readonly measures: Measures;
  readonly steps: Stepping;
  /** Those of validation, which may have targets of another form. */
  readonly validation: readonly [Measures, Stepping] | null;
  readonly callbacks: CallbackList;
}

/** Trains on the data and watches those for validation. */
export async function train(training: Training): Promise<History> {
  const { network, compilation, feed, watched, settings, pacer } = training;
  const measures = compilation.measuresFor(feed.sample.y.shape, network.outputShape!);
  // Those of now: what is frozen while a training runs counts from the next one on.
  const step = trainStep(network, measures, compilation.optimizer, network.trainableWeights);
  const steps = await feed.bind({ kind: 'train', step }, pacer);
  let validation: Run['validation'] = null;
  let callbacks: CallbackList | undefined;
  try {
    validation = watched && (await bindTest(network, compilation, watched, pacer));
    const mode = progressMode(settings.verbose, 1);
    const params = { epochs: settings.epochs, steps: steps.count, verbose: mode };
    callbacks = new CallbackList(settings.callbacks, network, params);
    callbacks.progress.samples = steps.samples;
    return await whole({ ...training, steps, validation, measures, callbacks });
  } finally {
    callbacks?.progress.close();
    steps.release();
    validation?.[1].release();
  }
}

/** All epochs, and what ends a training also when it was aborted. */
async function whole(run: Run): Promise<History> {
  const { network, compilation, settings, callbacks } = run;
  const last: { logs: Partial<Logs> } = { logs: {} };
  network.stopTraining = false;
  await callbacks.tell('onTrainBegin', {});
  const end = async () => {
    compilation.optimizer.finalize();
    await callbacks.tell('onTrainEnd', last.logs);
  };
  try {
    await epochs(run, (logs) => {
      last.logs = logs;
    });
  } catch (error) {
    if (settings.signal?.aborted && error === settings.signal.reason) await end();
    throw error;
  }
  await end();
  return callbacks.history;
}

async function epochs(run: Run, done: (logs: Logs) => void): Promise<void> {
  const { network, settings, steps, pacer } = run;
  let isExplained = false;
  for (let epoch = settings.initialEpoch; epoch < settings.epochs; epoch++) {
    await pacer.ready();
    steps.begin(false);
    // A generator that has ended leaves nothing to train on.
    if (!(await steps.ready())) return;
    const logs = await oneEpoch(run, epoch);
    done(logs);
    if (Number.isNaN(logs.loss) && !isExplained) explainNaN(network, run.feed.sample);
    isExplained ||= Number.isNaN(logs.loss);
    if (network.stopTraining) break;
  }
}

async function oneEpoch(run: Run, epoch: number): Promise<Logs> {
  const { network, measures, steps, callbacks, pacer } = run;
  await callbacks.tell('onEpochBegin', epoch, {});
  await pacer.ready();
  measures.reset();
  const logsNow = () => measures.logs();
  await runSteps({
    steps,
    callbacks,
    pacer,
    progress: callbacks.progress,
    hooks: ['onTrainBatchBegin', 'onTrainBatchEnd'],
    said: logsNow,
    shown: logsNow,
    isStopped: () => network.stopTraining,
  });
  await pacer.ready();
  const logs = sortedLogs({ ...measures.logs(), ...(await validationLogs(run, epoch)) });
  await callbacks.tell('onEpochEnd', epoch, logs);
  return logs;
}

async function validationLogs(run: Run, epoch: number): Promise<Partial<Logs>> {
  const { validationFreq } = run.settings;
  const isDue = Array.isArray(validationFreq)
    ? validationFreq.includes(epoch + 1)
    : (epoch + 1) % (validationFreq as number) === 0;
  if (!run.validation || !isDue) return {};
  const [measures, steps] = run.validation;
  const { network, callbacks, pacer } = run;
  const logs = await evaluateBound({ network, measures, steps, callbacks, pacer });
  return Object.fromEntries(Object.entries(logs).map(([name, value]) => [`val_${name}`, value]));
}
