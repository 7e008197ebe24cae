import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cloneModel, Discretization, Input, type JsonObject, Sequential, tensor } from '../../src/index.js';

const { cases } = JSON.parse(readFileSync('test/layers/boundaries.json', 'utf8')) as {
  readonly cases: readonly {
    readonly bins: number;
    readonly epsilon: number;
    readonly data: readonly number[];
    readonly boundaries: readonly number[];
  }[];
};

describe('adapt finds the boundaries that Keras finds', () => {
  test.each(cases)('for $bins bins within $epsilon', ({ bins, epsilon, data, boundaries }) => {
    const layer = new Discretization({ numBins: bins, epsilon });
    layer.adapt(data);
    expect(layer.binBoundaries).toEqual(boundaries);
    layer.adapt(tensor(data).reshape([-1, 1]));
    expect(layer.binBoundaries).toEqual(boundaries);
  });
});

test('bins are about equally full after adapt', () => {
  const layer = new Discretization({ numBins: 4 });
  const data = Array.from({ length: 4000 }, (_, i) => ((i * 37) % 4000) ** 2);
  layer.adapt(data);
  const counts = [0, 0, 0, 0];
  for (const bin of layer.apply(tensor(data)).data()) counts[bin]!++;
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(40);
});

test('a number on a boundary is in the bin above, NaN in the last', () => {
  const layer = new Discretization({ binBoundaries: [0, 1] });
  const bins = layer.apply(tensor([-Infinity, -0.001, 0, 0.999, 1, Infinity, Number.NaN]));
  expect([bins.dtype, bins.toArray()]).toEqual(['int32', [0, 0, 1, 1, 2, 2, 2]]);
});

test('learnt boundaries are part of the configuration', () => {
  const layer = new Discretization({ numBins: 3, outputMode: 'one_hot' });
  layer.adapt([1, 2, 3, 4, 5, 6]);
  const config = JSON.parse(JSON.stringify(layer.getConfig())) as JsonObject;
  expect(config).toMatchObject({ num_bins: 3, bin_boundaries: layer.binBoundaries });
  const copy = Discretization.fromConfig(config);
  expect(copy.binBoundaries).toEqual(layer.binBoundaries);
  copy.adapt([7, 8, 9]);
  expect(copy.binBoundaries).not.toEqual(layer.binBoundaries);
});

test('options and calls that mean nothing are refused', () => {
  expect(() => new Discretization()).toThrow(/expected binBoundaries or numBins, received neither/);
  expect(() => new Discretization({ binBoundaries: [1], numBins: 2 })).toThrow(/received both/);
  expect(() => new Discretization({ binBoundaries: [1, 0] })).toThrow(/ascending order, received \[1, 0\]/);
  expect(() => new Discretization({ numBins: 2 }).apply(tensor([1]))).toThrow(/adapt/);
  expect(() => new Discretization({ numBins: 2 }).adapt([])).toThrow(/at least one sample/);
  expect(() => new Discretization({ binBoundaries: [1] }).adapt([1])).toThrow(/learns boundaries/);
});

describe('in a model', () => {
  const x = tensor([[0], [2], [4], [40]]);
  const learnt = () => {
    const layer = new Discretization({ numBins: 3 });
    layer.adapt([0, 1, 2, 3, 4, 5]);
    return { layer, model: new Sequential([Input([1]), layer]) };
  };

  test('what is learnt anew counts from the next prediction on', async () => {
    const { layer, model } = learnt();
    const before = (await model.predict(x)).toArray();
    layer.adapt([0, 10, 20, 30, 40, 50]);
    const after = (await model.predict(x)).toArray();
    expect([before, after]).toEqual([[[0], [1], [2], [2]], layer.apply(x).toArray()]);
    expect(after).not.toEqual(before);
  });

  test('what is learnt anew counts from the next evaluation on', async () => {
    const { layer, model } = learnt();
    model.compile({ loss: (y, z) => y.sub(z.cast('float32')).abs().mean(-1) });
    const zeros = [[0], [0], [0], [0]];
    const losses = [await model.evaluate(x, zeros)];
    layer.adapt([0, 10, 20, 30, 40, 50]);
    losses.push(await model.evaluate(x, zeros));
    expect(losses).toEqual([{ loss: 5 / 4 }, { loss: 2 / 4 }]);
  });

  test('a clone keeps what was learnt', async () => {
    const { model } = learnt();
    const copy = cloneModel(model);
    expect((await copy.predict(x)).toArray()).toEqual((await model.predict(x)).toArray());
  });
});
