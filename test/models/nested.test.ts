import { describe, expect, test } from 'vitest';
import * as layers from '../../src/index.js';
import {
  BatchNormalization,
  cloneModel,
  Dense,
  Dropout,
  Flatten,
  type JsonObject,
  L2,
  Sequential,
  tensor,
  zeros,
} from '../../src/index.js';
import { layerTable } from '../layers/table.js';
import { any, said } from './error-cases.js';
import { quiet } from './line.js';

const inner = () =>
  new Sequential([new Dense(3, { inputShape: [4] }), new BatchNormalization()], { name: 'inner' });
const outer = (within = inner()) =>
  new Sequential([new Dense(4, { inputShape: [5] }), within, new Dense(1)], { name: 'outer' });
const names = (weights: Sequential['weights']) => weights.map(({ name, size }) => `${name} ${size}`);

describe('a Sequential in a Sequential', () => {
  test('has its weights, shapes and parameters there', () => {
    const model = outer();
    expect(names(model.weights)).toEqual([
      ...['kernel 20', 'bias 4', 'kernel 12', 'bias 3', 'gamma 3', 'beta 3'],
      ...['moving_mean 3', 'moving_variance 3', 'kernel 3', 'bias 1'],
    ]);
    expect([model.countParams(), model.trainableWeights.length, model.outputShape]).toEqual([
      55,
      8,
      [null, 1],
    ]);
    expect(model.getLayer('inner')).toBeInstanceOf(Sequential);
    expect((model.layers[1] as Sequential).getLayer(0).name).toBe('dense');
  });

  test('is a row of the summary, as Keras prints it', () => {
    let text = '';
    outer().summary({ lineLength: 65, printFn: (given) => (text = given) });
    expect(text.split('\n').slice(4, 9)).toEqual([
      '│ dense (Dense)              │ (None, 4)           │         24 │',
      '├────────────────────────────┼─────────────────────┼────────────┤',
      '│ inner (Sequential)         │ (None, 3)           │         27 │',
      '├────────────────────────────┼─────────────────────┼────────────┤',
      '│ dense_1 (Dense)            │ (None, 1)           │          4 │',
    ]);
    expect(text).toContain(' Total params: 55 (220.00 B)\n Trainable params: 49 (196.00 B)\n');
  });

  test('is built by the model around it, and named with its other layers', async () => {
    const model = new Sequential([
      new Dense(2),
      new Sequential([new Dense(3)]),
      new Sequential([new Flatten()]),
    ]);
    expect(model.layers.map(({ name }) => name)).toEqual(['dense', 'sequential', 'sequential_1']);
    expect((await model.predict(zeros([2, 4]))).shape).toEqual([2, 3]);
    expect(model.layers[1]!.builtShape).toEqual([null, 2]);
  });

  test('comes back from its configuration, which has the form of Keras', () => {
    const config = outer().getConfig();
    const nested = (config.layers as readonly JsonObject[])[2]!;
    expect([nested.module, nested.class_name, nested.registered_name]).toEqual(['keras', 'Sequential', null]);
    expect(nested.build_config).toEqual({ input_shape: [null, 4] });
    const copy = Sequential.fromConfig(JSON.parse(JSON.stringify(config)) as JsonObject, { layers });
    expect(copy.getConfig()).toEqual(config);
    expect(copy.layers[1]).toBeInstanceOf(Sequential);
  });

  test('trains and is frozen with all that is in it', async () => {
    const within = inner();
    const model = outer(within);
    model.compile({ optimizer: 'sgd', loss: 'mse' });
    const x = tensor(Array.from({ length: 8 }, (_, i) => [i, 1, -i, 2, Math.sin(i)]));
    const trainOnce = () => model.fit(x, zeros([8]), quiet);
    const text = () => String(within.getWeights());
    const before = text();
    await trainOnce();
    const trained = text();
    expect(trained).not.toBe(before);
    within.trainable = false;
    expect(within.layers.map(({ trainable }) => trainable)).toEqual([false, false]);
    await trainOnce();
    expect(text()).toBe(trained);
    within.trainable = true;
    await trainOnce();
    expect(text()).not.toBe(trained);
    model.trainable = false;
    expect(model.trainableWeights).toEqual([]);
  });

  test('counts the penalties in it once', async () => {
    const kernel = { kernelInitializer: 'ones', kernelRegularizer: new L2(0.5), useBias: false } as const;
    const within = new Sequential([new Dense(1, { ...kernel, inputShape: [1] })]);
    const model = new Sequential([within, new Dense(1, { kernelInitializer: 'zeros' })]);
    model.compile({ loss: 'mse' });
    expect((await model.evaluate([1], [0])).loss).toBe(0.5);
  });

  test('computes when it is applied, as every layer', () => {
    const model = new Sequential([new Dense(1, { kernelInitializer: 'ones' }), new Dropout(0.5)]);
    expect(model.apply(tensor([[1, 2]])).toArray()).toEqual([[3]]);
    expect(model.call(tensor([[1, 2]])).toArray()).toEqual([[3]]);
  });

  test('refuses inputs that it was not built for, with the way to it', async () => {
    const text = await said(
      () => new Sequential([new Dense(7, { inputShape: [5] }), inner()], { name: 'outer' }),
    );
    expect(text).toContain("Sequential 'inner' expected inputs of shape [batch, 4], received [");
    expect(text).toContain("where  Sequential 'outer' > layer 2 of 2");
  });
});

describe('cloneModel', () => {
  test('makes the same layers with weights of their own', async () => {
    const own = (x: layers.Tensor) => x.mul(2);
    const model = new Sequential([new Dense(2, { activation: own, name: 'first' }), inner()].slice(0, 1), {
      name: 'mine',
    });
    model.build([null, 3]);
    model.getLayer(0).trainable = false;
    const copy = cloneModel(model);
    expect([copy.name, copy.layers[0]!.name, copy.inputShape]).toEqual(['mine', 'first', [null, 3]]);
    expect(copy.layers[0]!.trainable).toBe(false);
    expect(String(copy.getWeights()[0])).not.toBe(String(model.getWeights()[0]));
    copy.setWeights(model.getWeights());
    expect((await copy.predict([[1, 2, 3]])).toArray()).toEqual((await model.predict([[1, 2, 3]])).toArray());
    expect(copy.optimizer).toBe(null);
  });

  test('clones models within', () => {
    const copy = cloneModel(outer());
    expect(copy.getConfig()).toEqual(outer().getConfig());
    expect(copy.layers[1]).toBeInstanceOf(Sequential);
  });

  test('leaves the making of layers to a function', async () => {
    const cloneFunction = (layer: layers.Layer) => (layer instanceof Dense ? new Dense(7) : layer);
    const copy = cloneModel(new Sequential([new Dense(2), new Dense(3)]), { cloneFunction });
    expect(copy.layers.map((layer) => (layer as Dense).config.units)).toEqual([7, 7]);
    expect(await said(() => cloneModel(outer(), { cloneFunction: any(() => 3) }))).toContain(
      'cloneFunction expected to return a layer',
    );
    expect(await said(() => cloneModel(any(3)))).toContain('cloneModel expected a Sequential, received 3.');
  });

  for (const [name, { make }] of Object.entries(layerTable)) {
    // It states a shape, and is no layer of the model.
    if (name === 'InputLayer') continue;
    test(`makes ${name} again`, () => {
      const layer = make();
      const [copy] = cloneModel(new Sequential([layer])).layers;
      expect(copy!.constructor).toBe(layer.constructor);
      expect(copy!.getConfig()).toEqual(layer.getConfig());
    });
  }
});
