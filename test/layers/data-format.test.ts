import { describe, expect, test } from 'vitest';
import {
  AveragePooling2D,
  Conv1D,
  Conv2D,
  Conv3D,
  Cropping1D,
  Cropping2D,
  DepthwiseConv2D,
  GlobalAveragePooling2D,
  GlobalMaxPooling1D,
  MaxPooling1D,
  MaxPooling2D,
  MaxPooling3D,
  ones,
  random,
  SeparableConv1D,
  SeparableConv2D,
  Sequential,
  type Tensor,
  UpSampling2D,
  UpSampling3D,
  ZeroPadding1D,
  ZeroPadding2D,
  ZeroPadding3D,
} from '../../src/index.js';
import type { Layer } from '../../src/layers/layer.js';

/** Stands for code without types. */
const any = (value: unknown) => value as never;

describe('sizes along spatial axes', () => {
  test('may be one number for all axes, and Keras writes one for each', () => {
    expect(new Conv2D(4, 3, { strides: 2 }).getConfig()).toMatchObject({
      kernel_size: [3, 3],
      strides: [2, 2],
      dilation_rate: [1, 1],
    });
    expect(new Conv1D(4, [3]).getConfig().kernel_size).toEqual([3]);
    expect(Conv3D.fromConfig({ filters: 1, kernel_size: [1, 2, 3] }).config.kernelSize).toEqual([1, 2, 3]);
  });

  test.each([
    ['two numbers for three axes', () => new Conv3D(1, any([2, 2]))],
    ['0', () => new MaxPooling2D(0)],
    ['a fraction', () => new UpSampling2D([2, 1.5])],
    ['a text', () => new Conv2D(1, any('3'))],
  ])('are refused when they are %s', (_, make) => {
    expect(make).toThrow(/an integer of 1 or more, or [23] of them in an array/);
  });

  test('are as large as the window for strides of pools, and written so', () => {
    const pool = new MaxPooling2D([2, 3]);
    expect(pool.apply(ones([1, 4, 6, 1])).shape).toEqual([1, 2, 2, 1]);
    expect(pool.getConfig()).toMatchObject({ pool_size: [2, 3], strides: [2, 3] });
    expect(pool.getConfig({ minimal: true })).not.toHaveProperty('strides');
  });
});

