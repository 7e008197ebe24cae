import type { Json, JsonObject } from '../../../src/core/fields.js';
import type { TrainableModel } from '../../../src/models/model.js';
import type { FitOptions } from '../../../src/models/options.js';
import { Loss } from '../../../src/nn/loss.js';
import { Metric } from '../../../src/nn/metric.js';
import { Optimizer } from '../../../src/nn/optimizers/optimizer.js';
import {
  forward,
  type GoldenTensor,
  given,
  history,
  sameNumber,
  sameNumbers,
  sameTensor,
  sameText,
  trained,
} from '../compare.js';
import { asUnsupported, made, supported } from '../library.js';
import { modelOf } from './models.js';

type Logs = Readonly<Record<string, number>>;
export interface TrainingCase {
  readonly id: string;
  readonly model: JsonObject;
  readonly compile: {
    readonly optimizer: JsonObject;
    readonly loss: Json;
    readonly metrics: readonly Json[];
    readonly weighted_metrics?: readonly Json[];
  };
  readonly fit: { readonly epochs: number; readonly batch_size: number } & JsonObject;
  readonly x: GoldenTensor;
  readonly y: GoldenTensor;
  readonly x_val?: GoldenTensor;
  readonly y_val?: GoldenTensor;
  readonly initial_weights: readonly GoldenTensor[];
  readonly final_weights: readonly (GoldenTensor & { readonly path: string })[];
  readonly predict_before: GoldenTensor;
  readonly predictions: GoldenTensor;
  readonly evaluate_before: Logs;
  readonly evaluate_after: Logs;
  readonly history: Readonly<Record<string, readonly number[]>>;
  readonly history_epoch: readonly number[];
  readonly printed_verbose2: readonly string[];
  readonly optimizer_iterations: number;
}

export async function checkTraining(c: TrainingCase): Promise<void> {
  const model = modelOf(c.model);
  const compiling = optionsOf(c);
  supported(() => model.compile(compiling as Parameters<TrainableModel['compile']>[0]));
  model.setWeights(c.initial_weights.map(given));
  const [x, y] = [given(c.x), given(c.y)];
  const first = x.slice(
    x.shape.map(() => 0),
    [c.predict_before.shape[0]!, ...x.shape.slice(1)],
  );
  sameTensor('prediction before', await model.predict(first), c.predict_before, forward);
  sameLogs('evaluate before', await model.evaluate(x, y, { batchSize: c.fit.batch_size }), c.evaluate_before);
  const { result, lines } = await printed(() => fitModel(model, c));
  sameText('epochs', result.epoch, c.history_epoch);
  sameText('names in history', Object.keys(result.history).sort(), Object.keys(c.history).sort());
  for (const [name, values] of Object.entries(c.history))
    sameNumbers(name, result.history[name]!, values, history);
  sameLines(lines, c.printed_verbose2);
  for (const [i, w] of model.weights.entries())
    sameTensor(c.final_weights[i]!.path, w, c.final_weights[i]!, trained);
  sameTensor('predictions', await model.predict(first), c.predictions, history);
  sameLogs('evaluate after', await model.evaluate(x, y, { batchSize: c.fit.batch_size }), c.evaluate_after);
  sameNumber('iterations', Number(model.optimizer!.iterations.item()), c.optimizer_iterations, {
    absolute: 0,
    relative: 0,
  });
}

function optionsOf({ compile }: TrainingCase): object {
  const one = <T>(base: abstract new (...args: never) => T, json: Json): T | string =>
    typeof json === 'string'
      ? json
      : made(base, String((json as JsonObject).class_name), (json as JsonObject).config as JsonObject);
  return {
    optimizer: one(Optimizer, compile.optimizer),
    loss: one(Loss, compile.loss),
    metrics: compile.metrics.map((metric) => one(Metric, metric)),
    weightedMetrics: (compile.weighted_metrics ?? []).map((metric) => one(Metric, metric)),
  };
}

const camelCase = (key: string) => key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const isTensor = (x: unknown): x is GoldenTensor => typeof x === 'object' && x !== null && 'shape' in x;

async function fitModel(model: TrainableModel, { fit: options, x, y, x_val, y_val }: TrainingCase) {
  const entries = Object.entries(options).map(([key, value]) => [
    camelCase(key),
    isTensor(value) ? given(value) : value,
  ]);
  const validation = x_val && y_val && { validationData: [given(x_val), given(y_val)] };
  const all = { ...Object.fromEntries(entries), ...validation, shuffle: false, verbose: 2 } as FitOptions;
  try {
    return await model.fit(given(x), given(y), all);
  } catch (error) {
    throw asUnsupported(error);
  }
}

/** What a run writes to the console. */
async function printed<T>(run: () => Promise<T>): Promise<{ readonly result: T; readonly lines: string[] }> {
  const lines: string[] = [];
  const { log } = console;
  console.log = (text: unknown) => lines.push(...String(text).split('\n'));
  try {
    return { result: await run(), lines };
  } finally {
    console.log = log;
  }
}

function sameLogs(what: string, received: Logs, expected: Logs): void {
  sameText(`names of ${what}`, Object.keys(received).sort(), Object.keys(expected).sort());
  for (const [name, value] of Object.entries(expected))
    sameNumber(`${what} ${name}`, received[name]!, value, history);
}

const times = /\d+(m|u)?s( - \d+(m|u)?s\/step)?/g;
const values = /-?\d+\.\d+(e[+-]\d+)?/g;

/** The same words in the same places; numbers may differ by one in the last printed digit and as history may. */
function sameLines(received: readonly string[], expected: readonly string[]): void {
  const masked = (line: string) =>
    line.replace(times, (t) => (t.includes('/') ? '<t> - <t>/step' : '<t>')).replace(values, '#');
  sameText(
    'printed lines',
    received.map(masked),
    expected.map((line) => line.replace(values, '#')),
  );
  const numbers = (lines: readonly string[]) => lines.flatMap((line) => line.match(values) ?? []).map(Number);
  sameNumbers('printed numbers', numbers(received), numbers(expected), {
    absolute: history.absolute + 1e-4,
    relative: history.relative,
  });
}
