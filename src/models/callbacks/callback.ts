/** Told about training as it goes. */

import { Configurable, type DeclaredClass, declared } from '../../core/configurable.js';
import { type Declaration, type Declares, noOptions } from '../../core/declaration.js';
import { problem } from '../../core/errors.js';
import type { Field } from '../../core/fields.js';
import { didYouMean } from '../../core/schema.js';
import { isPlainObject, nearest } from '../../core/text.js';
import type { Tensor } from '../../tensor/tensor.js';
import type { Logs, Network } from '../network.js';

/** `Logs` of a run that may not have any yet. */
type SomeLogs = Partial<Logs>;
type Told = void | Promise<void>;

/** What callbacks are told, under Keras's names. A promise they return is waited for. */
export interface Hooks {
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
  /** `outputs` are those of this batch. */
  onPredictBatchEnd?(batch: number, logs: { readonly outputs: Tensor }): Told;
}

export type Hook = keyof Hooks;

/** What runs: as Keras's `params`. */
export interface RunParameters {
  /** Epochs of the whole training; 1 outside of it. */
  readonly epochs: number;
  /** Batches in an epoch; null while that is not known. */
  readonly steps: number | null;
  readonly verbose: number;
}

/** A plain object with some of these methods will do as a callback. */
export interface CallbackLike extends Hooks {
  setModel?(model: Network): void;
  setParams?(params: RunParameters): void;
}

const Base = /* @__PURE__ */ declared(Configurable, 'Callback', noOptions, noOptions);

/**
 * The base of callbacks that need their model. One without options may extend it as it is; see `callback` for options.
 *
 * @example
 * class Halving extends Callback {
 *   override onEpochEnd() {
 *     this.model.optimizer!.learningRate /= 2;
 *   }
 * }
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: every hook is optional
export abstract class Callback extends Base {
  /** The model that runs, from `onTrainBegin` (or `onTestBegin`, `onPredictBegin`) on. */
  declare model: Network;
  declare params: RunParameters;

  setModel(model: Network): void {
    this.model = model;
  }

  setParams(params: RunParameters): void {
    this.params = params;
  }
}
export interface Callback extends Hooks {}

export interface CallbackClass<D extends Declaration> extends DeclaredClass<D, typeof noOptions, Callback> {}

/** Declares a callback: its options. The class that extends the result adds hooks such as `onEpochEnd`. */
export function callback<D extends Declaration>(
  className: string,
  declare: D & Declares<D>,
): CallbackClass<D> {
  return declared(Callback, className, declare, noOptions);
}

/** Every hook. */
export const hooks: readonly Hook[] = [
  ...(['onTrainBegin', 'onTrainEnd', 'onEpochBegin', 'onEpochEnd'] as const),
  ...(['onTrainBatchBegin', 'onTrainBatchEnd', 'onTestBegin', 'onTestEnd'] as const),
  ...(['onTestBatchBegin', 'onTestBatchEnd', 'onPredictBegin', 'onPredictEnd'] as const),
  ...(['onPredictBatchBegin', 'onPredictBatchEnd'] as const),
];

/**
 * A callback as an option. A method that looks like a hook and is none is an error: any such name in a plain object, and one
 * that is nearly a hook's in a class, which may have methods of its own.
 */
export const callbackField = (): Field<CallbackLike> => ({
  expected: 'an object with methods such as onEpochEnd',
  parse: (given) => {
    if (typeof given !== 'object' || given === null) return undefined;
    for (const key of methodsOf(given)) checkHook(key, isPlainObject(given));
    return given;
  },
});

const methodsOf = (given: object): readonly string[] =>
  isPlainObject(given) ? Object.keys(given) : Object.getOwnPropertyNames(Object.getPrototypeOf(given));

function checkHook(key: string, isPlain: boolean): void {
  if (!/^on[A-Z_]/.test(key) || hooks.includes(key as Hook)) return;
  if (!isPlain && !nearest(key, hooks)) return;
  throw problem('option-unknown', {
    subject: 'fit callbacks',
    expected: `methods among ${hooks.join(', ')}`,
    received: `'${key}'`,
    fix: didYouMean(key, hooks),
  });
}