describe('borders', () => {
  test.each([
    [
      'one number',
      new ZeroPadding2D(1),
      [
        [1, 1],
        [1, 1],
      ],
    ],
    [
      'one for each axis',
      new ZeroPadding2D([1, 2]),
      [
        [1, 1],
        [2, 2],
      ],
    ],
    [
      'two for each axis',
      new ZeroPadding2D([
        [1, 0],
        [2, 3],
      ]),
      [
        [1, 0],
        [2, 3],
      ],
    ],
    ['two for the only axis', new ZeroPadding1D([1, 2]), [1, 2]],
    ['one number for the only axis', new ZeroPadding1D(2), [2, 2]],
    [
      'none',
      new ZeroPadding3D(),
      [
        [1, 1],
        [1, 1],
        [1, 1],
      ],
    ],
  ])('may be %s, and Keras writes all of them', (_, layer, written) => {
    expect(layer.getConfig().padding).toEqual(written);
  });

  test('to crop default to 1 for steps and to nothing for images, as in Keras', () => {
    expect(new Cropping1D().getConfig().cropping).toEqual([1, 1]);
    expect(new Cropping2D().getConfig().cropping).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  test.each([
    ['negative', () => new ZeroPadding2D(-1)],
    ['for another number of axes', () => new Cropping2D(any([1, 2, 3]))],
    [
      'three for an axis',
      () =>
        new ZeroPadding2D(
          any([
            [1, 2, 3],
            [1, 2, 3],
          ]),
        ),
    ],
  ])('are refused when they are %s', (_, make) => {
    expect(make).toThrow(/expected an integer of 0 or more, one for each of the 2 axes/);
  });
});

/** Moves the axis of channels behind the batch. */
const first = (x: Tensor) => x.transpose([0, x.rank - 1, ...[...x.shape.keys()].slice(1, -1)]);

const formats: Readonly<Record<string, (dataFormat: 'channels_last' | 'channels_first' | null) => Layer>> = {
  Conv1D: (dataFormat) => new Conv1D(4, 3, { dataFormat, groups: 2, padding: 'causal' }),
  Conv2D: (dataFormat) => new Conv2D(3, [2, 3], { dataFormat, strides: [1, 2], padding: 'same' }),
  Conv3D: (dataFormat) => new Conv3D(3, 2, { dataFormat, dilationRate: [1, 2, 1] }),
  DepthwiseConv2D: (dataFormat) => new DepthwiseConv2D(2, { dataFormat, depthMultiplier: 2 }),
  SeparableConv1D: (dataFormat) => new SeparableConv1D(3, 2, { dataFormat }),
  SeparableConv2D: (dataFormat) => new SeparableConv2D(3, 2, { dataFormat }),
  MaxPooling1D: (dataFormat) => new MaxPooling1D(2, { dataFormat }),
  MaxPooling3D: (dataFormat) => new MaxPooling3D([1, 2, 3], { dataFormat, padding: 'same' }),
  AveragePooling2D: (dataFormat) => new AveragePooling2D([3, 2], { dataFormat, strides: 1, padding: 'same' }),
  GlobalMaxPooling1D: (dataFormat) => new GlobalMaxPooling1D({ dataFormat, keepdims: true }),
  GlobalAveragePooling2D: (dataFormat) => new GlobalAveragePooling2D({ dataFormat, keepdims: true }),
  ZeroPadding1D: (dataFormat) => new ZeroPadding1D([2, 1], { dataFormat }),
  Cropping2D: (dataFormat) =>
    new Cropping2D(
      [
        [1, 0],
        [2, 1],
      ],
      { dataFormat },
    ),
  UpSampling2D: (dataFormat) => new UpSampling2D([2, 3], { dataFormat, interpolation: 'bilinear' }),
  UpSampling3D: (dataFormat) => new UpSampling3D([1, 2, 3], { dataFormat }),
};

describe('channels that come first', () => {
  test.each(Object.entries(formats))('give %s the same numbers in the other order', (name, make) => {
    const rank = Number(name.at(-2)) as 1 | 2 | 3;
    // Eighths, so that no order of addition rounds.
    const x = random
      .normal([2, ...[5, 4, 6].slice(0, rank), 2], { seed: 3 })
      .mul(8)
      .round()
      .div(8);
    const [last, turned] = [make(null), make('channels_first')];
    last.apply(x);
    turned.apply(first(x));
    const weights = last.weights.map(({ shape }, i) => random.normal(shape, { seed: i + 5 }));
    last.setWeights(weights);
    turned.setWeights(weights);
    expect(turned.apply(first(x)).toArray()).toEqual(first(last.apply(x)).toArray());
  });
});

describe('open spatial axes', () => {
  test.each<[string, Layer, readonly (number | null)[]]>([
    ['a convolution', new Conv2D(8, 7), [null, null, null, 8]],
    ['a pool', new MaxPooling2D(3), [null, null, null, 3]],
    ['an enlarged image', new UpSampling2D(2, { interpolation: 'bicubic' }), [null, null, null, 3]],
    ['a cropped image', new Cropping2D(4), [null, null, null, 3]],
    ['a global pool', new GlobalAveragePooling2D(), [null, 3]],
  ])('stay open behind %s', (_, layer, shape) => {
    expect(layer.computeOutputShape([null, null, null, 3])).toEqual(shape);
  });

  test('let one model take images of any size', async () => {
    const model = new Sequential([
      new Conv2D(2, 3, { inputShape: [null, null, 1] }),
      new GlobalAveragePooling2D(),
    ]);
    expect(model.outputShape).toEqual([null, 2]);
    for (const size of [5, 8]) {
      expect((await model.predict(ones([1, size, size + 1, 1]))).shape).toEqual([1, 2]);
    }
  });
});
