import { describe, expect, it } from 'vitest';
import { ShapeError } from '../../src/core/errors.js';
import { parseValue } from '../../src/core/schema.js';
import { Dense } from '../../src/layers/dense.js';
import * as functions from '../../src/nn/activations.js';
import { type ActivationName, activations } from '../../src/nn/activations.js';
import { activation } from '../../src/nn/fields.js';
import { tensor } from '../../src/tensor/create.js';
import { gradients } from '../../src/tensor/gradient.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { expectNumbersClose } from './goldens.js';

const x = [-2, 0, 1, 3];
const exponentials = x.map(Math.exp);
const total = exponentials.reduce((a, b) => a + b);

it.each<[ActivationName, number[]]>([
  ['linear', x],
  ['relu', [0, 0, 1, 3]],
  ['sigmoid', x.map((v) => 1 / (1 + Math.exp(-v)))],
  ['tanh', x.map(Math.tanh)],
  ['softmax', exponentials.map((e) => e / total)],
  ['sparsemax', [0, 0, 0, 1]],
  ['hard_swish', [-1 / 3, 0, 2 / 3, 3]],
])('%s is its formula', (name, expected) => {
  expectNumbersClose(activations[name](tensor(x)).data(), expected, 1e-6);
});

it('softmax of large scores stays finite', () => {
  expect(
    activations
      .softmax(
        tensor([
          [1000, 1000],
          [-1000, 0],
        ]),
      )
      .toArray(),
  ).toEqual([
    [0.5, 0.5],
    [0, 1],
  ]);
});

it('relu takes its slope from the threshold on, and holds what is above', () => {
  const options = { negativeSlope: 0.5, maxValue: 2, threshold: 1 };
  expect(functions.relu(tensor([-1, 0.5, 1.5, 9]), options).toArray()).toEqual([-1, -0.25, 1.5, 2]);
});

// Keras 3.15.1 on JAX.
it.each([
  ['leaky_relu', activations.leaky_relu, [-1, 0, 1], [0.2, 1, 1]],
  ['relu with a slope', (x: Tensor) => functions.relu(x, { negativeSlope: 0.1 }), [-1, 0, 1], [0.1, 1, 1]],
  ['hard_tanh', activations.hard_tanh, [-1, 0, 1, 2], [1, 1, 1, 0]],
])("%s has Keras's slope where it bends", (_, activation, at, expected) => {
  const x = tensor(at);
  const [slope] = gradients(activation(x).sum(), [x]);
  expectNumbersClose(slope!.data(), expected, 1e-6);
});

it('glu needs two halves', () => {
  expect(functions.glu(tensor([2, 0])).toArray()).toEqual([1]);
  expect(() => functions.glu(tensor([1, 2, 3]))).toThrow(ShapeError);
});

const names = Object.keys(activations) as ActivationName[];

it.each(names)('%s has a slope that is a number, however far from 0', (name) => {
  const far = tensor([
    [-500, 500],
    [-80, 80],
  ]);
  const [slope] = gradients(activations[name](far).sum(), [far]);
  expect([...slope!.data()].filter(Number.isNaN)).toEqual([]);
});

it('all keep NaN, but for two that compare it, as in Keras', () => {
  const lost = names.filter((name) => !Number.isNaN(activations[name](tensor([Number.NaN, 1])).data()[0]));
  expect(lost).toEqual(['hard_shrink', 'soft_shrink']);
});

describe('the option', () => {
  const chosen = (given: unknown) => parseValue('Dense activation', activation(), given as 'relu');

  it("takes Keras's names and aliases, which its JSON has as the one name", () => {
    expect(chosen('swish')).toBe(functions.silu);
    expect(activation().toJson!(functions.silu)).toBe('silu');
    expect(activation().toJson!(functions.hardSilu)).toBe('hard_silu');
    expect(activation().toJson!(functions.leakyRelu)).toBe('leaky_relu');
  });

  it('is no object without a name, which would pass for none given', () => {
    expect(() => Dense.fromConfig({ units: 1, activation: {} })).toThrow('Dense activation expected');
  });

  it('takes a function, so that options can be given', () => {
    const mine = (t: Parameters<typeof functions.elu>[0]) => functions.elu(t, { alpha: 2 });
    expect(chosen(mine)(tensor([-50])).toArray()).toEqual([-2]);
  });

  it('takes no name that cannot do without options, nor one that is unknown', () => {
    expect(() => chosen('threshold')).toThrow("received 'threshold'");
    expect(() => chosen('rleu')).toThrow("Did you mean 'relu'?");
  });
});
