/** Options of a model's methods, checked before work starts. */

import type { Fields } from '../core/declaration.js';
import { problem } from '../core/errors.js';
import { bool, type Field, float, int, listOf, maybe, type Optional } from '../core/fields.js';
import { didYouMean, Schema } from '../core/schema.js';
import { isPlainObject, show } from '../core/text.js';
import { type CallbackLike, callbackField } from './callbacks.js';
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

/** Inputs and targets, as `[x, y]`. */
export type Pair = readonly [x: Numbers, y: Numbers];
const pair = (): Field<Pair> => ({
  expected: 'an array [x, y]',
  parse: (given) => (Array.isArray(given) && given.length === 2 ? given : undefined),
});

const batchFields = () => ({
  batchSize: int(32, { min: 1 }),
  callbacks: { ...listOf(callbackField()), fallback: [] },
  signal: maybe(abortSignal()),
});

const fitFields = () => ({
  ...batchFields(),
  epochs: int(1, { min: 0 }),
  shuffle: bool(true),
  validationSplit: float(0, { min: 0, below: 1 }),
  validationData: maybe(pair()),
  verbose: verbosity('auto'),
  initialEpoch: int(0, { min: 0 }),
});

const runFields = () => ({ ...batchFields(), verbose: verbosity(0) });

type Settings<F extends Fields> = {
  // biome-ignore lint/suspicious/noExplicitAny: a field of any type
  readonly [K in keyof F]: F[K] extends Field<any, infer Out> ? Out : never;
};
export type FitSettings = Settings<ReturnType<typeof fitFields>>;
export type RunSettings = Settings<ReturnType<typeof runFields>>;

export interface RunOptions {
  /** Examples in one step. Default 32. */
  readonly batchSize?: number | undefined;
  /** Told about the run as it goes. */
  readonly callbacks?: readonly CallbackLike[] | undefined;
  /** 0 is silent, 1 a progress bar, 2 Keras's line. Default 0. */
  readonly verbose?: Verbosity | undefined;
  /** Ends the run before the next step: the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal | null | undefined;
}

export interface FitOptions extends RunOptions {
  /** Passes over the data. Default 1. */
  readonly epochs?: number | undefined;
  /** Whether to mix the examples before each epoch. Default true. */
  readonly shuffle?: boolean | undefined;
  /** Share of the last examples kept apart for validation, taken before mixing. Default 0. */
  readonly validationSplit?: number | undefined;
  /** Examples `[x, y]` that are only watched, in place of `validationSplit`. */
  readonly validationData?: Pair | null | undefined;
  /** 0 is silent, 1 a bar on a terminal and a line an epoch elsewhere, 2 Keras's two lines. Default 1, as `'auto'`. */
  readonly verbose?: Verbosity | undefined;
  /** Number of the first epoch, from 0: `epochs` counts those before it too. Default 0. */
  readonly initialEpoch?: number | undefined;
}

export const fitSettings = (options: FitOptions): FitSettings =>
  read('fit', fitFields, options) as FitSettings;
export const runSettings = (method: string, options: RunOptions): RunSettings =>
  read(method, runFields, options) as RunSettings;

/** Made at the first call of each method. */
const schemas = new Map<string, Schema>();

function read(method: string, fields: () => Fields, options: object): Record<string, unknown> {
  if (!isPlainObject(options)) throw notOptions(method, options, `model.${method}(…, { batchSize: 32 })`);
  const schema = schemas.get(method) ?? new Schema(method, fields, () => ({}));
  schemas.set(method, schema);
  return schema.read([options]);
}

const notOptions = (method: string, received: unknown, example: string) =>
  problem('option-position', {
    subject: method,
    expected: 'an object of options as its last argument',
    received: show(received),
    fix: `Write \`${example}\`.`,
  });

/** For methods that read their options themselves; `example` is a call of one. */
export function checkOptionNames(
  method: string,
  names: readonly string[],
  options: object,
  example: string,
): void {
  if (!isPlainObject(options)) throw notOptions(method, options, example);
  const unknown = Object.keys(options).find((key) => !names.includes(key));
  if (unknown === undefined) return;
  throw problem('option-unknown', {
    subject: method,
    expected: `options among ${names.join(', ')}`,
    received: `'${unknown}'`,
    fix: didYouMean(unknown, names),
  });
}
