import { describe, expect, test } from 'vitest';
import {
  arg,
  type CallContext,
  Dense,
  Dropout,
  Flatten,
  float,
  initializerField,
  int,
  layer,
  ones,
  Sequential,
  setRandomSeed,
  type Tensor,
  tensor,
  type Variable,
  Zeros,
  zeros,
} from '../../src/index.js';

/** Multiplies by a number. */
class Scale extends layer('Scale', (factor = arg(float())) => ({
  /** What to multiply by. */
  factor,
})) {
  override call(x: Tensor) {
    return x.mul(this.config.factor);
  }
}

/** Adds a weight for each feature, and counts nothing. */
class Offset extends layer('Offset', () => ({ start: initializerField('zeros'), seed: int(0) })) {
  declare offset: Variable;
  override build(inputShape: readonly (number | null)[]) {
    const size = inputShape.at(-1)!;
    this.offset = this.addWeight('offset', [size], { initializer: this.config.start });
    this.addWeight('calls', [], { initializer: this.config.start, trainable: false, dtype: 'int32' });
  }
  override call(x: Tensor, _context: CallContext = {}) {
    return x.add(this.offset);
  }
}

describe('a layer of the user', () => {
  test('computes when applied to a tensor', () => {
    expect(new Scale(3).apply(tensor([[1, 2]])).toArray()).toEqual([[3, 6]]);
  });

  test('keeps the weights of a `build` that was called by hand', async () => {
    const dense = new Dense(1);
    dense.build([null, 2]);
    dense.setWeights([[[1], [2]], [3]]);
    expect([dense.built, dense.countParams()]).toEqual([true, 3]);
    expect(dense.apply(tensor([[1, 1]])).toArray()).toEqual([[6]]);
    expect((await new Sequential([dense]).predict([[1, 1]])).toArray()).toEqual([[6]]);
    expect(dense.weights.length).toBe(2);
  });

  test('is part of a Sequential and of its configuration', async () => {
    const model = new Sequential([new Scale(3, { inputShape: [2] }), new Offset(), new Scale(2)]);
    expect((await model.predict([[1, 2]])).toArray()).toEqual([[6, 12]]);
    expect(model.layers.map(({ name }) => name)).toEqual(['scale', 'offset', 'scale_1']);
    const copy = Sequential.fromConfig(model.getConfig(), { layers: { Scale, Offset } });
    copy.setWeights([[1, 1], 0]);
    expect((await copy.predict([[1, 2]])).toArray()).toEqual([[8, 14]]);
  });

  test('has the weights that training changes before the others', () => {
    const offset = new Offset({ name: 'mine' });
    offset.buildOnce([null, 2]);
    expect(offset.weights.map(({ name, dtype }) => `${name} ${dtype}`)).toEqual([
      'offset float32',
      'calls int32',
    ]);
    expect(offset.trainableWeights.map(({ name }) => name)).toEqual(['offset']);
    expect(offset.nonTrainableWeights.map(({ name }) => name)).toEqual(['calls']);
    expect(offset.countParams()).toBe(3);
    offset.trainable = false;
    expect(offset.trainableWeights).toEqual([]);
    expect(offset.nonTrainableWeights.map(({ name }) => name)).toEqual(['offset', 'calls']);
  });
});

/** Keeps a running mean of its inputs while training, and shifts by it. */
class Center extends layer('Center', () => ({})) {
  declare mean: Variable;
  calls = 0;
  override build(inputShape: readonly (number | null)[]) {
    const start = new Zeros();
    this.mean = this.addWeight('mean', [inputShape.at(-1)!], { initializer: start, trainable: false });
  }
  override call(x: Tensor, { training = false }: CallContext = {}) {
    this.calls++;
    if (training) this.mean.assign(this.mean.mul(0.5).add(x.mean(0).mul(0.5)));
    return x.sub(this.mean);
  }
}

