/** Rows of layers that prepare data. */

import {
  CategoryEncoding,
  CenterCrop,
  Discretization,
  IntegerLookup,
  RandomBrightness,
  RandomContrast,
  RandomFlip,
  RandomRotation,
  RandomTranslation,
  RandomZoom,
  Resizing,
  StringLookup,
} from '../../../src/index.js';
import { classes, type LayerRow } from './row.js';

export const preprocessingRows: Readonly<Record<string, LayerRow>> = {
  RandomFlip: { make: () => new RandomFlip(), inputShape: [null, 3, 4, 2] },
  RandomContrast: {
    make: () => new RandomContrast(0.5, { valueRange: [-1, 1] }),
    inputShape: [null, 3, 4, 2],
  },
  RandomBrightness: {
    make: () => new RandomBrightness([-0.5, 0.2], { valueRange: [-1, 1], seed: 3 }),
    inputShape: [null, 3, 4, 2],
  },
  RandomRotation: { make: () => new RandomRotation(0.3), inputShape: [null, 4, 5, 2] },
  'RandomRotation of channels that come first': {
    make: () =>
      new RandomRotation([0.1, 0.2], {
        dataFormat: 'channels_first',
        fillMode: 'constant',
        fillValue: 0.5,
        interpolation: 'nearest',
      }),
    inputShape: [null, 2, 4, 5],
  },
  RandomZoom: { make: () => new RandomZoom(0.3, { fillMode: 'wrap' }), inputShape: [null, 4, 5, 2] },
  RandomTranslation: {
    make: () => new RandomTranslation(0.3, { widthFactor: [0, 0.5], fillMode: 'nearest' }),
    inputShape: [null, 4, 5, 2],
  },
  Resizing: { make: () => new Resizing(5, 3, { cropToAspectRatio: true }), inputShape: [null, 4, 5, 2] },
  'Resizing of channels that come first, with borders': {
    make: () =>
      new Resizing(3, 3, {
        padToAspectRatio: true,
        antialias: true,
        interpolation: 'lanczos3',
        dataFormat: 'channels_first',
      }),
    inputShape: [null, 2, 4, 5],
  },
  CenterCrop: { make: () => new CenterCrop(2, 3), inputShape: [null, 4, 5, 2] },
  'CenterCrop of small images': { make: () => new CenterCrop(6, 7), inputShape: [null, 4, 5, 2] },
  CategoryEncoding: {
    make: () => new CategoryEncoding(4),
    inputShape: [null, 3],
    inputs: () => classes(4, [4, 3]),
  },
  'CategoryEncoding of each category': {
    make: () => new CategoryEncoding(4, { outputMode: 'one_hot' }),
    inputShape: [null, 1],
    inputs: () => classes(4, [4, 1]),
  },
  Discretization: {
    make: () => new Discretization({ binBoundaries: [-0.3, 0, 0.4] }),
    inputShape: [null, 3],
  },
  'Discretization that counts': {
    make: () => new Discretization({ binBoundaries: [-0.3, 0, 0.4], outputMode: 'count' }),
    inputShape: [null, 3],
  },
  StringLookup: {
    make: () => new StringLookup({ vocabulary: ['a', 'b'], maskToken: '', outputMode: 'multi_hot' }),
    inputShape: [null, 2],
    values: [
      ['a', 'c'],
      ['', 'b'],
    ],
  },
  IntegerLookup: {
    make: () => new IntegerLookup({ vocabulary: [7, -3], numOovIndices: 2 }),
    inputShape: [null, 2],
    values: [
      [7, 8],
      [9, -3],
    ],
  },
};
