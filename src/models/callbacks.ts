/** Told about training as it goes. */

import { Configurable, type DeclaredClass, declared } from '../core/configurable.js';
import type { Declaration, Declares } from '../core/declaration.js';
import { problem } from '../core/errors.js';
import type { Field } from '../core/fields.js';
import { didYouMean } from '../core/schema.js';
import { isPlainObject } from '../core/text.js';
import type { Logs, Network } from './network.js';

/** `Logs` of a run that may not have any yet. */
type SomeLogs = Partial<Logs>;
type Told = void | Promise<void>;

/** A plain object with some of these methods will do. A promise they return is waited for. */
export interface CallbackLike {
  onTrainBegin?(logs: SomeLogs): Told;
  /** Also after a signal ended the training, before its promise is rejected. */
  onTrainEnd?(logs: SomeLogs): Told;
  onEpochBegin?(epoch: number, logs: SomeLogs): Told;
  /** After validation; `logs` has the `val_` values too. What it adds to `logs` goes into the history. */
  onEpochEnd?(epoch: number, logs: Logs): Told;
  onTrainBatchBegin?(batch: number, logs: SomeLogs): Told;
  /** `logs` are means over the epoch so far. Reading them takes time: without this method nothing is read. */
  onTrainBatchEnd?(batch: number, logs: Logs): Told;
  onTestBegin?(logs: SomeLogs): Told;
  onTestEnd?(logs: Logs): Told;
  onTestBatchBegin?(batch: number, logs: SomeLogs): Told;
  onTestBatchEnd?(batch: number, logs: Logs): Told;
  onPredictBegin?(logs: SomeLogs): Told;
  onPredictEnd?(logs: SomeLogs): Told;
  onPredictBatchBegin?(batch: number, logs: SomeLogs): Told;
  onPredictBatchEnd?(batch: number, logs: SomeLogs): Told;
}

export type Hook = keyof CallbackLike;

/** What runs: as Keras's `params`. */
export interface RunParameters {
  /** Epochs of the whole training; 1 outside of it. */
  readonly epochs: number;
  /** Batches in an epoch. */
  readonly steps: number;
  readonly verbose: number;
}

/** The base of callbacks that need their model. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: every hook is optional
export abstract class Callback extends Configurable {
  /** The model that runs, from `onTrainBegin` (or `onTestBegin`, `onPredictBegin`) on. */
  declare model: Network;
  declare params: RunParameters;
}
export interface Callback extends CallbackLike {}

const callbackFields = () => ({});

export interface CallbackClass<D extends Declaration>
  extends DeclaredClass<D, typeof callbackFields, Callback> {}

/** Declares a callback: its options. The class that extends the result adds hooks such as `onEpochEnd`. */
export function callback<D extends Declaration>(
  className: string,
  declare: D & Declares<D>,
): CallbackClass<D> {
  return declared(Callback, className, declare, callbackFields);
}

const hooks: readonly Hook[] = [
  ...(['onTrainBegin', 'onTrainEnd', 'onEpochBegin', 'onEpochEnd'] as const),
  ...(['onTrainBatchBegin', 'onTrainBatchEnd', 'onTestBegin', 'onTestEnd'] as const),
  ...(['onTestBatchBegin', 'onTestBatchEnd', 'onPredictBegin', 'onPredictEnd'] as const),
  ...(['onPredictBatchBegin', 'onPredictBatchEnd'] as const),
];

/** A callback as an option. A method of a plain object that looks like a hook and is none is an error. */
export const callbackField = (): Field<CallbackLike> => ({
  expected: 'an object with methods such as onEpochEnd',
  parse: (given) => {
    if (typeof given !== 'object' || given === null) return undefined;
    if (isPlainObject(given)) for (const key of Object.keys(given)) checkHook(key);
    return given;
  },
});

function checkHook(key: string): void {
  if (!/^on[A-Z_]/.test(key) || hooks.includes(key as Hook)) return;
  throw problem('option-unknown', {
    subject: 'fit callbacks',
    expected: `methods among ${hooks.join(', ')}`,
    received: `'${key}'`,
    fix: didYouMean(key, hooks),
  });
}

/** Several callbacks told in order. */
export class CallbackList {
  constructor(
    readonly callbacks: readonly CallbackLike[],
    model: Network,
    params: RunParameters,
  ) {
    for (const each of callbacks) if (each instanceof Callback) Object.assign(each, { model, params });
  }

  /** Whether anyone wants to hear it. */
  hears(hook: Hook): boolean {
    return this.callbacks.some((each) => each[hook] !== undefined);
  }

  async tell<H extends Hook>(hook: H, ...said: Parameters<NonNullable<CallbackLike[H]>>): Promise<void> {
    for (const each of this.callbacks) {
      const told = (each[hook] as ((...said: unknown[]) => Told) | undefined)?.apply(each, said);
      if (told) await told;
    }
  }
}
