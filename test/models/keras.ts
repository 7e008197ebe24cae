/** Cases of Keras as they stand in `keras/`, and models made from them. */

import { readFileSync } from 'node:fs';
import * as myelin from '../../src/index.js';
import { type JsonObject, Sequential, type Tensor, tensor } from '../../src/index.js';
import { optimizerField } from '../../src/nn/choose.js';
import type { GoldenTensor } from '../nn/goldens.js';

export interface TrainingCase {
  readonly model: JsonObject;
  readonly compile: { readonly optimizer: JsonObject; readonly loss: never; readonly metrics: never };
  readonly x: GoldenTensor;
  readonly y: GoldenTensor;
  readonly initial_weights: readonly GoldenTensor[];
  readonly final_weights: readonly GoldenTensor[];
  readonly fit: { readonly epochs: number; readonly batch_size: number };
  readonly evaluate_before: Readonly<Record<string, number>>;
  readonly evaluate_after: Readonly<Record<string, number>>;
  readonly predict_before: GoldenTensor;
  readonly predictions: GoldenTensor;
  readonly history: Readonly<Record<string, readonly number[]>>;
  readonly printed_verbose2: readonly string[];
}

export interface SummaryCase {
  readonly id: string;
  readonly model: JsonObject;
  readonly options: { readonly show_trainable?: boolean };
  readonly line_length: number;
  readonly text: string;
  readonly total_params: number;
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`keras/${name}.json`, import.meta.url), 'utf8'));

export const trainingCase = (name: string): TrainingCase => read(name) as TrainingCase;
export const summaryCases = (): readonly SummaryCase[] => read('summaries') as SummaryCase[];

export const given = ({ shape, data, dtype = 'float32' }: GoldenTensor): Tensor =>
  tensor(data, { shape, dtype });

export const modelOf = (config: JsonObject): Sequential => Sequential.fromConfig(config, { layers: myelin });

/** The model of a case, with its first weights and compiled as there. */
export function compiledModel({ model: config, compile, initial_weights }: TrainingCase): Sequential {
  const model = modelOf(config);
  model.setWeights(initial_weights.map(given));
  const { optimizer, loss, metrics } = compile;
  model.compile({ optimizer: optimizerField().fromJson!(optimizer), loss, metrics });
  return model;
}
