/** From what users give to a model's methods to what its programs take. */

import { inContext, problem } from '../core/errors.js';
import { isPlainObject, show } from '../core/text.js';
import type { Tensor } from '../tensor/tensor.js';
import { type AnyBatch, type Batches, isBatches, isListOfBatches } from './batches.js';
import { arrayFeed } from './bound-steps.js';
import type { Compilation } from './compile.js';
import {
  type Asker,
  type Examples,
  type Inputs,
  inputsOf,
  type Numbers,
  split,
  targetsOf,
} from './data-adapter.js';
import { checkExamples, checkRate, warnOfOrder } from './diagnose.js';
import type { Network } from './network.js';
import type { EvaluateSettings, FitSettings, ValidationData } from './options.js';
import type { Programs } from './programs.js';
import { twoWeights, weightsByClass, weightsOf } from './sample-weights.js';
import type { Feed } from './stepping.js';
import { streamFeed } from './streamed-steps.js';

/** Inputs and targets, or batches of both. */
export type Data =
  | { readonly x: Inputs; readonly y: Numbers; readonly batches?: never }
  | { readonly batches: Batches };

/** Tells `(x, y, options)` from `(batches, options)`. */
export function dataOf<O extends object>(
  method: string,
  x: Inputs | Batches,
  second: Numbers | O | undefined,
  third: O | undefined,
): readonly [Data, O] {
  const isAlone = second === undefined || isPlainObject(second);
  if (isBatches(x) && !isAlone) throw targetsBeside(method, second);
  if (isBatches(x) || (isAlone && isListOfBatches(x)))
    return [{ batches: x as Batches }, (second ?? third ?? {}) as O];
  return [{ x: x as Inputs, y: second as Numbers }, third ?? ({} as O)];
}

type Factors = ReadonlyMap<number, number> | null;

/** What one method of a model does with the data it is given. */
export class Intake {
  constructor(
    readonly network: Network,
    readonly compilation: Compilation | null,
    /** `fit`, in messages. */
    readonly method: string,
  ) {}

  /** Inputs as a tensor. The first ones make the weights. */
  inputs(given: Inputs, method: string = this.method): Tensor {
    const x = inputsOf(new ModelAsker(this.network, method), this.network.encode(given));
    if (!this.network.outputShape) this.network.build([null, ...x.shape.slice(1)]);
    const { layers } = this.network;
    let first = 0;
    while (first < layers.length && 'isHost' in layers[first]!) first++;
    layers[first]?.inspect(`${method} x`, x);
    return x;
  }

  /** Examples as tensors, with weights of their own or by class. */
  examples(
    [givenX, givenY, weights = null]: AnyBatch,
    factors: Factors = null,
    method: string = this.method,
  ): Examples {
    const x = this.inputs(givenX as Inputs, method);
    const y = targetsOf(new ModelAsker(this.network, method), givenY as Numbers, x.shape[0]!);
    if (weights && factors) throw twoWeights(method);
    const w = weights ? weightsOf(method, weights as Numbers, y) : null;
    const examples = { x, y, w: factors ? weightsByClass(method, factors, y) : w };
    checkExamples(method, this.network, this.compilation!, examples);
    return examples;
  }

