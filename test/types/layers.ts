// Lines marked with `@ts-expect-error` must not compile; all others must. `tsc` checks this file, nothing runs it.

import {
  AlphaDropout,
  BatchNormalization,
  Dense,
  Dropout,
  ELU,
  Embedding,
  L2,
  Lambda,
  LayerNormalization,
  Masking,
  MaxNorm,
  Permute,
  PReLU,
  ReLU,
  RepeatVector,
  Rescaling,
  Reshape,
  Softmax,
  SpatialDropout1D,
  SpatialDropout2D,
  tensor,
} from '../../src/index.js';

export const right = () => [
  new Dense(3, {
    kernelConstraint: new MaxNorm(),
    biasConstraint: 'non_neg',
    activityRegularizer: new L2(0.1),
  }),
  new Dense(3, { kernelConstraint: (kernel) => kernel.relu(), kernelRegularizer: null }),
  new BatchNormalization(),
  new BatchNormalization({ axis: 1, momentum: 0.9, renormClipping: { rmax: 3 }, trainable: false }),
  new LayerNormalization({ axis: [1, 2], gammaInitializer: 'zeros' }),
  new Embedding(10, 4, { maskZero: true, weights: [[1, 2]] }),
  new Embedding(10, 4, { weights: tensor([[1]]), embeddingsConstraint: 'unit_norm' }),
  new ReLU({ maxValue: 6, negativeSlope: 0.1, threshold: 0.2 }),
  new PReLU({ sharedAxes: [1, 2] }),
  new PReLU({ sharedAxes: 1 }),
  new ELU(),
  new Softmax({ axis: [1, 2], inputShape: [3, 4] }),
  new Reshape([-1, 2]),
  new Permute([2, 1]),
  new RepeatVector(3),
  new Rescaling(1 / 255),
  new Rescaling([1, 2], { offset: [0, 1] }),
  new Dropout(0.5, { noiseShape: [null, 1], seed: 1 }),
  new AlphaDropout(0.5, { noiseShape: [null, 1] }),
  new SpatialDropout2D(0.5, { dataFormat: 'channels_first' }),
  new Masking({ maskValue: -1 }),
  new Lambda((x) => x.square(), { mask: (_, mask) => mask, arguments: { by: 2 } }),
];

export const wrong = () => [
  // @ts-expect-error the size of the vectors is missing
  new Embedding(10),
  // @ts-expect-error Keras spells it non_neg
  new Dense(3, { kernelConstraint: 'nonneg' }),
  // @ts-expect-error maxValue is an option
  new ReLU(6),
  // @ts-expect-error the shape is an array
  new Reshape(-1, 2),
  // @ts-expect-error sequences have their channels last
  new SpatialDropout1D(0.5, { dataFormat: 'channels_first' }),
  // @ts-expect-error bounds are rmin, rmax and dmax
  new BatchNormalization({ renormClipping: { max: 3 } }),
  // @ts-expect-error what it computes is missing
  new Lambda(),
];
