/** Options of a model's methods, declared once, and checked before work starts. */

import type { Fields } from '../core/declaration.js';
import { bool, either, type Field, float, int, listOf, maybe, type Optional } from '../core/fields.js';
import { notOptions } from '../core/option-names.js';
import { entryOf } from '../core/record.js';
import { Schema } from '../core/schema.js';
import { isPlainObject } from '../core/text.js';
import { type Batch, type Batches, isBatches } from './batches.js';
import { callbackField } from './callbacks/callback.js';
import type { Numbers } from './data-adapter.js';

/** 0 is silent, 1 a progress bar, 2 a line an epoch. */
export type Verbosity = 0 | 1 | 2 | 'auto';

const verbosity = (fallback: Verbosity): Optional<Verbosity> => ({
  expected: "0, 1, 2 or 'auto'",
  fallback,
  parse: (given) => ([0, 1, 2, 'auto'].includes(given) ? given : undefined),
});

const abortSignal = (): Field<AbortSignal> => ({
  expected: 'an AbortSignal',
  parse: (given) => (given instanceof AbortSignal ? given : undefined),
});

/** What is only watched. An array is always `[x, y]` or `[x, y, sampleWeight]`, never a list of batches. */
export type ValidationData = Batch | Batches;
const validationData = (): Field<ValidationData> => ({
  expected: 'an array [x, y] or [x, y, sampleWeight], or batches',
  parse: (given) => {
    const isTuple = Array.isArray(given) && (given.length === 2 || given.length === 3);
    return isTuple || isBatches(given) ? given : undefined;
  },
});

const numbers = (): Field<Numbers> => ({
  expected: 'a tensor, nested arrays or a typed array',
  parse: (given) => (typeof given === 'object' && given !== null ? given : undefined),
});

/** A factor for each class number. */
export type ClassWeight = Readonly<Record<number, number>> | ReadonlyMap<number, number>;
const classWeight = (): Field<ClassWeight, ReadonlyMap<number, number>> => ({
  expected: 'a factor of 0 or more for each class number, such as { 0: 1, 1: 2.5 }',
  parse: (given) => {
    if (!(isPlainObject(given) || given instanceof Map)) return undefined;
    const entries = given instanceof Map ? [...given] : Object.entries(given);
    const factors = entries.map(([label, factor]) => [Number(label), factor] as const);
    const isFine = ([label, factor]: readonly [number, number]) =>
      Number.isSafeInteger(label) && label >= 0 && Number.isFinite(factor) && factor >= 0;
    return factors.every(isFine) ? new Map(factors) : undefined;
  },
});

const batchFields = () => ({
  /** Examples in one step. Default 32, or what makes as many steps as are asked for. Batches of a source stay as they are. */
  batchSize: maybe(int({ min: 1 })),
  /** Told about the run as it goes. */
  callbacks: { ...listOf(callbackField()), fallback: [] },
  /** Ends the run before the next step: the promise is then rejected with the signal's reason. */
  signal: maybe(abortSignal()),
});

const weightFields = () => ({
  /** How much each example counts in the loss and in `weightedMetrics`: one number each, or one for each of its steps. */
  sampleWeight: maybe(numbers()),
});

const trainBatchFields = () => ({
  ...weightFields(),
  /** How much the examples of each class count, in place of `sampleWeight`; classes that are not named count 1. */
  classWeight: maybe(classWeight()),
});

const fitFields = () => ({
  ...batchFields(),
  ...trainBatchFields(),
  /** Passes over the data. Default 1. */
  epochs: int(1, { min: 0 }),
  /** Whether to mix the examples before each pass. Default true. Batches of a source come as they are. */
  shuffle: bool(true),
  /** Share of the last examples kept apart for validation, taken before mixing. Default 0. */
  validationSplit: float(0, { min: 0, below: 1 }),
  /** Examples `[x, y]` or `[x, y, sampleWeight]`, or batches of them, that are only watched, in place of `validationSplit`. */
  validationData: maybe(validationData()),
  /** 0 is silent, 1 a bar on a terminal and a line an epoch elsewhere, 2 Keras's two lines. Default 1, as `'auto'`. */
  verbose: verbosity('auto'),
  /** Number of the first epoch, from 0: `epochs` counts those before it too. Default 0. */
  initialEpoch: int(0, { min: 0 }),
  /** Steps in an epoch. Default all data; the next epoch goes on where the last has ended. */
  stepsPerEpoch: maybe(int({ min: 1 })),
  /** Steps of each validation, from the first example on. Default all data. */
  validationSteps: maybe(int({ min: 1 })),
  /** Examples in one step of validation. Default `batchSize`. */
  validationBatchSize: maybe(int({ min: 1 })),
  /** Validates after every so many epochs, or after the epochs in a list, counted from 1. Default 1. */
  validationFreq: { ...either(int({ min: 1 }), listOf(int({ min: 1 }))), fallback: 1 },
});

const runFields = () => ({
  ...batchFields(),
  /** 0 is silent, 1 a progress bar, 2 Keras's line. Default 0. */
  verbose: verbosity(0),
  /** Steps of the run. Default all data. */
  steps: maybe(int({ min: 1 })),
});

const evaluateFields = () => ({ ...runFields(), ...weightFields() });

type Settings<F extends Fields> = {
  // biome-ignore lint/suspicious/noExplicitAny: a field of any type
  readonly [K in keyof F]: F[K] extends Field<any, infer Out> ? Out : never;
};
type Options<F extends Fields> = {
  // biome-ignore lint/suspicious/noExplicitAny: a field of any type
  readonly [K in keyof F]?: (F[K] extends Field<infer In, any> ? In : never) | undefined;
};

export type FitSettings = Settings<ReturnType<typeof fitFields>>;
export type RunSettings = Settings<ReturnType<typeof runFields>>;
export type EvaluateSettings = Settings<ReturnType<typeof evaluateFields>>;

// Named, so that messages and published types say `FitOptions`; the comments come along.
export interface FitOptions extends Options<ReturnType<typeof fitFields>> {}
export interface EvaluateOptions extends Options<ReturnType<typeof evaluateFields>> {}
export interface RunOptions extends Options<ReturnType<typeof runFields>> {}
export interface TrainBatchOptions extends Options<ReturnType<typeof trainBatchFields>> {}
export interface TestBatchOptions extends Options<ReturnType<typeof weightFields>> {}

/** The fields of each method. */
const methods = {
  fit: fitFields,
  evaluate: evaluateFields,
  predict: runFields,
  trainOnBatch: trainBatchFields,
  testOnBatch: weightFields,
};
type Methods = typeof methods;

/** Made at the first call of each method, and what it reads from no options. */
const schemas = new Map<string, readonly [Schema, defaults: unknown]>();

/** Checks the options of a method, and fills in the defaults. */
export function settingsOf<M extends keyof Methods>(
  method: M,
  options: object,
): Settings<ReturnType<Methods[M]>> {
  if (!isPlainObject(options)) throw notOptions(method, options, `model.${method}(…, { batchSize: 32 })`);
  const [schema, defaults] = entryOf(schemas, method, () => {
    const made = new Schema(method, methods[method], () => ({}));
    return [made, Object.freeze(made.read([]))];
  });
  const isDefault = Object.keys(options).length === 0;
  return (isDefault ? defaults : schema.read([options])) as Settings<ReturnType<Methods[M]>>;
}
