import { describe } from 'vitest';
import { Conv2D, Dense, Flatten, Permute, Sequential, zeros } from '../../src/index.js';
import { check, compiled } from './error-cases.js';

const images = (height = 8, width = 8, channels = 1) =>
  new Sequential([new Conv2D(4, 3, { inputShape: [height, width, channels] }), new Flatten(), new Dense(1)]);
const refused = (wanted: string, received: string, fix: string) => [
  `ShapeError: Conv2D 'conv2d' expected inputs of shape ${wanted}, received ${received}.`,
  "  where  model.predict > Sequential 'sequential' > layer 1 of 3",
  `  fix    ${fix}`,
  '  code   shape-mismatch',
];

describe('images', () => {
  check([
    [
      'as rows of pixels',
      () => images().predict(zeros([5, 64])),
      ...refused('[batch, 8, 8, 1]', '[5, 64]', 'Give each sample its axes: `x.reshape([-1, 8, 8, 1])`.'),
    ],
    [
      'one alone, without axes of batch and channels',
      () => images().predict(zeros([8, 8])),
      ...refused(
        '[batch, 8, 8, 1]',
        '[8, 8]',
        'This is one sample without all of its axes: `x.reshape([-1, 8, 8, 1])`.',
      ),
    ],
    [
      'of another number of channels',
      () => images().predict(zeros([5, 8, 8, 3])),
      ...refused(
        '[batch, 8, 8, 1]',
        '[5, 8, 8, 3]',
        'The last axis, of channels if they come last, has size 3 and not 1: make the model with `inputShape: [8, 8, 3]`.',
      ),
    ],
    [
      'with their channels at the other end',
      () => images(8, 9, 3).predict(zeros([5, 3, 8, 9])),
      ...refused(
        '[batch, 8, 9, 3]',
        '[5, 3, 8, 9]',
        'The channels stand at the other end: `x.transpose([0, 2, 3, 1])`.',
      ),
    ],
    [
      'that no layer flattens, name the layer before which to do so',
      () =>
        compiled(
          new Sequential([new Conv2D(4, 3, { inputShape: [8, 8, 1] }), new Dense(5), new Dense(10)]),
          'sparse_categorical_crossentropy',
        ).fit(zeros([4, 8, 8, 1]), [0, 1, 2, 3]),
      "ShapeError: Dense 'dense' expected inputs of shape [batch, features] where each sample has one label, received [batch, 6, 6, 4], which leads to outputs of shape [batch, 6, 6, 10].",
      '  where  model.fit',
      '  fix    Add `new Flatten()` before this layer.',
      '  code   not-flattened',
    ],
    [
      'that the last layer still gives',
      () =>
        compiled(
          new Sequential([new Conv2D(10, 3, { inputShape: [8, 8, 1] })]),
          'sparse_categorical_crossentropy',
        ).fit(zeros([4, 8, 8, 1]), [0, 1, 2, 3]),
      "ShapeError: Conv2D 'conv2d' expected to give outputs of shape [batch, features] where each sample has one label, received [batch, 6, 6, 10].",
      '  where  model.fit',
      '  fix    Add `new Flatten()` and `new Dense(…)` after this layer.',
      '  code   not-flattened',
    ],
  ]);
});

describe('shapes of inputs', () => {
  check([
    [
      'that a layer further on cannot take show the batch axis as such',
      () => new Sequential([new Permute([1, 2, 3], { inputShape: [8, 3] })]),
      "ShapeError: Permute 'permute' expected inputs of shape [batch, any, any, any], received [batch, 8, 3].",
      "  where  Sequential 'sequential' > layer 1 of 1",
      '  code   shape-mismatch',
    ],
    [
      'that begin with the batch axis, and fit it',
      () =>
        compiled(new Sequential([new Dense(1, { inputShape: [32, 784] })])).fit(
          zeros([32, 784]),
          zeros([32]),
        ),
      "ShapeError: Sequential 'sequential' expected inputs of shape [batch, 32, 784], received [32, 784].",
      '  where  model.fit',
      '  fix    This is one sample without its batch axis. Put it in an array, `[x]`; for a tensor write `x.expandDims(0)`. If these are 32 samples, state `inputShape: [784]`, without the batch axis.',
      '  code   missing-batch-axis',
    ],
  ]);
});
