import { describe, expect, it } from 'vitest';
import { ConfigError, ShapeError } from '../../src/core/errors.js';
import { fans } from '../../src/nn/fans.js';
import { initializer } from '../../src/nn/fields.js';
import {
  Constant,
  IdentityInitializer,
  initializers,
  Ones,
  RandomNormal,
  RandomUniform,
  TruncatedNormal,
  Zeros,
} from '../../src/nn/initializers.js';
import { Orthogonal } from '../../src/nn/orthogonal.js';
import { STFT } from '../../src/nn/stft.js';
import {
  GlorotNormal,
  GlorotUniform,
  HeNormal,
  HeUniform,
  LecunNormal,
  LecunUniform,
  VarianceScaling,
} from '../../src/nn/variance-scaling.js';
import { tril } from '../../src/tensor/arrays.js';
import { eye, tensor } from '../../src/tensor/create.js';
import { random } from '../../src/tensor/random.js';
import { expectNumbersClose } from './goldens.js';

function statistics(values: ArrayLike<number>) {
  const x = Array.from(values);
  const mean = x.reduce((a, b) => a + b, 0) / x.length;
  const deviation = Math.sqrt(x.reduce((a, b) => a + (b - mean) ** 2, 0) / x.length);
  return { mean, deviation, low: Math.min(...x), high: Math.max(...x), error: 5 / Math.sqrt(x.length) };
}

describe('fans', () => {
  it.each([
    [[], 1, 1],
    [[200], 200, 200],
    [[40, 60], 40, 60],
    [[3, 3, 8, 16], 72, 144],
  ])('of %j are %i and %i', (shape, inputs, outputs) => {
    expect(fans(shape)).toEqual({ inputs, outputs });
  });
});

describe('uniform initializers', () => {
  // Bounds of the goldens `initializers.json`.
  it.each([
    [new GlorotUniform({ seed: 1 }), [40, 60], -0.2449489742783178, 0.2449489742783178],
    [new GlorotUniform({ seed: 1 }), [3, 3, 8, 16], -1 / 6, 1 / 6],
    [new LecunUniform({ seed: 1 }), [40, 60], -Math.sqrt(3 / 40), Math.sqrt(3 / 40)],
    [new GlorotUniform({ seed: 1, inputAxes: [0, 1], outputAxes: [-1] }), [4, 20, 40], -0.2236068, 0.2236068],
    [new HeUniform({ seed: 1 }), [40, 60], -0.3872983346207417, 0.3872983346207417],
    [new RandomUniform({ seed: 3 }), [40, 60], -0.05, 0.05],
    [new RandomUniform({ minval: -0.3, maxval: 0.7, seed: 3 }), [40, 60], -0.3, 0.7],
  ])('%o fill their interval', (initializer, shape, low, high) => {
    const found = statistics(initializer.call(shape).data());
    const width = high - low;
    expect(found.low).toBeGreaterThanOrEqual(low - 1e-6);
    expect(found.high).toBeLessThanOrEqual(high + 1e-6);
    expect(found.low).toBeLessThan(low + 0.01 * width);
    expect(found.high).toBeGreaterThan(high - 0.01 * width);
    expect(Math.abs(found.mean - (low + high) / 2)).toBeLessThan((found.error * width) / Math.sqrt(12));
  });
});

describe('normal initializers', () => {
  it.each([
    [new GlorotNormal({ seed: 1 }), 0, 0.1414213562373095, 0.3215489554295861],
    [new HeNormal({ seed: 1 }), 0, Math.sqrt(2 / 40), 0.5085],
    [new LecunNormal({ seed: 1 }), 0, Math.sqrt(1 / 40), 0.3596],
    [
      new VarianceScaling({ scale: 3, mode: 'fan_out', distribution: 'untruncated_normal', seed: 1 }),
      0,
      0.2236,
      2,
    ],
    [new RandomNormal({ seed: 3 }), 0, 0.05, Infinity],
    [new RandomNormal({ mean: 0.5, stddev: 0.2, seed: 3 }), 0.5, 0.2, Infinity],
    [new TruncatedNormal({ mean: -1, stddev: 0.4, seed: 3 }), -1, 0.4 * 0.8796256610342398, 0.8],
  ])('%o have their mean and deviation', (initializer, mean, deviation, reach) => {
    const found = statistics(initializer.call([40, 60]).data());
    expect(Math.abs(found.mean - mean)).toBeLessThan(found.error * deviation);
    expect(Math.abs(found.deviation / deviation - 1)).toBeLessThan(found.error);
    expect(Math.max(found.high - mean, mean - found.low)).toBeLessThanOrEqual(reach + 1e-6);
  });
});

describe('seeds', () => {
  it('make the same numbers again', () => {
    const first = new GlorotUniform({ seed: 7 }).call([4, 4]).data();
    expect(new GlorotUniform({ seed: 7 }).call([4, 4]).data()).toEqual(first);
    expect(new GlorotUniform({ seed: 8 }).call([4, 4]).data()).not.toEqual(first);
  });

  it('are not needed: each call then has other numbers', () => {
    const free = new GlorotUniform();
    expect(free.call([4, 4]).data()).not.toEqual(free.call([4, 4]).data());
  });
});

