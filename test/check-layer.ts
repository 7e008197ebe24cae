/** Everything that holds for every layer, in one call. */

import { expect } from 'vitest';
import { backendNames, setBackend } from '../src/backends/choose.js';
import { isSameShape, type PartialShape, type Shape, sizeOf } from '../src/core/shape.js';
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

/**
 * Checks build, shapes, type, configuration, gradients, all backends and a step of training.
 *
 * @example
 * await checkLayer(new Dense(4), [null, 3]);
 */
export async function checkLayer(layer: Layer, inputShape: PartialShape): Promise<void> {
  setRandomSeed(1);
  const x = numbers(filled(inputShape));
  checkShapes(layer, inputShape, x);
  checkConfig(layer, x);
  checkBackends(layer, x);
  checkGradients(layer, x);
  await checkTraining(layer, inputShape, x);
}

function checkShapes(layer: Layer, inputShape: PartialShape, x: Tensor): void {
  const stated = layer.computeOutputShape(inputShape);
  const output = layer.apply(x);
  expect(isSameShape(filled(stated), output.shape), 'the computed output shape').toBe(true);
  expect(output.dtype).toBe('float32');
  expect(layer.countParams()).toBe(layer.weights.reduce((sum, { size }) => sum + size, 0));
}

type Restoring = { fromConfig(config: JsonObject): Layer };

/** A copy made from the configuration computes the same, with the same weights. */
function checkConfig(layer: Layer, x: Tensor): void {
  for (const minimal of [false, true]) {
    const config = JSON.parse(JSON.stringify(layer.getConfig({ minimal }))) as JsonObject;
    const copy = (layer.constructor as unknown as Restoring).fromConfig(config);
    expect(copy.getConfig()).toEqual(layer.getConfig());
    copy.buildOnce([null, ...x.shape.slice(1)]);
    copy.setWeights(layer.getWeights());
    expect(copy.apply(x).toArray()).toEqual(layer.apply(x).toArray());
  }
}

function checkBackends(layer: Layer, x: Tensor): void {
  const results = backendNames().map((name) => {
    setBackend(name);
    return layer.apply(x).data();
  });
  for (const result of results) expectClose(result, results[0]!, 1e-5);
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
  for (const i of picked(x.size)) {
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

/** A step changes every weight that it should, and leaves numbers behind. */
async function checkTraining(layer: Layer, inputShape: PartialShape, x: Tensor): Promise<void> {
  const model = new Sequential([layer, new Flatten(), new Dense(1)]);
  model.build(inputShape);
  model.compile({ optimizer: 'sgd', loss: 'mse' });
  const before = layer.trainableWeights.map((weight) => weight.data());
  const { history } = await model.fit(x, numbers([x.shape[0]!, 1], 3), { verbose: 0 });
  expect(Number.isFinite(history.loss![0])).toBe(true);
  for (const [i, weight] of layer.trainableWeights.entries()) expect(weight.data()).not.toEqual(before[i]);
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
