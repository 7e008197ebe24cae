/** Rows of layers over spatial axes. */

import {
  AveragePooling1D,
  AveragePooling2D,
  AveragePooling3D,
  Conv1D,
  Conv2D,
  Conv3D,
  Cropping1D,
  Cropping2D,
  Cropping3D,
  DepthwiseConv1D,
  DepthwiseConv2D,
  GlobalAveragePooling1D,
  GlobalAveragePooling2D,
  GlobalAveragePooling3D,
  GlobalMaxPooling1D,
  GlobalMaxPooling2D,
  GlobalMaxPooling3D,
  L2,
  MaxPooling1D,
  MaxPooling2D,
  MaxPooling3D,
  SeparableConv1D,
  SeparableConv2D,
  UpSampling1D,
  UpSampling2D,
  UpSampling3D,
  ZeroPadding1D,
  ZeroPadding2D,
  ZeroPadding3D,
} from '../../../src/index.js';
import type { LayerRow } from './row.js';

export const spatialRows: Readonly<Record<string, LayerRow>> = {
  Conv1D: { make: () => new Conv1D(4, 3), inputShape: [null, 6, 3] },
  'Conv1D that looks back only': {
    make: () => new Conv1D(2, 2, { padding: 'causal', dilationRate: 2, activation: 'tanh' }),
    inputShape: [null, 6, 3],
  },
  Conv2D: { make: () => new Conv2D(4, 3, { activation: 'sigmoid' }), inputShape: [null, 5, 6, 2] },
  'Conv2D in steps, of channels that come first in groups': {
    make: () =>
      new Conv2D(4, [3, 2], { strides: [2, 1], padding: 'same', groups: 2, dataFormat: 'channels_first' }),
    inputShape: [null, 4, 5, 6],
  },
  Conv3D: { make: () => new Conv3D(2, 2, { dilationRate: [1, 2, 1] }), inputShape: [null, 3, 4, 3, 2] },
  DepthwiseConv1D: { make: () => new DepthwiseConv1D(3), inputShape: [null, 6, 3] },
  DepthwiseConv2D: { make: () => new DepthwiseConv2D(3), inputShape: [null, 5, 6, 2] },
  'DepthwiseConv2D with two kernels a channel, of channels that come first': {
    make: () =>
      new DepthwiseConv2D([2, 3], {
        depthMultiplier: 2,
        strides: 2,
        padding: 'same',
        dataFormat: 'channels_first',
        depthwiseRegularizer: new L2(0.1),
      }),
    inputShape: [null, 2, 5, 6],
  },
  SeparableConv1D: { make: () => new SeparableConv1D(4, 3), inputShape: [null, 6, 3] },
  SeparableConv2D: {
    make: () => new SeparableConv2D(3, 3, { depthMultiplier: 2, activation: 'tanh' }),
    inputShape: [null, 5, 6, 2],
  },
  MaxPooling1D: { make: () => new MaxPooling1D(), inputShape: [null, 7, 2] },
  MaxPooling2D: { make: () => new MaxPooling2D(), inputShape: [null, 4, 5, 2] },
  'MaxPooling2D of windows that overlap and stick out': {
    make: () => new MaxPooling2D(3, { strides: [1, 2], padding: 'same', dataFormat: 'channels_first' }),
    inputShape: [null, 2, 4, 5],
  },
  MaxPooling3D: { make: () => new MaxPooling3D([1, 2, 2]), inputShape: [null, 2, 4, 4, 2] },
  AveragePooling1D: { make: () => new AveragePooling1D(2), inputShape: [null, 7, 2] },
  AveragePooling2D: { make: () => new AveragePooling2D(2), inputShape: [null, 4, 5, 2] },
  'AveragePooling2D of windows that overlap and stick out': {
    make: () => new AveragePooling2D(3, { strides: [1, 2], padding: 'same', dataFormat: 'channels_first' }),
    inputShape: [null, 2, 4, 5],
  },
  AveragePooling3D: { make: () => new AveragePooling3D([1, 2, 2]), inputShape: [null, 2, 4, 4, 2] },
  GlobalMaxPooling1D: { make: () => new GlobalMaxPooling1D(), inputShape: [null, 5, 3] },
  GlobalMaxPooling2D: { make: () => new GlobalMaxPooling2D(), inputShape: [null, 3, 4, 3] },
  'GlobalMaxPooling2D of channels that come first, axes kept': {
    make: () => new GlobalMaxPooling2D({ dataFormat: 'channels_first', keepdims: true }),
    inputShape: [null, 3, 3, 4],
  },
  GlobalMaxPooling3D: { make: () => new GlobalMaxPooling3D(), inputShape: [null, 2, 3, 2, 3] },
  GlobalAveragePooling1D: { make: () => new GlobalAveragePooling1D(), inputShape: [null, 5, 3] },
  GlobalAveragePooling2D: { make: () => new GlobalAveragePooling2D(), inputShape: [null, 3, 4, 3] },
  GlobalAveragePooling3D: {
    make: () => new GlobalAveragePooling3D({ keepdims: true }),
    inputShape: [null, 2, 3, 2, 3],
  },
  ZeroPadding1D: { make: () => new ZeroPadding1D(), inputShape: [null, 3, 2] },
  ZeroPadding2D: {
    make: () =>
      new ZeroPadding2D([
        [1, 0],
        [2, 1],
      ]),
    inputShape: [null, 3, 4, 2],
  },
  ZeroPadding3D: {
    make: () => new ZeroPadding3D([1, 0, 2], { dataFormat: 'channels_first' }),
    inputShape: [null, 2, 2, 3, 2],
  },
  Cropping1D: { make: () => new Cropping1D(), inputShape: [null, 4, 2] },
  Cropping2D: {
    make: () =>
      new Cropping2D([
        [1, 0],
        [2, 1],
      ]),
    inputShape: [null, 3, 5, 2],
  },
  Cropping3D: {
    make: () =>
      new Cropping3D(
        [
          [0, 1],
          [0, 0],
          [1, 1],
        ],
        { dataFormat: 'channels_first' },
      ),
    inputShape: [null, 2, 2, 3, 3],
  },
  UpSampling1D: { make: () => new UpSampling1D(3), inputShape: [null, 3, 2] },
  UpSampling2D: { make: () => new UpSampling2D([2, 3]), inputShape: [null, 3, 2, 2] },
  'UpSampling2D by a smooth curve, of channels that come first': {
    make: () => new UpSampling2D(2, { interpolation: 'bicubic', dataFormat: 'channels_first' }),
    inputShape: [null, 2, 3, 4],
  },
  UpSampling3D: { make: () => new UpSampling3D([1, 2, 2]), inputShape: [null, 2, 2, 3, 2] },
};
