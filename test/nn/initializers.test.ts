import { describe, expect, it } from 'vitest';
import { fans } from '../../src/nn/fans.js';
import {
  GlorotNormal,
  GlorotUniform,
  HeNormal,
  HeUniform,
  Ones,
  RandomNormal,
  RandomUniform,
  TruncatedNormal,
  Zeros,
} from '../../src/nn/initializers.js';

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
  });
});

describe("Keras's JSON", () => {
  it('is read as Keras writes it', () => {
    const config = { seed: null, input_axes: null, output_axes: null };
    expect(GlorotUniform.fromConfig(config).config.seed).toBeNull();
    expect(GlorotUniform.fromConfig(config).getConfig()).toEqual({ seed: null });
    expect(() => GlorotUniform.fromConfig({ input_axes: [0] })).toThrow(
      "GlorotUniform.fromConfig expected keys among seed, received 'input_axes': [0].",
    );
  });
});
