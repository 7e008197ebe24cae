import { expect, it } from 'vitest';
import { type ActivationName, activations } from '../../src/nn/activations.js';
import { tensor } from '../../src/tensor/create.js';
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