describe('a layer inside of programs', () => {
  const model = () => {
    const center = new Center({ inputShape: [1] });
    const whole = new Sequential([center, new Dense(1, { kernelInitializer: 'zeros' })]);
    whole.compile({ optimizer: 'sgd', loss: 'mse' });
    return { center, whole };
  };

  test('changes its own state in training, and not in evaluation or prediction', async () => {
    const { center, whole } = model();
    await whole.fit([[2], [4]], [0, 0], { batchSize: 2, epochs: 2, verbose: 0 });
    expect(center.mean.toArray()).toEqual([2.25]);
    await whole.evaluate([[2], [4]], [0, 0]);
    await whole.predict([[2], [4]]);
    expect(center.mean.toArray()).toEqual([2.25]);
  });

  test('is called for the first batch only: all others, and later fits, run the same program', async () => {
    const { center, whole } = model();
    const train = () =>
      whole.fit([[1], [2], [3], [4], [5]], [1, 2, 3, 4, 5], { batchSize: 2, epochs: 3, verbose: 0 });
    await train();
    const afterFirst = center.calls;
    await train();
    expect(center.calls).toBe(afterFirst);
    await whole.predict([[1], [2]]);
    const afterPrediction = center.calls;
    await whole.predict([[3], [4]]);
    expect(center.calls).toBe(afterPrediction);
  });

  test('is called again after compile, and after something was frozen', async () => {
    const { center, whole } = model();
    const train = () => whole.fit([[1], [2]], [1, 2], { verbose: 0 });
    await train();
    const first = center.calls;
    whole.compile({ optimizer: 'sgd', loss: 'mse' });
    await train();
    const second = center.calls;
    whole.getLayer(1).trainable = false;
    await train();
    expect([second > first, center.calls > second]).toEqual([true, true]);
  });
});

describe('weights', () => {
  test('come out as copies, and go in as arrays, typed arrays or tensors', () => {
    const dense = new Dense(2);
    dense.buildOnce([null, 1]);
    dense.setWeights([[[1, 2]], new Float32Array([3, 4])]);
    const [kernel, bias] = dense.getWeights();
    expect([kernel!.toArray(), bias!.toArray()]).toEqual([[[1, 2]], [3, 4]]);
    dense.setWeights([tensor([[5, 6]]), zeros([2])]);
    expect([kernel!.toArray(), dense.kernel.toArray()]).toEqual([[[1, 2]], [[5, 6]]]);
  });

  test('that do not fit change nothing', () => {
    const dense = new Dense(2, { name: 'head' });
    dense.buildOnce([null, 1]);
    dense.setWeights([[[1, 2]], [3, 4]]);
    expect(() => dense.setWeights([[[5, 6]], [7]])).toThrow(
      "Dense 'head' setWeights expected shape [2] for weight 'bias', received [1].",
    );
    expect(() => dense.setWeights([[[5, 6]]])).toThrow(
      "Dense 'head' setWeights expected 2 arrays, one for each weight, received 1.",
    );
    expect(dense.kernel.toArray()).toEqual([[1, 2]]);
  });

  test('are refused with advice before there are any, and in an object', () => {
    const model = new Sequential([new Dense(2)]);
    expect(() => model.setWeights([[[1, 2]], [0, 0]])).toThrow(
      'expected 0 arrays, one for each weight, received 2.\n' +
        '  fix    Give the first layer of the model an `inputShape`, or call `build`.',
    );
    model.build([null, 1]);
    expect(() => model.setWeights({ kernel: [[1, 2]] } as never)).toThrow(
      "Sequential 'sequential' setWeights expected 2 arrays, one for each weight, received { kernel }.",
    );
    expect(() => model.setWeights(null as never)).toThrow('received null');
  });

  test('cannot be counted before they are made', () => {
    expect(() => new Dense(2).countParams()).toThrow(
      "Dense 'dense' expected inputs before its weights are counted, received none.\n" +
        '  fix    Give the first layer of the model an `inputShape`, or call `build`.\n' +
        '  code   not-built',
    );
  });
});

