/** Callbacks beside Keras's own: the same logs, epoch by epoch, and what both did and printed. */
import { readFileSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { snakeCase } from '../../../src/core/names.js';
import {
  type Callback,
  EarlyStopping,
  LearningRateScheduler,
  ModelCheckpoint,
  ReduceLROnPlateau,
  SGD,
  setWarnings,
} from '../../../src/index.js';
import type { Logs, Network } from '../../../src/models/network.js';

interface Sequence {
  readonly id: number;
  readonly kind: keyof typeof kinds;
  readonly options: Readonly<Record<string, unknown>>;
  readonly monitor: string;
  /** The value watched, epoch by epoch. */
  readonly values: readonly number[];
  readonly stop: number | null;
  /** The learning rate after each epoch, and the one in its logs. */
  readonly rates: readonly (readonly [number, number | null])[];
  readonly best: number | null;
  /** What the one weight was in the end: epoch, a tenth for each batch. */
  readonly weight: number;
  readonly saved: readonly number[];
  readonly printed: string;
}

const schedules = {
  'e<3': (epoch: number) => (epoch < 3 ? 0.1 : 0.01),
  decay: (_: number, rate: number) => rate * 0.3,
  step: (epoch: number) => 0.1 / (epoch + 1),
};
const kinds = {
  EarlyStopping: (options: object) => new EarlyStopping(options),
  ReduceLROnPlateau: (options: object) => new ReduceLROnPlateau(options),
  ModelCheckpoint: (options: object) => new ModelCheckpoint(options),
  LearningRateScheduler: ({ schedule, verbose }: { schedule?: keyof typeof schedules; verbose?: number }) =>
    new LearningRateScheduler(schedules[schedule!], { verbose }),
};

const file = new URL('../keras/callbacks.json', import.meta.url);
const sequences = JSON.parse(readFileSync(file, 'utf8')) as readonly Sequence[];

/** Keras says when a file has been written, and into which. */
const lines = (text: string) =>
  text
    .replaceAll('saving weights in memory', 'saving model to x.keras')
    .split('\n')
    .filter((line) => line !== '' && !line.includes('finished saving'));

function camelCased(options: Readonly<Record<string, unknown>>): object {
  const names = ['minDelta', 'restoreBestWeights', 'startFromEpoch', 'minLr', 'saveBestOnly', 'saveFreq'];
  const known = new Map([...names, 'initialValueThreshold'].map((name) => [snakeCase(name), name]));
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [known.get(name) ?? name, value]));
}

/** What a callback does to a model whose one weight is the epoch, and a tenth for each of three batches. */
function played({ kind, options, monitor, values }: Sequence) {
  const callback: Callback = kinds[kind](camelCased(options));
  const played = { stop: null as number | null, rates: [] as unknown[], saved: [] as number[] };
  let weight = -1;
  const optimizer = new SGD({ learningRate: 0.1 });
  const getWeights = () => {
    if (kind === 'ModelCheckpoint') played.saved.push(weight);
    return weight;
  };
  const setWeights = (value: number) => {
    weight = value;
  };
  const model = { stopTraining: false, optimizer, getWeights, setWeights } as unknown as Network;
  callback.setModel(model);
  callback.setParams({ epochs: values.length, steps: 3, verbose: 0 });
  callback.onTrainBegin?.({});
  for (const [epoch, value] of values.entries()) {
    callback.onEpochBegin?.(epoch, {});
    for (const batch of [0, 1, 2]) {
      weight = epoch + batch / 10;
      callback.onTrainBatchEnd?.(batch, { loss: value, [monitor]: value });
    }
    const logs = { [monitor]: value } as Logs;
    callback.onEpochEnd?.(epoch, logs);
    played.rates.push([optimizer.learningRate, logs.learning_rate ?? null]);
    if (model.stopTraining) played.stop = epoch;
    if (model.stopTraining) break;
  }
  callback.onTrainEnd?.({});
  return { ...played, best: (callback as { best?: number | null }).best ?? null, weight };
}

afterEach(() => {
  vi.restoreAllMocks();
  setWarnings(true);
});

test.each(sequences.map((sequence) => [sequence.kind, sequence.id, sequence] as const))(
  '%s %i does and prints what Keras does',
  (_kind, _id, sequence) => {
    setWarnings(false);
    let printed = '';
    vi.spyOn(console, 'log').mockImplementation((text: string) => {
      printed += `${text}\n`;
    });
    const { stop, rates, best, weight, saved } = sequence;
    expect(played(sequence)).toEqual({ stop, rates, best, weight, saved });
    expect(lines(printed)).toEqual(lines(sequence.printed));
  },
);
