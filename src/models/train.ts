/** The training loop: epochs of steps, each step one call of a program. */

import { permutation } from '../core/random.js';
import { nextKey } from '../tensor/random.js';
import { type BoundSteps, bindSteps } from './bound-steps.js';
import { CallbackList } from './callbacks.js';
import type { Compilation } from './compile.js';
import type { Examples } from './data-adapter.js';
import { explainNaN } from './diagnose.js';
import { evaluateBound } from './evaluate.js';
import { History } from './history.js';
import type { Logs, Network } from './network.js';
import type { FitSettings } from './options.js';
import { Pacer } from './pause.js';
import type { Programs } from './programs.js';
import { Progress, progressMode } from './progress.js';
import { testStep, trainStep } from './steps.js';

/** A compiled model with its programs. */
export interface Trainee {
  readonly network: Network;
  readonly compilation: Compilation;
  readonly programs: Programs;
}

interface Run extends Trainee {
  readonly settings: FitSettings;
  readonly examples: Examples;
  readonly steps: BoundSteps;
  readonly validation: BoundSteps | null;
  readonly callbacks: CallbackList;
  readonly progress: Progress;
  readonly pacer: Pacer;
}

/** Trains on the examples and watches those for validation. */
export async function train(
  trainee: Trainee,
  examples: Examples,
  watched: Examples | null,
  settings: FitSettings,
): Promise<History> {
  const { network, compilation, programs } = trainee;
  const { batchSize } = settings;
  const pacer = new Pacer(settings.signal);
  const bind = (kind: 'train' | 'test', data: Examples) => {
    const step = (kind === 'train' ? trainStep : testStep)(network, compilation);
    return bindSteps(programs, { kind, step, batchSize }, data);
  };
  const steps = bind('train', examples);
  let validation: BoundSteps | null = null;
  try {
    validation = watched && bind('test', watched);
    const mode = progressMode(settings.verbose, 1);
    const progress = new Progress(mode, steps.count, settings.epochs);
    const params = { epochs: settings.epochs, steps: steps.count, verbose: mode };
    const callbacks = new CallbackList(settings.callbacks, network, params);
    return await epochs({ ...trainee, examples, settings, steps, validation, callbacks, progress, pacer });
  } finally {
    steps.release();
    validation?.release();
  }
}

async function epochs(run: Run): Promise<History> {
  const { network, compilation, settings, callbacks } = run;
  const history = new History();
  const key = settings.shuffle ? nextKey() : null;
  let logs: Partial<Logs> = {};
  let isExplained = false;
  network.stopTraining = false;
  await callbacks.tell('onTrainBegin', {});
  for (let epoch = settings.initialEpoch; epoch < settings.epochs; epoch++) {
    if (key) run.steps.order(permutation(run.steps.samples, key, epoch));
    logs = await oneEpoch(run, epoch);
    history.add(epoch, logs as Logs);
    if (Number.isNaN(logs.loss) && !isExplained) explainNaN(network, run.examples);
    isExplained ||= Number.isNaN(logs.loss);
    if (network.stopTraining) break;
  }
  compilation.optimizer.finalize();
  await callbacks.tell('onTrainEnd', logs);
  return history;
}

async function oneEpoch(run: Run, epoch: number): Promise<Logs> {
  const { compilation, callbacks, progress, validation } = run;
  compilation.reset();
  run.steps.restart();
  await callbacks.tell('onEpochBegin', epoch, {});
  progress.begin(epoch);
  await batches(run);
  const logs = compilation.logs();
  if (validation) Object.assign(logs, await validationLogs(run, validation));
  progress.end(logs);
  await callbacks.tell('onEpochEnd', epoch, logs);
  return logs;
}

/** The hot loop: without listeners nothing happens between two steps but a look at the clock. */
async function batches({ network, compilation, steps, callbacks, progress, pacer }: Run): Promise<void> {
  const [begins, ends] = [callbacks.hears('onTrainBatchBegin'), callbacks.hears('onTrainBatchEnd')];
  for (let batch = 0; batch < steps.count; batch++) {
    if (begins) await callbacks.tell('onTrainBatchBegin', batch, {});
    steps.run(batch);
    if (ends) await callbacks.tell('onTrainBatchEnd', batch, compilation.logs());
    if (network.stopTraining) return;
    if (!pacer.isDue) continue;
    progress.step(batch + 1, () => compilation.logs());
    await pacer.pause();
  }
}

async function validationLogs(run: Run, steps: BoundSteps): Promise<Partial<Logs>> {
  const { compilation, callbacks, pacer } = run;
  const logs = await evaluateBound({ compilation, callbacks, pacer }, steps);
  return Object.fromEntries(Object.entries(logs).map(([name, value]) => [`val_${name}`, value]));
}
