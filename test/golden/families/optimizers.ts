import type { JsonObject } from '../../../src/core/fields.js';
import { Optimizer } from '../../../src/nn/optimizers/optimizer.js';
import { Variable } from '../../../src/tensor/variable.js';
import {
  type GoldenTensor,
  given,
  gradient,
  numbersOf,
  sameNumber,
  sameNumbers,
  sameText,
} from '../compare.js';
import { made, methodOf, myelin } from '../library.js';

export interface OptimizerCase {
  readonly id: string;
  readonly optimizer: string;
  readonly config: JsonObject;
  readonly params: readonly (GoldenTensor & { readonly name: string })[];
  readonly steps: readonly {
    readonly grads: readonly (readonly number[])[];
    readonly params: readonly (readonly number[])[];
  }[];
  readonly iterations: number;
  readonly learning_rate_after: number;
  readonly variables: readonly (GoldenTensor & { readonly path: string })[];
  readonly params_after_finalize?: readonly (readonly number[])[];
  readonly exclude_from_weight_decay?: readonly string[];
  readonly full_config: JsonObject;
}

export function checkOptimizer(c: OptimizerCase): void {
  const optimizer = made(Optimizer, c.optimizer, c.config);
  if (c.exclude_from_weight_decay) {
    methodOf<(options: object) => void>(
      optimizer,
      'excludeFromWeightDecay',
    )({ varNames: c.exclude_from_weight_decay });
  }
  const weights = c.params.map((p) => new Variable(given(p), { name: p.name }));
  c.steps.forEach(({ grads, params }, step) => {
    optimizer.apply(
      grads.map((g, i) => myelin.tensor(g, { shape: c.params[i]!.shape })),
      weights,
    );
    same(`parameters after step ${step}`, weights, params);
  });
  sameNumber('iterations', optimizer.iterations.item(), c.iterations, { absolute: 0, relative: 0 });
  sameNumber('learning rate', optimizer.learningRate, c.learning_rate_after, gradient);
  checkVariables(optimizer, c);
  sameConfig(optimizer.getConfig(), c.full_config);
  if (!c.params_after_finalize) return;
  optimizer.finalize();
  same('parameters after finalize', weights, c.params_after_finalize);
}

function same(what: string, weights: readonly Variable[], expected: readonly (readonly number[])[]): void {
  for (const [i, w] of weights.entries()) sameNumbers(`${what}, ${w.name}`, w.data(), expected[i]!, gradient);
}

function checkVariables(optimizer: Optimizer, { variables }: OptimizerCase): void {
  sameText('number of variables', optimizer.variables.length, variables.length);
  variables.forEach((expected, i) => {
    sameText(`shape of ${expected.path}`, optimizer.variables[i]!.shape, expected.shape);
    sameNumbers(expected.path, optimizer.variables[i]!.data(), numbersOf(expected), gradient);
  });
}

/** Keras writes some numbers as float32. */
function sameConfig(received: JsonObject, expected: JsonObject): void {
  sameText('keys of the configuration', Object.keys(received).sort(), Object.keys(expected).sort());
  for (const [key, value] of Object.entries(expected)) {
    if (typeof value === 'number')
      sameNumber(key, received[key] as number, value, { absolute: 0, relative: 1e-6 });
    else sameText(key, received[key], value);
  }
}
