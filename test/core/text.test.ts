import { describe, expect, it } from 'vitest';
import { list, nearest, show } from '../../src/core/text.js';

describe('show', () => {
  it.each([
    ['relu', "'relu'"],
    [3, '3'],
    [Number.NaN, 'NaN'],
    [null, 'null'],
    [undefined, 'nothing'],
    [10n, '10n'],
    [[1, 'a', [2]], "[1, 'a', [2]]"],
    [{ units: 3, name: 'x' }, '{ units, name }'],
    [{}, '{}'],
    [Object.create(null), '{}'],
    [new Map(), 'a Map'],
    [new Int32Array(2), 'an Int32Array'],
    [Math.max, 'the function max'],
    [class Swish {}, 'the class Swish'],
  ])('writes %o as %s', (value, text) => {
    expect(show(value)).toBe(text);
  });

  it('cuts what is too long for one line', () => {
    expect(show('x'.repeat(500))).toHaveLength(62);
    expect(show(Array.from({ length: 500 }, (_, i) => i))).toMatch(/^\[0, 1, 2.*…$/);
  });
});

describe('list', () => {
  it('joins words with commas and a last or', () => {
    expect(list(['a'])).toBe("'a'");
    expect(list(['a', 'b', 'c'])).toBe("'a', 'b' or 'c'");
    expect(list(['a', 'b'], ['a loss'])).toBe("'a', 'b' or a loss");
  });
});

describe('nearest', () => {
  it.each([
    ['rleu', ['linear', 'relu'], 'relu'],
    ['SAME', ['valid', 'same'], 'same'],
    [
      'sparse_categorial_crossentropy',
      ['sparse_categorical_crossentropy'],
      'sparse_categorical_crossentropy',
    ],
    ['learning_rate', ['momentum', 'learningRate'], 'learningRate'],
    ['lr', ['momentum', 'learningRate'], 'learningRate'],
    ['bs', ['epochs', 'batchSize'], 'batchSize'],
    ['banana', ['relu', 'tanh'], undefined],
    ['x', ['relu', 'tanh'], undefined],
    ['gelu', ['relu'], undefined],
    ['elu', ['relu'], undefined],
    ['adm', ['sgd', 'adam'], 'adam'],
    ['mes', ['mae', 'mse'], 'mse'],
    ['class', ['Pclass'], 'Pclass'],
  ])('offers for %s among %j: %s', (word, words, expected) => {
    expect(nearest(word, words)).toBe(expected);
  });
});