describe('constant initializers', () => {
  it('fill a shape', () => {
    expect(new Zeros().call([2, 1]).toArray()).toEqual([[0], [0]]);
    expect(new Ones().call([2]).toArray()).toEqual([1, 1]);
    expect(new Constant(3).call([2]).toArray()).toEqual([3, 3]);
    expect(new Constant().call([1]).toArray()).toEqual([0]);
  });

  it('take arrays and tensors, which are repeated to fill a shape', () => {
    const rows = [
      [1, 2],
      [1, 2],
    ];
    for (const given of [[1, 2], new Float32Array([1, 2]), tensor([1, 2])])
      expect(new Constant(given).call([2, 2]).toArray()).toEqual(rows);
    expect(() => new Constant([1, 2, 3]).call([2])).toThrow(ShapeError);
    expect(() => new Constant('1' as never)).toThrow(ConfigError);
    const json = new Constant([[1, 2]]).getConfig();
    expect(json).toEqual({ value: [[1, 2]] });
    expect(Constant.fromConfig(json).call([2, 2]).toArray()).toEqual(rows);
    const written = { class_name: '__numpy__', config: { value: [1, 2], dtype: 'float64' } };
    expect(Constant.fromConfig({ value: written }).call([2, 2]).toArray()).toEqual(rows);
  });

  it('put ones on a diagonal', () => {
    expect(new IdentityInitializer({ gain: 2 }).call([2, 3]).toArray()).toEqual([
      [2, 0, 0],
      [0, 2, 0],
    ]);
    expect(() => new IdentityInitializer().call([3])).toThrow(ShapeError);
  });
});

describe('an orthogonal initializer', () => {
  it.each([[[5, 5]], [[4, 9]], [[9, 4]], [[3, 3, 2, 30]], [[1, 1]]])('of %j has right angles', (shape) => {
    const values = new Orthogonal({ gain: 1.5, seed: 2 }).call(shape).reshape([-1, shape.at(-1)!]);
    const [rows, columns] = values.shape as [number, number];
    const short = rows < columns ? values : values.transpose();
    const product = short.matmul(short.transpose()).sub(eye(Math.min(rows, columns)).mul(2.25));
    expect(product.abs().max().item()).toBeLessThan(1e-6);
  });

  it('is that of the numbers drawn: its product with them is triangular, with a positive diagonal', () => {
    const drawn = random.normal([3, 5], { seed: 4 });
    const product = new Orthogonal({ seed: 4 }).call([5, 3]).transpose().matmul(drawn.transpose());
    const lower = tril(product, -1).abs().max().item();
    expect(lower).toBeLessThan(1e-5);
    expect(product.mul(eye(3)).sum(1).min().item()).toBeGreaterThan(0);
  });

  it('needs two axes', () => {
    expect(() => new Orthogonal().call([4])).toThrow('a shape of two axes or more');
  });
});

describe('waves of the Fourier transform', () => {
  it('have the frequencies of their channels', () => {
    const waves = new STFT({ window: null }).call([4, 1, 3]).reshape([4, 3]).transpose();
    expectNumbersClose(waves.data(), [1, 1, 1, 1, 1, 0, -1, 0, 1, -1, 1, -1], 1e-6);
  });

  it('take a window by name or by its values, of the length of the frame', () => {
    const named = new STFT({ window: 'hann', scaling: 'spectrum' }).call([5, 1, 2]);
    const given = new STFT({ window: [0, 0.5, 1, 0.5, 0], scaling: 'spectrum' }).call([5, 1, 2]);
    expectNumbersClose(named.data(), [...given.data()], 1e-6);
    expect(named.abs().sum(0).data()[0]).toBeCloseTo(1, 6);
    expect(() => new STFT({ window: [1, 2] }).call([5, 1, 2])).toThrow('a window of 5 values');
    expect(() => new STFT({ window: 'hanning' as 'hann' })).toThrow(ConfigError);
  });
});

describe("Keras's JSON", () => {
  it('is read as Keras writes it', () => {
    const config = { seed: null, input_axes: null, output_axes: null };
    expect(GlorotUniform.fromConfig(config).config.seed).toBeNull();
    expect(GlorotUniform.fromConfig(config).getConfig()).toEqual(config);
    expect(() => GlorotUniform.fromConfig({ axes: [0] })).toThrow(
      "GlorotUniform.fromConfig expected keys among seed, input_axes, output_axes, received 'axes': [0].",
    );
  });

  it("has 'truncated_normal' where 'normal' was written", () => {
    expect(new VarianceScaling({ distribution: 'normal' }).getConfig()).toEqual({
      scale: 1,
      mode: 'fan_in',
      distribution: 'truncated_normal',
      seed: null,
      input_axes: null,
      output_axes: null,
    });
  });

  it('names classes as Keras does', () => {
    const json = initializer('identity').toJson!(new IdentityInitializer());
    expect(json).toMatchObject({ module: 'keras.initializers', class_name: 'Identity' });
    expect(initializer('zeros').fromJson!(json)).toBeInstanceOf(IdentityInitializer);
    const aliases = ['OrthogonalInitializer', 'IdentityInitializer'] as const;
    expect(aliases.map((name) => new initializers[name]().className)).toEqual(['Orthogonal', 'Identity']);
  });

  it('reads the name that Keras 3.5 writes for Orthogonal', () => {
    const json = { class_name: 'OrthogonalInitializer', config: { gain: 2, seed: null } };
    expect(initializer('zeros').fromJson!(json)).toMatchObject({
      className: 'Orthogonal',
      config: { gain: 2 },
    });
  });
});
