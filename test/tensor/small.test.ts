import { expect, test } from 'vitest';
import { currentBackend, setBackend } from '../../src/backends/choose.js';
import { graphOf } from '../../src/compiler/dead-code.js';
import { compiled } from '../../src/tensor/compiled.js';
import { ones, tensor } from '../../src/tensor/create.js';
import { where } from '../../src/tensor/functions.js';
import { random } from '../../src/tensor/random.js';
import { prepareSmall } from '../../src/tensor/small.js';
import type { Tensor } from '../../src/tensor/tensor.js';

const x = tensor([0.1, -2.5, 3e38, -0, Number.NaN, 1e-40, 7.5, -Infinity]);
const y = tensor([0.3, 2, 3e38, 0, 1, 3, -0.1, 0]);

const cases: Readonly<Record<string, (x: Tensor, y: Tensor) => Tensor>> = {
  sums: (x, y) => x.add(y).sub(0.1),
  products: (x, y) => x.mul(y).div(3),
  quotients: (x, y) => x.div(y),
  roots: (x) => x.abs().sqrt(),
  bounds: (x, y) => x.maximum(y).minimum(2),
  choices: (x, y) => where(x.less(y), x, y.floor()),
  integers: (x, y) => x.cast('int32').mul(3).add(y.cast('int32')).cast('float32'),
  'whole numbers': (_, y) => y.round(),
  bytes: (x) => x.cast('uint8'),
  places: (x) => x.reshape([2, 4]).transpose().slice([1, 0], [2, 2]),
};

const pending = (result: Tensor) => graphOf({ result: result.node }, []);
/** Equal only for equal bits, those of NaN aside. */
const values = (t: Tensor) => [...t.data()];

test.each(Object.entries(cases))('small graphs of %s have the bits of a program', (_, formula) => {
  const program = compiled(({ x, y }) => ({ z: formula(x!, y!) }));
  expect(currentBackend().name).toBe('wasm');
  expect(values(formula(x, y))).toEqual(values(program.call({ x, y }).z!));
});

test('folds, rows that are not exact and large graphs are compiled', () => {
  expect(prepareSmall(pending(ones([8]).add(1)))).toBeDefined();
  expect(prepareSmall(pending(ones([8]).sum()))).toBeUndefined();
  expect(prepareSmall(pending(ones([8]).exp()))).toBeUndefined();
  expect(prepareSmall(pending(ones([2000]).add(1)))).toBeUndefined();
});

test('when a backend is chosen by name all graphs run on it, with the same random numbers', () => {
  const walked = values(random.uniform([8, 16], { low: -0.3, high: 0.3, seed: 5 }));
  setBackend('wasm');
  expect(prepareSmall(pending(ones([8]).add(1)))).toBeUndefined();
  expect(values(random.uniform([8, 16], { low: -0.3, high: 0.3, seed: 5 }))).toEqual(walked);
});
