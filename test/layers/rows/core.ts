/** Rows of layers that work on any axes. */

import {
  Activation,
  ActivityRegularization,
  AlphaDropout,
  BatchNormalization,
  Dense,
  Dropout,
  ELU,
  Embedding,
  Flatten,
  GaussianDropout,
  GaussianNoise,
  GroupNormalization,
  Identity,
  InputLayer,
  L2,
  Lambda,
  LayerNormalization,
  LeakyReLU,
  Masking,
  Normalization,
  Permute,
  PReLU,
  ReLU,
  RepeatVector,
  Rescaling,
  Reshape,
  RMSNormalization,
  Sequential,
  Softmax,
  SpatialDropout1D,
  SpatialDropout2D,
  SpatialDropout3D,
  UnitNormalization,
} from '../../../src/index.js';
import { classes, type LayerRow } from './row.js';

export const coreRows: Readonly<Record<string, LayerRow>> = {
  // Core
  Dense: { make: () => new Dense(4), inputShape: [null, 3] },
  'Dense with an activation and without bias': {
    make: () => new Dense(4, { activation: 'tanh', useBias: false }),
    inputShape: [null, 3],
  },
  'Dense on inputs of rank 3, with a penalty': {
    make: () => new Dense(2, { activation: 'softmax', kernelRegularizer: new L2(0.1) }),
    inputShape: [null, 5, 3],
  },
  'Dense with constraints and a penalty on outputs': {
    make: () =>
      new Dense(2, {
        kernelConstraint: 'max_norm',
        biasConstraint: 'non_neg',
        biasInitializer: 'ones',
        activityRegularizer: 'l2',
      }),
    inputShape: [null, 3],
  },
  InputLayer: { make: () => new InputLayer([3]), inputShape: [null, 3] },
  Identity: { make: () => new Identity(), inputShape: [null, 3] },
  Masking: { make: () => new Masking({ maskValue: 0.5 }), inputShape: [null, 5, 3] },
  ActivityRegularization: {
    make: () => new ActivityRegularization({ l1: 0.1, l2: 0.2 }),
    inputShape: [null, 3],
  },
  Rescaling: { make: () => new Rescaling([2, -1, 0.5], { offset: 0.25 }), inputShape: [null, 4, 3] },
  Lambda: { make: () => new Lambda((x) => x.square()), inputShape: [null, 3], isFunction: true },
  Embedding: {
    make: () => new Embedding(5, 3, { embeddingsConstraint: 'unit_norm' }),
    inputShape: [null, 6],
    inputs: () => classes(5, [4, 6]),
  },
  'Embedding of sequences that are filled up with 0': {
    make: () => new Embedding(3, 2, { maskZero: true, embeddingsRegularizer: 'l1' }),
    inputShape: [null, 6],
    inputs: () => classes(3, [4, 6]),
  },
  Sequential: {
    make: () => new Sequential([new Dense(2, { activation: 'tanh' }), new BatchNormalization()]),
    inputShape: [null, 3],
  },
  // Activations
  Activation: { make: () => new Activation('sigmoid'), inputShape: [null, 2, 3] },
  ReLU: {
    make: () => new ReLU({ maxValue: 0.6, negativeSlope: 0.2, threshold: 0.1 }),
    inputShape: [null, 2, 3],
  },
  LeakyReLU: { make: () => new LeakyReLU(), inputShape: [null, 2, 3] },
  ELU: { make: () => new ELU(0.5), inputShape: [null, 2, 3] },
  PReLU: { make: () => new PReLU(), inputShape: [null, 2, 3] },
  'PReLU with shared axes': { make: () => new PReLU({ sharedAxes: [1, 2] }), inputShape: [null, 2, 4, 3] },
  Softmax: { make: () => new Softmax(), inputShape: [null, 2, 3] },
  'Softmax along two axes': { make: () => new Softmax({ axis: [1, 2] }), inputShape: [null, 2, 3] },
  // Shapes
  Reshape: { make: () => new Reshape([-1, 2]), inputShape: [null, 3, 4] },
  Permute: { make: () => new Permute([2, 3, 1]), inputShape: [null, 2, 3, 4] },
  RepeatVector: { make: () => new RepeatVector(3), inputShape: [null, 4] },
  Flatten: { make: () => new Flatten(), inputShape: [null, 2, 3, 2] },
  'Flatten of channels that come first': {
    make: () => new Flatten({ dataFormat: 'channels_first' }),
    inputShape: [null, 2, 3, 4],
  },
  // Noise
  Dropout: { make: () => new Dropout(0.5, { seed: 3 }), inputShape: [null, 6] },
  SpatialDropout1D: { make: () => new SpatialDropout1D(0.5), inputShape: [null, 3, 4] },
  SpatialDropout2D: {
    make: () => new SpatialDropout2D(0.5, { dataFormat: 'channels_first' }),
    inputShape: [null, 4, 3, 2],
  },
  SpatialDropout3D: { make: () => new SpatialDropout3D(0.5), inputShape: [null, 2, 3, 2, 4] },
  GaussianNoise: { make: () => new GaussianNoise(0.5), inputShape: [null, 6] },
  GaussianDropout: { make: () => new GaussianDropout(0.5), inputShape: [null, 6] },
  AlphaDropout: { make: () => new AlphaDropout(0.5, { noiseShape: [null, 1] }), inputShape: [null, 6] },
  // Normalization
  BatchNormalization: { make: () => new BatchNormalization(), inputShape: [null, 3] },
  'BatchNormalization of channels that come first': {
    make: () => new BatchNormalization({ axis: 1, momentum: 0.5, gammaRegularizer: 'l2' }),
    inputShape: [null, 3, 4, 2],
  },
  'BatchNormalization without weights that training changes': {
    make: () => new BatchNormalization({ center: false, scale: false }),
    inputShape: [null, 3, 2],
  },
  'BatchNormalization with renormalization': {
    make: () => new BatchNormalization({ renorm: true, renormClipping: { rmax: 2, dmax: 1 } }),
    inputShape: [null, 3],
  },
  LayerNormalization: { make: () => new LayerNormalization(), inputShape: [null, 3, 4] },
  'LayerNormalization along two axes': {
    make: () => new LayerNormalization({ axis: [1, 2], center: false }),
    inputShape: [null, 3, 4, 2],
  },
  'LayerNormalization by the variance alone': {
    make: () => new LayerNormalization({ rmsScaling: true }),
    inputShape: [null, 4],
  },
  GroupNormalization: { make: () => new GroupNormalization({ groups: 2 }), inputShape: [null, 3, 4] },
  RMSNormalization: { make: () => new RMSNormalization({ axis: [1, 2] }), inputShape: [null, 3, 4] },
  UnitNormalization: { make: () => new UnitNormalization(), inputShape: [null, 3, 4] },
  Normalization: { make: () => new Normalization(), inputShape: [null, 3] },
  'Normalization by numbers, the other way round': {
    make: () => new Normalization({ mean: [1, 2, 3], variance: 4, invert: true }),
    inputShape: [null, 3],
  },
};