describe('Dense', () => {
  test('says which shape it was built for', () => {
    const dense = new Dense(2, { name: 'head' });
    dense.apply(zeros([1, 784]));
    expect(() => dense.apply(zeros([32, 28, 28]))).toThrow(
      "Dense 'head' expected inputs of shape [batch, 784], received [32, 28, 28].\n" +
        '  fix    Add `new Flatten()` before this layer.\n' +
        '  code   not-flattened',
    );
    expect(() => dense.apply(zeros([784]))).toThrow(
      "Dense 'head' expected inputs of shape [batch, 784], received [784].\n" +
        '  fix    This is one sample without its batch axis. Put it in an array, `[x]`; for a tensor write `x.expandDims(0)`.\n' +
        '  code   missing-batch-axis',
    );
    expect(() => dense.apply(zeros([3, 10]))).toThrow(
      "Dense 'head' expected inputs of shape [batch, 784], received [3, 10].\n" +
        '  fix    The weights are made for [batch, 784]: give such inputs, or make the model anew for others.\n' +
        '  code   shape-mismatch',
    );
  });

  test('needs to know the number of features', () => {
    expect(() => new Dense(2, { inputShape: [null] }).computeOutputShape([null, null])).toThrow(
      "Dense 'dense' expected inputs of shape [batch, ..., features] with a known number of features, received [batch, any].",
    );
  });

  test('takes positive whole numbers of units only', () => {
    expect(() => new Dense(2.5, { name: 'head' })).toThrow(
      "Dense 'head' units expected an integer of 1 or more, received 2.5.",
    );
    expect(() => new Dense(0)).toThrow('Dense units expected an integer of 1 or more, received 0.');
  });

  test('offers the nearest name for a misspelt activation or option', () => {
    expect(() => new Dense(2, { activation: 'rleu' as 'relu' })).toThrow("Did you mean 'relu'?");
    expect(() => new Dense(2, { activaton: 'relu' } as never)).toThrow("Did you mean 'activation'?");
  });
});

describe('Dropout', () => {
  test('does nothing outside of training', () => {
    const x = ones([4, 5]);
    expect(new Dropout(0.5).apply(x)).toBe(x);
    expect(new Dropout(0).apply(x, { training: true })).toBe(x);
  });

  test('drops the stated share and keeps the mean', () => {
    const y = new Dropout(0.25, { seed: 1 }).apply(ones([100, 100]), { training: true });
    const values = [...y.data()];
    const dropped = values.filter((value) => value === 0).length;
    // Four standard deviations of a binomial count of 10,000.
    expect(Math.abs(dropped - 2500)).toBeLessThan(4 * Math.sqrt(10_000 * 0.25 * 0.75));
    expect(new Set(values)).toEqual(new Set([0, Math.fround(1 / 0.75)]));
  });

  test('chooses anew at each call, and the same for the same seed', () => {
    const [one, other] = [new Dropout(0.5, { seed: 7 }), new Dropout(0.5, { seed: 7 })];
    const drop = (dropout: Dropout) => dropout.apply(ones([50]), { training: true }).toArray();
    const first = drop(one);
    expect(drop(one)).not.toEqual(first);
    expect(drop(other)).toEqual(first);
  });

  test('makes one choice for an axis of its noise shape that has size 1', () => {
    const y = new Dropout(0.5, { seed: 2, noiseShape: [null, 1] }).apply(ones([40, 3]), { training: true });
    for (const row of y.toArray() as number[][]) expect(new Set(row).size).toBe(1);
  });

  test('drops everything at rate 1', () => {
    expect(new Dropout(1).apply(ones([2]), { training: true }).toArray()).toEqual([0, 0]);
  });

  test('follows the seed of everything', () => {
    const drop = () => {
      setRandomSeed(3);
      return new Dropout(0.5).apply(ones([50]), { training: true }).toArray();
    };
    expect(drop()).toEqual(drop());
  });
});

describe('Flatten', () => {
  test('joins all axes but the first', () => {
    expect(new Flatten().apply(zeros([5, 2, 3, 4])).shape).toEqual([5, 24]);
    expect(new Flatten().apply(zeros([5])).shape).toEqual([5, 1]);
    expect(new Flatten().computeOutputShape([null, 2, 3])).toEqual([null, 6]);
  });

  test('puts channels last that came first', () => {
    const x = tensor([
      [
        [1, 2],
        [3, 4],
      ],
    ]);
    expect(new Flatten({ dataFormat: 'channels_first' }).apply(x).toArray()).toEqual([[1, 3, 2, 4]]);
  });
});
