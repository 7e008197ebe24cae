import { describe, expect, it } from 'vitest';
import type { NamedClass } from '../../src/core/named.js';
import * as myelin from '../../src/index.js';
import {
  chooseAccuracy,
  lossField,
  lossFor,
  type MetricOption,
  metricFor,
  optimizerField,
  optimizerFor,
} from '../../src/nn/choose.js';
import { activation, initializer, regularizer } from '../../src/nn/fields.js';
import { imported } from '../../src/nn/imported.js';
import { Initializer } from '../../src/nn/initializer.js';
import { initializers } from '../../src/nn/initializers.js';
import { Loss } from '../../src/nn/loss.js';
import { BinaryCrossentropy, type LossName, losses, MeanSquaredError } from '../../src/nn/losses.js';
import { Metric } from '../../src/nn/metric.js';
import {
  BinaryAccuracy,
  CategoricalAccuracy,
  metrics,
  SparseCategoricalAccuracy,
} from '../../src/nn/metrics.js';
import { Adam } from '../../src/nn/optimizers/adam.js';
import { Optimizer } from '../../src/nn/optimizers/optimizer.js';
import { SGD } from '../../src/nn/optimizers/sgd.js';
import { optimizers } from '../../src/nn/optimizers/table.js';
import { L2, OrthogonalRegularizer, Regularizer, regularizers } from '../../src/nn/regularizers.js';
import { LearningRateSchedule } from '../../src/nn/schedules.js';
import { GlorotUniform } from '../../src/nn/variance-scaling.js';
import { tensor, zeros } from '../../src/tensor/create.js';

describe('a loss', () => {
  it.each(Object.entries(losses))('%s is a known name', (name, made) => {
    expect(lossFor(name as LossName)([null, 1], [null, 1])).toBeInstanceOf(made);
  });

  it('may be an instance or a function', () => {
    const own = new MeanSquaredError({ reduction: 'sum' });
    expect(lossFor(own)([null], [null])).toBe(own);
    const made = lossFor((yTrue, yPred) => yPred.sub(yTrue).mean(-1))([null], [null]);
    expect(made.call(tensor([[1]]), tensor([[3]])).item()).toBe(2);
  });

  it('named crossentropy follows the shapes', () => {
    const name = (yTrue: (number | null)[], yPred: (number | null)[]) =>
      lossFor('ce')(yTrue, yPred).className;
    expect(name([null, 1], [null, 1])).toBe('BinaryCrossentropy');
    expect(name([null, 3], [null, 3])).toBe('CategoricalCrossentropy');
    expect(name([null], [null, 3])).toBe('SparseCategoricalCrossentropy');
  });

  it('with an unknown name is refused at once, with the nearest', () => {
    expect(() => lossFor('sparse_categorial_crossentropy' as never)).toThrow(
      /^compile loss expected 'crossentropy', 'ce', 'mean_squared_error', .* \d+ others, a loss or a function, received 'sparse_categorial_crossentropy'\.\n {2}fix {4}Did you mean 'sparse_categorical_crossentropy'\?\n {2}code {3}name-unknown/,
    );
  });

  it('of another kind is refused', () => {
    expect(() => lossFor(new Adam() as never)).toThrow('a loss or a function, received an Adam.');
    expect(() => lossFor(null as never)).toThrow('a loss or a function, received null.');
    expect(() => lossFor(MeanSquaredError as never)).toThrow(
      'received the class MeanSquaredError.\n  fix    Write `new MeanSquaredError()`.\n  code   option-value',
    );
  });
});

describe('accuracy', () => {
  it.each([
    [[null, 1], [null, 1], BinaryAccuracy],
    [[null], [null, 1], BinaryAccuracy],
    [[null, 3], [null, 3], CategoricalAccuracy],
    [[null], [null, 3], SparseCategoricalAccuracy],
    [[null, 1], [null, 3], SparseCategoricalAccuracy],
    [[null, 5], [null, 5, 3], SparseCategoricalAccuracy],
  ])('for targets %j and outputs %j is the one Keras chooses', (yTrue, yPred, expected) => {
    expect(chooseAccuracy(yTrue, yPred)).toBe(expected);
    expect(metricFor('acc')(yTrue, yPred)).toBeInstanceOf(expected);
  });
});

describe('a metric', () => {
  it.each<[string, MetricOption, string]>([
    ['the short name', 'acc', 'acc'],
    ['the long name', 'accuracy', 'accuracy'],
    ['an alias', 'mse', 'mse'],
    ['a crossentropy', 'ce', 'ce'],
    ['an instance', new metrics.MeanSquaredError({ name: 'squares' }), 'squares'],
    ['an instance without a name', new metrics.MeanSquaredError(), 'mean_squared_error'],
    ['a loss', new BinaryCrossentropy(), 'binary_crossentropy'],
    [
      'a function',
      function meanBias(yTrue, yPred) {
        return yPred.sub(yTrue).mean(-1);
      },
      'mean_bias',
    ],
  ])('given as %s has the name of its kind in logs', (_, given, name) => {
    const metric = metricFor(given)([null, 1], [null, 1]);
    expect(metric.name).toBe(name);
    metric.updateState(zeros([2, 1]), zeros([2, 1]));
    expect(Number.isFinite(metric.result().item())).toBe(true);
  });

  it('with an unknown name is refused at once, with the nearest', () => {
    expect(() => metricFor('acuracy' as never)).toThrow("Did you mean 'accuracy'?");
    expect(() => metricFor('toString' as never)).toThrow("received 'toString'.");
  });
});

