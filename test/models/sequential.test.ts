import { describe, expect, test } from 'vitest';
import * as layers from '../../src/index.js';
import {
  Dense,
  Dropout,
  Flatten,
  Input,
  InputLayer,
  type Json,
  type JsonObject,
  Sequential,
  tensor,
  zeros,
} from '../../src/index.js';
import { expectNumbersClose } from '../nn/goldens.js';
import { modelOf, summaryCases } from './keras.js';

describe('layers of a Sequential', () => {
  test('are added and taken away', async () => {
    const model = new Sequential([new Dense(3, { inputShape: [2] })]);
    expect(model.outputShape).toEqual([null, 3]);
    model.add(new Dense(1));
    expect([model.layers.length, model.outputShape]).toEqual([2, [null, 1]]);
    expect((await model.predict([[1, 2]])).shape).toEqual([1, 1]);
    expect(model.pop()!.name).toBe('dense_1');
    expect([model.layers.length, model.outputShape]).toEqual([1, [null, 3]]);
    expect((await model.predict([[1, 2]])).shape).toEqual([1, 3]);
    model.pop();
    expect([model.pop(), model.inputShape]).toEqual([undefined, null]);
  });

  test('are named as in Keras, around the names that are given', () => {
    const model = new Sequential([
      new Dense(1),
      new Dropout(0.1),
      new Dense(1, { name: 'dense_1' }),
      new Dense(1),
    ]);
    expect(model.layers.map(({ name }) => name)).toEqual(['dense', 'dropout', 'dense_1', 'dense_2']);
  });

  test('are found by name and by place', () => {
    const head = new Dense(1, { name: 'head' });
    const model = new Sequential([new Flatten(), head]);
    expect(model.getLayer('head')).toBe(head);
    expect(model.getLayer(1)).toBe(head);
    expect(model.getLayer(-1)).toBe(head);
  });

  test('get their weights from the first data when no shape is stated', async () => {
    const model = new Sequential([new Dense(3), new Dense(1)]);
    expect([model.weights.length, model.inputShape, model.outputShape]).toEqual([0, null, null]);
    await model.predict(zeros([5, 4]));
    expect([model.inputShape, model.outputShape, model.countParams()]).toEqual([[null, 4], [null, 1], 19]);
  });

  test('get their weights from a stated shape, of whichever form', () => {
    for (const first of [
      [new Dense(1, { inputShape: [4] })],
      [new InputLayer([4]), new Dense(1)],
      [Input([4]), new Dense(1)],
    ]) {
      const model = new Sequential(first);
      expect([model.layers.length, model.countParams(), model.inputShape]).toEqual([1, 5, [null, 4]]);
    }
    const model = new Sequential([new Dense(1)]);
    model.build([null, 4]);
    expect(model.countParams()).toBe(5);
  });

  test('have shapes, trainable and other weights', () => {
    const model = new Sequential([new Dense(3, { inputShape: [2] }), new Dense(1, { trainable: false })]);
    expect(model.weights.map(({ shape }) => shape)).toEqual([[2, 3], [3], [3, 1], [1]]);
    expect(model.trainableWeights.length).toBe(2);
    expect(model.nonTrainableWeights.length).toBe(2);
    expect(model.outputShapeOf(model.getLayer(0))).toEqual([null, 3]);
  });

  test('compute on tensors directly, so that gradients reach their weights', () => {
    const model = new Sequential([new Dense(1, { inputShape: [2], kernelInitializer: 'ones' })]);
    const x = tensor([[3, 4]]);
    expect(model.forward(x).toArray()).toEqual([[7]]);
    const [kernel] = layers.gradients(model.forward(x).sum(), model.trainableWeights);
    expect(kernel!.toArray()).toEqual([[3], [4]]);
  });
});

describe('weights of a model', () => {
  test('move from one model to another', async () => {
    const make = () => new Sequential([new Dense(3, { inputShape: [2], activation: 'tanh' }), new Dense(1)]);
    const [one, other] = [make(), make()];
    other.setWeights(one.getWeights());
    const x = [[1, 2]];
    expect((await other.predict(x)).toArray()).toEqual((await one.predict(x)).toArray());
  });

  test('are copies that training does not change', async () => {
    const model = new Sequential([new Dense(1, { inputShape: [1] })]);
    model.compile({ optimizer: 'sgd', loss: 'mse' });
    const before = model.getWeights();
    const text = String(before);
    await model.fit([1], [5], { verbose: 0 });
    expect(String(before)).toBe(text);
    expect(String(model.getWeights())).not.toBe(text);
  });
});

describe('predict', () => {
  test('gives a row for each sample, whatever the batch size', async () => {
    const model = new Sequential([new Dense(2, { inputShape: [3], activation: 'tanh' })]);
    const x = Array.from({ length: 70 }, (_, i) => [i / 70, 1, -i / 70]);
    const whole = await model.predict(x, { batchSize: 100 });
    expect(whole.shape).toEqual([70, 2]);
    for (const batchSize of [7, 32, 70]) {
      expect((await model.predict(x, { batchSize })).toArray()).toEqual(whole.toArray());
    }
    // One row is a product of a vector, whose sums are added up in another order.
    expectNumbersClose((await model.predict(x, { batchSize: 1 })).data(), Array.from(whole.data()), 1e-6);
  });

  test('gives results that stay as they are when the model predicts again', async () => {
    const model = new Sequential([new Dense(1, { inputShape: [1], kernelInitializer: 'ones' })]);
    const first = await model.predict([1, 2]);
    await model.predict([3, 4]);
    expect(first.toArray()).toEqual([[1], [2]]);
  });

  test('follows weights that are set, and layers that are frozen or trained', async () => {
    const model = new Sequential([new Dense(1, { inputShape: [1], kernelInitializer: 'ones' })]);
    expect((await model.predict([2])).item()).toBe(2);
    model.setWeights([[[10]], [0]]);
    expect((await model.predict([2])).item()).toBe(20);
    model.getLayer(0).trainable = false;
    expect((await model.predict([2])).item()).toBe(20);
  });

  test('can run several times at once', async () => {
    const model = new Sequential([new Dense(1, { inputShape: [1], kernelInitializer: 'ones' })]);
    const results = await Promise.all([model.predict([1]), model.predict([2]), model.predict([3])]);
    expect(results.map((y) => y.item())).toEqual([1, 2, 3]);
  });
});

