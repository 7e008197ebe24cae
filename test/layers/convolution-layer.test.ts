import { describe, expect, test } from 'vitest';
import {
  Conv1D,
  Conv2D,
  Dense,
  DepthwiseConv2D,
  Flatten,
  GlobalAveragePooling1D,
  gradients,
  L1,
  L2,
  MaxPooling1D,
  MaxPooling2D,
  NonNeg,
  ones,
  random,
  SeparableConv2D,
  Sequential,
  setRandomSeed,
  tensor,
  zeros,
} from '../../src/index.js';

const shapesOf = (layer: Conv2D | DepthwiseConv2D | SeparableConv2D) =>
  Object.fromEntries(layer.weights.map(({ name, shape }) => [name, shape]));

describe('weights', () => {
  test('of a convolution see the channels of their group', () => {
    const layer = new Conv2D(6, [3, 5], { groups: 2 });
    layer.computeOutputShape([null, 9, 9, 4]);
    expect(shapesOf(layer)).toEqual({ kernel: [3, 5, 2, 6], bias: [6] });
  });

  test('of depthwise and separable convolutions have the names and shapes of Keras', () => {
    const [depthwise, separable] = [
      new DepthwiseConv2D(3, { depthMultiplier: 2 }),
      new SeparableConv2D(5, 3, { depthMultiplier: 2, useBias: false }),
    ];
    for (const layer of [depthwise, separable]) layer.computeOutputShape([null, 9, 9, 4]);
    expect(shapesOf(depthwise)).toEqual({ kernel: [3, 3, 4, 2], bias: [8] });
    expect(shapesOf(separable)).toEqual({ depthwise_kernel: [3, 3, 4, 2], pointwise_kernel: [1, 1, 8, 5] });
  });

  test('are as far from 0 as the whole window allows', () => {
    setRandomSeed(2);
    const layer = new Conv2D(32, 3);
    layer.computeOutputShape([null, 9, 9, 16]);
    const limit = Math.sqrt(6 / (9 * 16 + 9 * 32));
    const largest = layer.kernel.abs().max().item();
    expect(largest).toBeLessThanOrEqual(limit);
    expect(largest).toBeGreaterThan(0.98 * limit);
  });

  test('take the penalties and constraints of their options', () => {
    const layer = new SeparableConv2D(1, 1, {
      depthwiseInitializer: 'ones',
      pointwiseInitializer: 'ones',
      biasInitializer: 'ones',
      depthwiseRegularizer: new L2(0.25),
      pointwiseRegularizer: new L1(0.5),
      biasRegularizer: new L2(3),
      pointwiseConstraint: new NonNeg(),
    });
    layer.apply(ones([1, 1, 1, 2]));
    expect(layer.losses.map((loss) => loss.item())).toEqual([0.5, 1, 3]);
    expect(layer.pointwiseKernel.constraint!(tensor([-1, 2])).toArray()).toEqual([0, 2]);
    expect(layer.depthwiseKernel.constraint).toBeNull();
  });

  test('stay in their constraint when they are trained', async () => {
    const layer = new Conv1D(2, 2, { kernelConstraint: 'non_neg', kernelInitializer: 'ones' });
    const model = new Sequential([layer, new Flatten(), new Dense(1, { kernelInitializer: 'ones' })]);
    model.compile({ optimizer: 'sgd', loss: 'mse' });
    await model.fit(ones([4, 3, 1]), ones([4, 1]).mul(-100), { epochs: 1, verbose: 0 });
    expect(layer.kernel.min().item()).toBe(0);
  });
});

describe('a convolution', () => {
  test('reads the kernel forward, does not turn it round, and adds bias and activation', () => {
    const layer = new Conv1D(1, 2, { activation: 'relu' });
    layer.apply(zeros([1, 4, 1]));
    layer.setWeights([[[[1]], [[10]]], [-32]]);
    expect(layer.apply(tensor([[[1], [2], [3], [4]]])).toArray()).toEqual([[[0], [0], [11]]]);
  });

  test('that is causal sees nothing of the future', () => {
    const layer = new Conv1D(1, 3, { padding: 'causal', dilationRate: 2, useBias: false });
    const x = random.normal([1, 9, 1], { seed: 4 });
    const at = layer.apply(x).slice([0, 5, 0], [1, 1, 1]);
    const [slope] = gradients(at.sum(), [x]);
    const seen = [...slope!.data()].map((value, i) => (value === 0 ? null : i)).filter((i) => i !== null);
    expect(seen).toEqual([1, 3, 5]);
  });

  test('with the last axis given channels first has a bias for each of them', () => {
    const layer = new Conv2D(2, 1, { dataFormat: 'channels_first', biasInitializer: 'ones' });
    layer.apply(zeros([1, 1, 2, 3]));
    layer.bias!.assign(tensor([1, 2]));
    expect(layer.apply(zeros([1, 1, 1, 2])).toArray()).toEqual([[[[1, 1]], [[2, 2]]]]);
  });

  test('may have steps and dilation at once, and then reads every second element every second time', () => {
    const layer = new Conv1D(1, 2, { strides: 2, dilationRate: 2, kernelInitializer: 'ones' });
    expect(layer.apply(tensor([[[1], [2], [3], [4], [5]]])).toArray()).toEqual([[[4], [8]]]);
  });

  test('trains with pools between', async () => {
    setRandomSeed(1);
    const model = new Sequential([
      new Conv2D(4, 3, { activation: 'relu', padding: 'same', inputShape: [6, 6, 1] }),
      new MaxPooling2D(),
      new Flatten(),
      new Dense(1),
    ]);
    model.compile({ optimizer: 'adam', loss: 'mse' });
    const x = random.normal([32, 6, 6, 1], { seed: 5 });
    const { history } = await model.fit(x, x.mean([1, 2]), { epochs: 20, verbose: 0 });
    expect(history.loss!.at(-1)).toBeLessThan(history.loss![0]! / 2);
  });
});

describe('pools', () => {
  test('give the gradient of equal elements to the first', () => {
    const x = ones([1, 4, 1]);
    const [slope] = gradients(new MaxPooling1D(2).apply(x).sum(), [x]);
    expect(slope!.flatten().toArray()).toEqual([1, 0, 1, 0]);
  });

  test('never choose padding, not even among negative numbers', () => {
    const pool = new MaxPooling1D(3, { strides: 1, padding: 'same' });
    expect(
      pool
        .apply(tensor([[[-5], [-2], [-7]]]))
        .flatten()
        .toArray(),
    ).toEqual([-2, -2, -2]);
  });
});

describe('a global average with a mask', () => {
  const x = tensor([
    [[1], [3], [8]],
    [[2], [4], [6]],
  ]);
  const mask = tensor([
    [true, true, false],
    [false, false, false],
  ]);

  test('counts the steps that the mask keeps, and is NaN where it keeps none', () => {
    expect(new GlobalAveragePooling1D().apply(x, { mask }).toArray()).toEqual([[2], [Number.NaN]]);
  });

  test('is not touched by what is left out, not even by NaN', () => {
    const holes = tensor([[[1], [3], [Number.NaN]]]);
    const kept = tensor([[true, true, false]]);
    const y = new GlobalAveragePooling1D().apply(holes, { mask: kept });
    expect(y.toArray()).toEqual([[2]]);
    expect(gradients(y.sum(), [holes])[0]!.toArray()).toEqual([[[0.5], [0.5], [0]]]);
  });
});