describe('an optimizer', () => {
  it('may be a name or an instance', () => {
    expect(optimizerFor('rmsprop').className).toBe('RMSprop');
    const own = new SGD();
    expect(optimizerFor(own)).toBe(own);
  });

  it('with an unknown name is refused, with the nearest', () => {
    expect(() => optimizerFor('adamm' as never)).toThrow(
      /^compile optimizer expected 'sgd', .* or an optimizer, received 'adamm'\.\n {2}fix {4}Did you mean 'adam'\?\n {2}code {3}name-unknown/,
    );
  });
});

describe("Keras's JSON of a choice", () => {
  it('nests class and configuration', () => {
    const field = lossField();
    const json = field.toJson!(new BinaryCrossentropy({ fromLogits: true }));
    expect(json).toMatchObject({
      module: 'keras.losses',
      class_name: 'BinaryCrossentropy',
      registered_name: null,
    });
    expect((field.fromJson!(json) as BinaryCrossentropy).config.fromLogits).toBe(true);
    expect(field.fromJson!('mse')).toBe('mse');
  });

  it('is read whatever module Keras wrote', () => {
    const json = {
      module: 'keras.src.backend.torch.optimizers.torch_adam',
      class_name: 'Adam',
      config: { name: 'adam', learning_rate: 0.25 },
      registered_name: 'Adam',
    };
    expect((optimizerField().fromJson!(json) as Adam).learningRate).toBe(0.25);
  });
});

describe('options of layers', () => {
  it('take activations by name, as functions and as null', () => {
    const field = activation('linear');
    const double = (x: ReturnType<typeof zeros>) => x.mul(2);
    expect(field.parse('relu')!(tensor([-1, 2])).toArray()).toEqual([0, 2]);
    expect(field.parse(double)).toBe(double);
    expect(field.toJson!(field.parse(null)!)).toBe('linear');
    expect(field.parse('rleu' as never)).toBeUndefined();
    expect(field.expected).toBe(
      "'linear', 'relu', 'sigmoid', 'tanh', 'softmax', 'gelu', 25 others or a function of a tensor",
    );
    expect(field.fromJson!('tanh')).toBe('tanh');
  });

  it('take initializers and regularizers by name, as instances and as functions', () => {
    const first = initializer('zeros');
    expect(first.parse('glorot_uniform')).toBeInstanceOf(GlorotUniform);
    expect(
      first
        .parse((shape) => zeros(shape))!
        .call([2])
        .toArray(),
    ).toEqual([0, 0]);
    expect(first.toJson!(new GlorotUniform())).toEqual({
      module: 'keras.initializers',
      class_name: 'GlorotUniform',
      config: { seed: null, input_axes: null, output_axes: null },
      registered_name: null,
    });
    expect(regularizer().parse('l2')).toBeInstanceOf(L2);
    expect(regularizer().parse(null)).toBeNull();
    expect(regularizer().fromJson!({ class_name: 'L2', config: { l2: 0.5 } })).toMatchObject({
      config: { l2: 0.5 },
    });
    expect(regularizer().toJson!(null)).toBeNull();
  });
});

describe('a class that no string reaches', () => {
  const kinds = {
    losses: [Loss, losses],
    metrics: [Metric, metrics],
    optimizers: [Optimizer, optimizers],
    schedules: [LearningRateSchedule, {}],
    initializers: [Initializer, initializers],
    regularizers: [Regularizer, regularizers],
  } as const;

  it.each(Object.entries(imported).flatMap(([kind, names]) => names.map((name) => [name, kind] as const)))(
    '%s is exported, and none of the named %s',
    (name, kind) => {
      const [base, table] = kinds[kind as keyof typeof kinds];
      const found = (myelin as Readonly<Record<string, unknown>>)[name] as NamedClass<unknown>;
      expect(found.prototype).toBeInstanceOf(base);
      expect(found.className).toBe(name);
      expect(Object.values(table)).not.toContain(found);
    },
  );

  it('is asked for as an instance, in whichever spelling', () => {
    const fix = /fix {4}Import it, and write `new ScheduleFreeAdamW\(\)`\.\n {2}code {3}name-unknown/;
    expect(() => optimizerFor('schedulefreeadamw' as never)).toThrow(fix);
    expect(() => optimizerFor('ScheduleFreeAdamW' as never)).toThrow(fix);
    expect(() => metricFor('f_beta_score' as never)).toThrow('Import it, and write `new FBetaScore()`.');
    expect(() => optimizerFor('adafaktor' as never)).toThrow(/Adafactor/);
  });

  it("is made from Keras's JSON by who hands the class over", () => {
    const field = regularizer();
    const json = field.toJson!(new OrthogonalRegularizer({ factor: 0.5 }));
    expect(field.fromJson!(json, { OrthogonalRegularizer, L2 })).toMatchObject({ config: { factor: 0.5 } });
    expect(() => field.fromJson!(json)).toThrow(
      "Import it, and name it: `fromConfig(config, { classes: { OrthogonalRegularizer } })`, or in a model's `layers`.",
    );
  });
});
