/** Everything that holds for every layer, in one call. */

import { expect } from 'vitest';
import { backendNames, setBackend } from '../src/backends/choose.js';
import { isSameShape, type PartialShape, type Shape, sizeOf } from '../src/core/shape.js';
import * as myelin from '../src/index.js';
import {
  Dense,
  Flatten,
  gradients,
  type JsonObject,
  Sequential,
  setRandomSeed,
  Tensor,
} from '../src/index.js';
import type { Layer } from '../src/layers/layer.js';

const batch = 4;
// Multiples of 1/64 stay exact in float32, and so do steps of 1/1024 from them.
const grid = 64;
const step = 1 / 1024;

/** Numbers on the grid, away from 0, where many activations have a kink; the same for the same size. */
function numbers(shape: Shape, salt = 0): Tensor {
  const values = Float32Array.from({ length: sizeOf(shape) }, (_, i) => {
    const spread = (((i + salt) * 37) % 101) - 50;
    return (spread === 0 ? 7 : spread) / grid;
  });
  return new Tensor(shape, 'float32', { kind: 'data', values });
}

const filled = (shape: PartialShape) => shape.map((size) => size ?? batch);

/** What a row of the table says beside the layer itself. */
export interface LayerInputs {
  readonly inputs?: () => Tensor;
  readonly values?: unknown;
  readonly isFunction?: boolean;
}

/**
 * Checks build, shapes, type, configuration, state, gradients, all backends, a step of training and one while frozen.
 *
 * @example
 * await checkLayer(new Dense(4), [null, 3]);
 */
export async function checkLayer(
  layer: Layer,
  inputShape: PartialShape,
  { inputs, values, isFunction = false }: LayerInputs = {},
): Promise<void> {
  setRandomSeed(1);
  if (values !== undefined) return checkConfig(layer, values as Tensor);
  const x = inputs?.() ?? numbers(filled(inputShape));
  checkShapes(layer, inputShape, x);
  if (!isFunction) checkConfig(layer, x);
  if (!isFunction) checkBackends(layer, x);
  checkGradients(layer, x);
  await checkTraining(layer, inputShape, x);
}

function checkShapes(layer: Layer, inputShape: PartialShape, x: Tensor): void {
  const stated = layer.computeOutputShape(inputShape);
  const output = layer.apply(x);
  expect(isSameShape(filled(stated), output.shape), 'the computed output shape').toBe(true);
  expect(['float32', 'int32']).toContain(output.dtype);
  expect(layer.countParams()).toBe(layer.weights.reduce((sum, { size }) => sum + size, 0));
}

type Restoring = { fromConfig(config: JsonObject, options: { layers: object }): Layer };

/** A layer of the same options and weights. */
function copyOf(layer: Layer, minimal = false): Layer {
  const config = JSON.parse(JSON.stringify(layer.getConfig({ minimal }))) as JsonObject;
  const copy = (layer.constructor as unknown as Restoring).fromConfig(config, { layers: myelin });
  expect(copy.getConfig()).toEqual(layer.getConfig());
  if (layer.builtShape) copy.buildOnce(layer.builtShape);
  copy.setWeights(layer.getWeights());
  return copy;
}

/** A copy made from the configuration computes the same, with the same weights. */
function checkConfig(layer: Layer, x: Tensor): void {
  const output = layer.apply(x).toArray();
  for (const minimal of [false, true]) expect(copyOf(layer, minimal).apply(x).toArray()).toEqual(output);
}

/** Outputs, and what a call leaves in the weights, are the same everywhere; only training changes weights. */
function checkBackends(layer: Layer, x: Tensor): void {
  for (const training of [false, true]) {
    const results = backendNames()
      // Its bits are those of wasm.
      .filter((name) => name !== 'native')
      .map((name) => {
        setBackend(name);
        setRandomSeed(1);
        const copy = copyOf(layer);
        const output = copy.apply(x, { training });
        return [output, ...copy.getWeights()].map((each) => each.data());
      });
    const before = layer.getWeights().map((weight) => weight.data());
    if (!training) expect(results[0]!.slice(1)).toEqual(before);
    for (const result of results)
      for (const [i, values] of result.entries()) expectClose(values, results[0]![i]!, 1e-5);
  }
  setBackend('wasm');
}

/** Against central differences in float64, in a few elements of the inputs and of each weight. */
function checkGradients(layer: Layer, x: Tensor): void {
  setBackend('reference', { precision: 'float64' });
  const before = layer.getWeights();
  for (const [i, weight] of layer.trainableWeights.entries()) weight.assign(numbers(weight.shape, i + 1));
  const factors = numbers(layer.apply(x).shape, 5);
  const loss = (input: Tensor) => layer.apply(input).mul(factors).sum();
  const [ofInput, ...ofWeights] = gradients(loss(x), [x, ...layer.trainableWeights]);
  const difference = (at: (moved: number) => number) => (at(step) - at(-step)) / (2 * step);
  for (const i of x.dtype === 'float32' ? picked(x.size) : []) {
    const slope = difference((by) => loss(moved(x, i, by)).item());
    expectClose([ofInput!.data()[i]!], [slope], 1e-4);
  }
  for (const [n, weight] of layer.trainableWeights.entries()) {
    const value = new Tensor(weight.shape, 'float32', { kind: 'data', values: weight.data() });
    for (const i of picked(weight.size)) {
      const slope = difference((by) => {
        weight.assign(moved(value, i, by));
        return loss(x).item();
      });
      expectClose([ofWeights[n]!.data()[i]!], [slope], 1e-4);
    }
    weight.assign(value);
  }
  setBackend('wasm');
  layer.setWeights(before);
}

const picked = (size: number) => [0, Math.floor(size / 2), size - 1].filter((i) => i >= 0 && i < size);

function moved(x: Tensor, i: number, by: number): Tensor {
  const values = x.data();
  values[i] = values[i]! + by;
  return new Tensor(x.shape, 'float32', { kind: 'data', values });
}

/** A step changes every weight that it should and leaves numbers behind; while frozen it changes none. */
async function checkTraining(layer: Layer, inputShape: PartialShape, x: Tensor): Promise<void> {
  const model = new Sequential([layer, new Flatten(), new Dense(1)]);
  model.build(inputShape);
  const step = () => model.fit(x, numbers([x.shape[0]!, 1], 3), { verbose: 0 });
  model.compile({ optimizer: 'sgd', loss: 'mse' });
  const before = layer.trainableWeights.map((weight) => weight.data());
  const { history } = await step();
  expect(Number.isFinite(history.loss![0])).toBe(true);
  for (const [i, weight] of layer.trainableWeights.entries()) expect(weight.data()).not.toEqual(before[i]);
  layer.trainable = false;
  const trained = layer.getWeights().map((weight) => weight.data());
  await step();
  expect(layer.getWeights().map((weight) => weight.data())).toEqual(trained);
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, limit: number): void {
  for (let i = 0; i < expected.length; i++) {
    const allowed = limit + limit * Math.abs(expected[i]!);
    expect(
      Math.abs(actual[i]! - expected[i]!),
      `element ${i}: ${actual[i]}, expected ${expected[i]}`,
    ).toBeLessThanOrEqual(allowed);
  }
}
