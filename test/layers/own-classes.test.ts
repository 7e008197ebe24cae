import { describe, expect, test } from 'vitest';
import {
  Conv2D,
  cloneModel,
  Dense,
  Layer,
  Loss,
  MeanMetric,
  Metric,
  ones,
  type PartialShape,
  Sequential,
  SGD,
  type Tensor,
  tensor,
  type Variable,
  zeros,
} from '../../src/index.js';
import { any, check } from '../models/error-cases.js';

class Twice extends Layer {
  override call(x: Tensor) {
    return x.mul(2);
  }
}

class Wide extends Layer {
  constructor(
    readonly units: number,
    options: object = {},
  ) {
    super(options);
  }
  override call(x: Tensor) {
    return x.sum(-1, { keepDims: true }).tile([1, this.units]);
  }
}

class Kept extends Wide {
  override getConfig() {
    return { ...super.getConfig(), units: this.units };
  }
  // biome-ignore lint/suspicious/noExplicitAny: as users write it
  static override fromConfig({ units, name }: any): any {
    return new Kept(units, { name });
  }
}

class Mixed extends Layer {
  declare kernel: Variable;
  declare offset: Variable;
  override build(inputShape: PartialShape) {
    const options = { initializer: 'ones', regularizer: 'l2', constraint: 'non_neg' } as const;
    this.kernel = this.addWeight('kernel', [inputShape.at(-1)!, 1], options);
    this.offset = this.addWeight('offset', [1], { initializer: (shape) => zeros(shape).add(3) });
    this.addWeight('unused', [5]);
  }
  override call(x: Tensor) {
    return x.matmul(this.kernel).add(this.offset);
  }
}

class Quartic extends Loss {
  override values(yTrue: Tensor, yPred: Tensor) {
    return yTrue.sub(yPred).square().square().mean(-1);
  }
}

class Worst extends MeanMetric {
  override values(yTrue: Tensor, yPred: Tensor) {
    return yTrue.sub(yPred).abs().max(-1);
  }
}

class Batches extends Metric {
  readonly seen = this.addVariable('seen');
  override updateState() {
    this.seen.assign(this.seen.add(1));
  }
  override result() {
    return this.seen;
  }
}

test('a layer with `build` as a field is built once', () => {
  let calls = 0;
  class Counting extends Twice {
    override build = () => {
      calls++;
      this.addWeight('own', [1]);
    };
  }
  const layer = new Counting();
  for (let i = 0; i < 2; i++) layer.apply(tensor([[1, 2]]));
  expect([calls, layer.weights.length, layer.built]).toEqual([1, 1, true]);
});

describe('classes that extend a kind itself, with no options of their own,', () => {
  const model = () => new Sequential([new Twice({ inputShape: [2] }), new Mixed({ name: 'mixed' })]);

  test('have the options, the name and the configuration of their kind', () => {
    expect(new Twice().name).toBe('twice');
    expect(new Worst({ name: 'far' }).name).toBe('far');
    expect(Twice.className).toBe('Twice');
    const copy = Sequential.fromConfig(model().getConfig(), { layers: { Twice, Mixed } });
    expect(copy.layers.map(({ name }) => name)).toEqual(['twice', 'mixed']);
    expect(cloneModel(model()).layers[0]).toBeInstanceOf(Twice);
    expect(() => new Twice(any({ factor: 2 }))).toThrow('Twice expected options among name, trainable,');
  });

  test('with a constructor of their own say how to be copied, and are by their own fromConfig', () => {
    const copied = (made: Layer) => cloneModel(new Sequential([made, new Dense(1)])).layers[0];
    expect(() => copied(new Wide(3, { inputShape: [2] }))).toThrow(
      'Wide expected its constructor to take declared options, received one that is its own.',
    );
    const model = new Sequential([new Wide(3, { inputShape: [2] })]);
    expect(() => Sequential.fromConfig(model.getConfig(), { layers: { Wide } })).toThrow(
      "Declare the options, `class Wide extends layer('Wide', …)`, or add a `static fromConfig`.",
    );
    expect((copied(new Kept(3, { inputShape: [2] })) as Kept).units).toBe(3);
  });

  test('take names and functions for what a weight begins with and is held to', async () => {
    const made = model();
    expect(made.getWeights()[0]!.toArray()).toEqual([[1], [1]]);
    expect(made.getWeights()[1]!.toArray()).toEqual([3]);
    expect(new Set(made.getWeights()[2]!.toArray() as number[]).size).toBe(5);
    expect(made.losses[0]!.item()).toBeCloseTo(0.02);
    made.compile({ loss: 'mse', optimizer: new SGD({ learningRate: 1 }) });
    await made.fit(ones([1, 2]), [-100], { verbose: 0 });
    expect(made.getWeights()[0]!.toArray()).toEqual([[0], [0]]);
  });

  test('train and measure', async () => {
    const model = new Sequential([new Twice()]);
    model.compile({ loss: new Quartic(), metrics: [new Worst(), new Batches()] });
    const logs = await model.evaluate(tensor([[1], [2], [3], [3]]), tensor([[2], [4], [4], [6]]), {
      batchSize: 1,
    });
    expect(logs).toEqual({ loss: 4, worst: 0.5, batches: 4 });
  });
});

describe('what cannot be called', () => {
  class Forward extends (Layer as unknown as new (options: object) => Layer) {
    forward = (x: Tensor) => x;
    override call = any(undefined);
  }
  class Bare extends Loss {}
  class Open extends Twice {
    override build([batch]: PartialShape) {
      this.addWeight('offset', [any(batch)], { initializer: 'zeros' });
    }
  }
  const tensors = 'fix    Write `tensor(x)`; `model.predict` takes arrays too.';

  check([
    [
      'a layer whose method has another name',
      () => new Sequential([new Forward({ inputShape: [2] })]),
      "ConfigError: Forward 'forward' expected a method `call`, received none.",
      "  where  Sequential 'sequential' > layer 1 of 1",
      '  fix    Write `call(x) { return … }`.',
      '  code   argument-value',
    ],
    [
      'a weight of a size that is open',
      () => new Sequential([new Open({ inputShape: [2] })]),
      'ConfigError: A tensor expected a shape: an array of integers of 0 or more, received [null].',
      "  where  Sequential 'sequential' > layer 1 of 1 > weight 'offset' of Open 'open'",
      '  code   argument-value',
    ],
    [
      'a loss without its formula',
      () => new Bare().call(zeros([2, 1]), zeros([2, 1])),
      "ConfigError: The loss 'bare' expected a method `values`, received none.",
      '  fix    Write `values(yTrue, yPred) { return … }`, one value for each sample.',
      '  code   argument-value',
    ],
    [
      'a layer on an array',
      () => new Dense(1).apply(any([[1]])),
      "ConfigError: Dense 'dense' expected a tensor, received [[1]].",
      `  ${tensors}`,
      '  code   argument-value',
    ],
    [
      'a convolution on an array',
      () => new Conv2D(1, 1).apply(any([[1]])),
      "ConfigError: Conv2D 'conv2d' expected a tensor, received [[1]].",
      `  ${tensors}`,
      '  code   argument-value',
    ],
    [
      'a class as an activation',
      () => new Dense(1, { activation: any(Twice) }),
      "ConfigError: Dense activation expected 'linear', 'relu', 'sigmoid', 'tanh', 'softmax', 'gelu', 25 others or a function of a tensor, received the class Twice.",
      '  fix    Give a name or a function; a layer goes into the model, after this one.',
      '  code   option-value',
    ],
  ]);
});
