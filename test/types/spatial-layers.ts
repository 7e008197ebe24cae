// Lines marked with `@ts-expect-error` must not compile; all others must. `tsc` checks this file, nothing runs it.

import {
  AveragePooling2D,
  Conv1D,
  Conv2D,
  Conv3D,
  Cropping1D,
  Cropping3D,
  DepthwiseConv2D,
  GlobalAveragePooling1D,
  MaxPooling2D,
  MaxPooling3D,
  SeparableConv2D,
  UpSampling1D,
  UpSampling2D,
  ZeroPadding1D,
  ZeroPadding2D,
} from '../../src/index.js';

export const right = () => [
  new Conv1D(4, [3], { padding: 'causal' }),
  new Conv2D(32, 3, { activation: 'relu', padding: 'same', strides: [1, 2], inputShape: [28, 28, 1] }),
  new Conv3D(2, [1, 2, 3], { dataFormat: null, kernelConstraint: 'max_norm' }),
  new DepthwiseConv2D(3, { depthMultiplier: 2, depthwiseRegularizer: 'l2' }),
  new SeparableConv2D(8, [3, 5], { depthwiseInitializer: 'zeros', pointwiseConstraint: 'non_neg' }),
  new MaxPooling2D(),
  new MaxPooling3D([1, 2, 2], { strides: 1 }),
  new AveragePooling2D(2),
  new GlobalAveragePooling1D({ keepdims: true }),
  new ZeroPadding1D([1, 2]),
  new ZeroPadding2D([
    [1, 0],
    [2, 3],
  ]),
  new Cropping3D([1, 2, 3]),
  new UpSampling2D(2, { interpolation: 'lanczos3' }),
  new Conv2D(1, 1).config.kernelSize.map((n) => n.toFixed()),
  new Conv2D(1, 1).config.padding === 'same',
];

export const wrong = () => [
  // @ts-expect-error no size of the kernel
  new Conv2D(32),
  // @ts-expect-error three numbers for two axes
  new Conv2D(32, [3, 3, 3]),
  // @ts-expect-error only steps have a past
  new Conv2D(32, 3, { padding: 'causal' }),
  // @ts-expect-error an option of depthwise convolutions
  new Conv2D(32, 3, { depthMultiplier: 2 }),
  // @ts-expect-error its kernel has another name
  new DepthwiseConv2D(3, { kernelInitializer: 'zeros' }),
  // @ts-expect-error Keras has no default
  new AveragePooling2D(),
  // @ts-expect-error two borders or pairs of them
  new ZeroPadding2D([1, 2, 3]),
  // @ts-expect-error Keras has no such option here
  new Cropping1D(1, { dataFormat: 'channels_first' }),
  // @ts-expect-error one number
  new UpSampling1D([2]),
  // @ts-expect-error no such interpolation
  new UpSampling2D(2, { interpolation: 'area' }),
];
