import { expect, it } from 'vitest';
import { defaultName, snakeCase } from '../../src/core/names.js';

it.each([
  ['kernelSize', 'kernel_size'],
  ['beta1', 'beta_1'],
  ['useEma', 'use_ema'],
  ['globalClipnorm', 'global_clipnorm'],
  ['emaOverwriteFrequency', 'ema_overwrite_frequency'],
  ['units', 'units'],
])('writes the option %s as the key %s', (option, key) => {
  expect(snakeCase(option)).toBe(key);
});

it('keeps l1 and l2 as Keras has them', () => {
  expect(snakeCase('l1')).toBe('l1');
  expect(snakeCase('l2')).toBe('l2');
});

it.each([
  ['Dense', 'dense'],
  ['MaxPooling2D', 'max_pooling2d'],
  ['Conv2DTranspose', 'conv2d_transpose'],
  ['LSTM', 'lstm'],
  ['RMSprop', 'rm_sprop'],
  ['SGD', 'sgd'],
  ['AdamW', 'adam_w'],
  ['BinaryCrossentropy', 'binary_crossentropy'],
])('names a %s without a name %s', (className, name) => {
  expect(defaultName(className)).toBe(name);
});
