import { describe, test } from 'vitest';
import { Activation, Dense, Dropout, Flatten, InputLayer, L2, Normalization } from '../../src/index.js';
import { checkLayer } from '../check-layer.js';

describe('shapes, configuration, gradients, backends and training hold for', () => {
  test('Dense', () => checkLayer(new Dense(4), [null, 3]));
  test('Dense with an activation and without bias', () =>
    checkLayer(new Dense(4, { activation: 'tanh', useBias: false }), [null, 3]));
  test('Dense on inputs of rank 3, with a penalty', () =>
    checkLayer(new Dense(2, { activation: 'softmax', kernelRegularizer: new L2(0.1) }), [null, 5, 3]));
  test('Dropout', () => checkLayer(new Dropout(0.5, { seed: 3 }), [null, 6]));
  test('Activation', () => checkLayer(new Activation('sigmoid'), [null, 2, 3]));
  test('Flatten', () => checkLayer(new Flatten(), [null, 2, 3, 2]));
  test('Flatten of channels that come first', () =>
    checkLayer(new Flatten({ dataFormat: 'channels_first' }), [null, 2, 3, 4]));
  test('InputLayer', () => checkLayer(new InputLayer([3]), [null, 3]));
  test('Normalization', () => checkLayer(new Normalization(), [null, 3]));
  test('Normalization by numbers, the other way round', () =>
    checkLayer(new Normalization({ mean: [1, 2, 3], variance: 4, invert: true }), [null, 3]));
});
