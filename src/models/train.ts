/** The training loop: epochs of steps, each step one call of a program. */

import { permutation } from '../core/random.js';
import { nextKey } from '../tensor/random.js';
import { type BoundSteps, bindSteps } from './bound-steps.js';
import { CallbackList } from './callbacks.js';
import type { Compilation, Measures } from './compile.js';
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
  readonly measures: Measures;
  /** Those of validation, which may have targets of another form. */
  readonly watched: Measures | null;
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
  const pacer = new Pacer(settings.signal, () => programs.evaluating);
  const measuresOf = ({ y }: Examples) => compilation.measuresFor(y.shape, network.outputShape!);
  const [measures, valMeasures] = [measuresOf(examples), watched && measuresOf(watched)];
  const step = trainStep(network, measures, compilation.optimizer);
  const steps = bindSteps(programs, { kind: 'train', step, batchSize }, examples);
  let validation: BoundSteps | null = null;
  try {
    if (watched) {
      const testing = { kind: 'test', step: testStep(network, valMeasures!), batchSize } as const;
      validation = bindSteps(programs, testing, watched);
    }
    const mode = progressMode(settings.verbose, 1);
    const progress = new Progress(mode, steps.count, settings.epochs);
    const params = { epochs: settings.epochs, steps: steps.count, verbose: mode };
    const callbacks = new CallbackList(settings.callbacks, network, params);
    const bound = { steps, validation, measures, watched: valMeasures };
    return await whole({ ...trainee, ...bound, examples, settings, callbacks, progress, pacer });
  } finally {
    steps.release();
    validation?.release();
  }
}

/** All epochs, and what ends a training also when it was aborted. */
async function whole(run: Run): Promise<History> {
  const { network, compilation, settings, callbacks } = run;
  const history = new History();
  const last: { logs: Partial<Logs> } = { logs: {} };
  network.stopTraining = false;
  await callbacks.tell('onTrainBegin', {});
  const end = async () => {
    compilation.optimizer.finalize();
    await callbacks.tell('onTrainEnd', last.logs);
  };
  try {
    await epochs(run, (epoch, logs) => {
      history.add(epoch, logs);
      last.logs = logs;
    });
  } catch (error) {
    if (settings.signal?.aborted && error === settings.signal.reason) await end();
    throw error;
  }
  await end();
  return history;
}

async function epochs(run: Run, done: (epoch: number, logs: Logs) => void): Promise<void> {
  const { network, settings } = run;
  const key = settings.shuffle ? nextKey() : null;
  let isExplained = false;
  for (let epoch = settings.initialEpoch; epoch < settings.epochs; epoch++) {
    if (key) run.steps.order(permutation(run.steps.samples, key, epoch));
    const logs = await oneEpoch(run, epoch);
    done(epoch, logs);
    if (Number.isNaN(logs.loss) && !isExplained) explainNaN(network, run.examples);
    isExplained ||= Number.isNaN(logs.loss);
    if (network.stopTraining) break;
  }
}

async function oneEpoch(run: Run, epoch: number): Promise<Logs> {
  const { measures, callbacks, progress, pacer, validation } = run;
  await callbacks.tell('onEpochBegin', epoch, {});
  await pacer.ready();
  measures.reset();
  run.steps.restart();
  progress.begin(epoch);
  await batches(run);
  await pacer.ready();
  const logs = measures.logs();
  if (validation) Object.assign(logs, await validationLogs(run, validation));
  progress.end(logs);
  await callbacks.tell('onEpochEnd', epoch, logs);
  return logs;
}

/** The hot loop: without listeners nothing happens between two steps but a look at signal and clock. */
async function batches({ network, measures, steps, callbacks, progress, pacer }: Run): Promise<void> {
  const [begins, ends] = [callbacks.hears('onTrainBatchBegin'), callbacks.hears('onTrainBatchEnd')];
  for (let batch = 0; batch < steps.count; batch++) {
    if (begins) await callbacks.tell('onTrainBatchBegin', batch, {});
    const other = pacer.ready();
    if (other) await other;
    steps.run(batch);
    if (ends) await callbacks.tell('onTrainBatchEnd', batch, measures.logs());
    if (network.stopTraining) return;
    if (!pacer.isDue) continue;
    progress.step(batch + 1, () => measures.logs());
    await pacer.pause();
  }
}

async function validationLogs(run: Run, steps: BoundSteps): Promise<Partial<Logs>> {
  const { callbacks, pacer } = run;
  const logs = await evaluateBound({ measures: run.watched!, callbacks, pacer }, steps);
  return Object.fromEntries(Object.entries(logs).map(([name, value]) => [`val_${name}`, value]));
}