  /** What training goes through, and what it watches. */
  async training(
    programs: Programs,
    data: Data,
    settings: FitSettings,
  ): Promise<readonly [Feed, Feed | null]> {
    const { classWeight, validationData, validationSplit, stepsPerEpoch: steps, shuffle } = settings;
    const { validationSteps, batchSize, validationBatchSize } = settings;
    const watching = { steps: validationSteps, batchSize: validationBatchSize ?? batchSize, shuffle: false };
    checkRate(this.compilation!.optimizer);
    if (data.batches) {
      this.#checkSource(settings, { validationSplit: validationSplit || null });
      const feed = await this.#stream(programs, data.batches, steps, classWeight, this.method);
      try {
        const batchSize = validationBatchSize;
        return [feed, await this.#watched(programs, validationData, { ...watching, batchSize })];
      } catch (error) {
        feed.release();
        throw error;
      }
    }
    if (settings.sampleWeight && classWeight) throw twoWeights(this.method);
    const isSplit = validationSplit > 0 && !validationData;
    const all = this.examples([data.x, data.y, settings.sampleWeight], isSplit ? null : classWeight);
    const [examples, kept] = isSplit ? split(all, validationSplit) : [all, null];
    if (kept) warnOfOrder(this.network, this.compilation!, all.y, kept.y);
    const weighted =
      isSplit && classWeight
        ? { ...examples, w: weightsByClass(this.method, classWeight, examples.y) }
        : examples;
    const feed = arrayFeed(programs, weighted, { method: this.method, steps, batchSize, shuffle });
    if (kept) return [feed, arrayFeed(programs, kept, { method: `${this.method} validation`, ...watching })];
    return [feed, await this.#watched(programs, validationData, watching)];
  }

  /** What an evaluation goes through. */
  async evaluation(programs: Programs, data: Data, settings: EvaluateSettings): Promise<Feed> {
    const { steps, batchSize, sampleWeight } = settings;
    if (data.batches) {
      this.#checkSource(settings, {});
      return this.#stream(programs, data.batches, steps, null, this.method);
    }
    const examples = this.examples([data.x, data.y, sampleWeight]);
    return arrayFeed(programs, examples, { method: this.method, steps, batchSize, shuffle: false });
  }

  async #watched(
    programs: Programs,
    data: ValidationData | null,
    options: { readonly steps: number | null; readonly batchSize: number | null; readonly shuffle: boolean },
  ): Promise<Feed | null> {
    if (!data) return null;
    const method = `${this.method} validationData`;
    return inContext('validationData', async () => {
      if (isBatches(data)) return this.#stream(programs, data as Batches, options.steps, null, method);
      return arrayFeed(programs, this.examples(data as AnyBatch, null, method), { method, ...options });
    });
  }

  #stream(programs: Programs, source: Batches, steps: number | null, factors: Factors, method: string) {
    const convert = (batch: AnyBatch) => this.examples(batch, factors, method);
    return streamFeed(programs, source, { method, steps, convert });
  }

  /** Refuses options that mean nothing beside batches. */
  #checkSource(
    settings: Pick<FitSettings, 'batchSize' | 'sampleWeight'>,
    more: Readonly<Record<string, unknown>>,
  ): void {
    const { batchSize, sampleWeight } = settings;
    for (const [name, value] of Object.entries({ batchSize, sampleWeight, ...more })) {
      if (value === null) continue;
      throw problem('option-value', {
        subject: `${this.method} ${name}`,
        expected: 'to be left out where the data come in batches',
        received: show(value),
        fix: batchFixes[name],
      });
    }
  }
}

/** A model that asks for data. The names that messages need are made where there is one. */
class ModelAsker implements Asker {
  constructor(
    readonly network: Network,
    readonly method: string,
  ) {}

  get inputShape() {
    return this.network.inputShape;
  }
  get outputShape() {
    return this.network.outputShape;
  }
  get model() {
    return this.network.subject;
  }
  get layer(): readonly [string, string] {
    const { layers } = this.network;
    return [`layer 1 of ${layers.length}`, (layers[0] ?? this.network).subject];
  }
}

const batchFixes: Readonly<Record<string, string>> = {
  batchSize: 'Yield batches of that size.',
  sampleWeight: 'Yield `[x, y, sampleWeight]`.',
  validationSplit: 'Give `validationData`.',
};

const targetsBeside = (method: string, received: unknown) =>
  problem('argument-value', {
    subject: `${method} y`,
    expected: 'no targets beside batches, which have their own',
    received: show(received),
    fix: 'Yield `[x, y]`.',
  });