describe('the configuration of a Sequential', () => {
  /** What stands in `expected`, without the keys with null that this version does not write. */
  const known = (actual: unknown, expected: unknown): unknown => {
    if (Array.isArray(expected)) return expected.map((each, i) => known((actual as unknown[])[i], each));
    if (typeof expected !== 'object' || expected === null) return expected;
    const entries = Object.entries(expected).filter(
      ([key, value]) => value !== null || Object.hasOwn(actual as object, key),
    );
    return Object.fromEntries(
      entries.map(([key, value]) => [key, known((actual as JsonObject)[key], value)]),
    );
  };

  for (const { id, model: json } of summaryCases()) {
    test(`is that of Keras: ${id}`, () => {
      const config = modelOf(json).getConfig();
      expect(config).toEqual(known(config, json.config));
    });
  }

  test('makes a model of the same shapes, options and names', () => {
    const model = new Sequential(
      [
        new Flatten({ inputShape: [2, 2] }),
        new Dense(3, { activation: 'relu', kernelRegularizer: new layers.L2(0.5), name: 'hidden' }),
        new Dropout(0.5, { seed: 3 }),
        new Dense(1, { useBias: false, trainable: false }),
      ],
      { name: 'mine' },
    );
    const json = JSON.parse(JSON.stringify(model.getConfig())) as JsonObject;
    const copy = Sequential.fromConfig(json, { layers });
    expect(copy.getConfig()).toEqual(model.getConfig());
    expect([copy.name, copy.inputShape, copy.countParams()]).toEqual([
      'mine',
      [null, 2, 2],
      model.countParams(),
    ]);
    expect(copy.trainableWeights.length).toBe(2);
  });

  test('is read as Keras 2 wrote it, with the shape in the first layer', () => {
    const dense = { class_name: 'Dense', config: { name: 'd', units: 2, batch_input_shape: [null, 3] } };
    const model = Sequential.fromConfig({ name: 'old', layers: [dense] }, { layers });
    expect([model.inputShape, model.countParams()]).toEqual([[null, 3], 8]);
  });

  test('its short form leaves defaults of its layers out, nested ones too, and is read as the long one', () => {
    const inner = new Sequential([new Dense(2, { activation: 'relu' })], { name: 'inner' });
    const model = new Sequential([new Dense(3, { inputShape: [4] }), inner]);
    const short = model.getConfig({ minimal: true });
    expect(JSON.stringify(short)).not.toContain('use_bias');
    expect(JSON.stringify(short)).toContain('relu');
    expect(Sequential.fromConfig(short, { layers: { Dense } }).getConfig()).toEqual(model.getConfig());
  });

  test('needs the classes of its layers', () => {
    const config = new Sequential([new Dense(1), new Flatten()]).getConfig();
    expect(() => Sequential.fromConfig(config, { layers: { Dense } })).toThrow(
      "Sequential.fromConfig expected class_name 'InputLayer', 'Sequential' or 'Dense', received 'Flatten'.\n" +
        '  fix    Give the classes of all layers: `Sequential.fromConfig(config, { layers: { Dense, Mine } })`.\n' +
        '  code   config-class',
    );
    expect(() => Sequential.fromConfig({ name: 'x' }, { layers })).toThrow(
      "Sequential.fromConfig expected a configuration with a list of 'layers', received { name }.",
    );
  });

  const rows: readonly JsonObject[] = [
    { class_name: 'InputLayer', config: { batch_shape: [null, 2] } },
    { class_name: 'Dense', config: { units: 1 } },
  ];
  test('of a model that is no Sequential is refused, not read as one layer after another', () => {
    const functional = { layers: rows, input_layers: [['in', 0, 0]], output_layers: [['out', 0, 0]] };
    expect(() => Sequential.fromConfig({ class_name: 'Functional', config: functional }, { layers })).toThrow(
      'Sequential.fromConfig expected keys among layers, name, trainable, received \'input_layers\': [["in",0,0]].',
    );
  });

  test.each<[JsonObject, string]>([
    [{ dtype: 'mixed_float16' }, 'received \'dtype\': "mixed_float16"'],
    [{ trainable: 'no' }, "Sequential trainable expected true or false, received 'no'"],
    [{ name: 7 }, 'Sequential name expected a string that is not empty or null, received 7'],
  ])('of no meaning is refused: %j', (key, message) => {
    expect(() => Sequential.fromConfig({ layers: rows, ...key }, { layers })).toThrow(message);
  });

  test.each<[Json, string]>([
    [null, 'received nothing'],
    [{ a: 1 }, 'received { a }'],
    [8, 'received 8'],
  ])('has an input with a shape: %j is none', (batchShape, message) => {
    const input = { class_name: 'InputLayer', config: { batch_shape: batchShape } };
    expect(() => Sequential.fromConfig({ layers: [input] }, { layers })).toThrow(
      `InputLayer shape expected an array of sizes without the batch axis, such as [28, 28, 1], ${message}`,
    );
  });
});
