import { expect, it } from 'vitest';
import { L1, L1L2, L2, OrthogonalRegularizer, regularizerOf } from '../../src/nn/regularizers.js';
import { tensor } from '../../src/tensor/create.js';
import { gradients } from '../../src/tensor/gradient.js';

const w = tensor([
  [1, -2],
  [3, 0],
]);

it.each([
  ['L1', new L1(0.1), 0.6],
  ['L1 as it comes', new L1(), 0.06],
  ['L2', new L2(0.5), 7],
  ['L1L2', new L1L2(0.1, 0.5), 7.6],
  ['L1L2 as it comes', new L1L2(), 0],
  ['OrthogonalRegularizer', new OrthogonalRegularizer({ factor: 2 }), 2 / Math.sqrt(5)],
  ['OrthogonalRegularizer of columns', new OrthogonalRegularizer({ mode: 'columns' }), 0.01 / Math.sqrt(10)],
  ['a function', regularizerOf((x) => x.max()), 3],
])('%s penalises weights', (_, regularizer, expected) => {
  expect(regularizer.call(w).item()).toBeCloseTo(expected, 5);
});

// Keras 3.15.1 on JAX. Biases begin with 0.
it.each([
  ['L1', new L1(0.25), [0, 2, -1], [0.25, 0.25, -0.25]],
  ['L1L2', new L1L2(0.25, 0.5), [0, 2, -1], [0.25, 2.25, -1.25]],
] as const)("%s has Keras's slope at 0", (_, regularizer, at, expected) => {
  const x = tensor(at);
  expect([...gradients(regularizer.call(x), [x])[0]!.data()]).toEqual(expected);
});

it('OrthogonalRegularizer turns rows that are orthogonal as Keras does', () => {
  const identity = tensor([
    [1, 0],
    [0, 1],
  ]);
  const penalty = new OrthogonalRegularizer({ factor: 1 }).call(identity);
  // Keras 3.15.1 on JAX.
  expect(gradients(penalty, [identity])[0]!.toArray()).toEqual([
    [0, 1],
    [1, 0],
  ]);
});

it('takes its weight by position', () => {
  expect(() => new L2({ l2: 0.1 } as never)).toThrow(
    'L2 l2 expected a number of 0 or more, received { l2 }.\n' +
      '  fix    Write `new L2(l2, { … })`: what the class cannot do without comes first, without its name.',
  );
  expect(L1L2.fromConfig({ l1: 0.001, l2: 0.01 }).getConfig()).toEqual({ l1: 0.001, l2: 0.01 });
});

it('of angles needs a matrix', () => {
  expect(() => new OrthogonalRegularizer().call(tensor([1, 2]))).toThrow(
    'OrthogonalRegularizer expected a weight of two axes, received [2].',
  );
});
