import { expect, test } from 'vitest';
import { compiled, Resident, setBackend, type Tensor, tensor, Variable, zeros } from '../../src/index.js';

const inputs = { x: tensor([1, 2, 3]), scale: tensor([10]) };
const data = () => {
  const made = new Resident({ x: inputs.x });
  made.write('x', [1, 2]);
  made.write('x', [3], 2);
  return made;
};

test('programs share what is resident, and have the other inputs for themselves', () => {
  const resident = data();
  const bind = (f: (x: Tensor) => Tensor, scale: number) =>
    compiled(({ x, scale }) => ({ y: f(x!).mul(scale!) })).bind(
      { ...inputs, scale: tensor([scale]) },
      resident,
    );
  const [sum, all] = [bind((x) => x.sum(), 10), bind((x) => x, 2)];
  const outputs = () => {
    for (const program of [sum, all]) program.run();
    return [sum, all].map((program) => program.outputs().y!.toArray());
  };
  expect(outputs()).toEqual([[60], [2, 4, 6]]);
  resident.write('x', [5]);
  expect(outputs()).toEqual([[100], [10, 4, 6]]);
  all.write('x', [0, 0, 0]);
  expect(outputs()).toEqual([[0], [0, 0, 0]]);
  sum.release();
  all.write('x', [7, 8, 9]);
  all.run();
  expect(all.outputs().y!.toArray()).toEqual([14, 16, 18]);
  all.release();
  resident.release();
});

test('what is resident has the form of the input, and is written within its bounds', () => {
  const resident = data();
  const f = compiled(({ x }) => ({ y: x!.add(1) }));
  expect(() => f.bind({ x: tensor([1, 2]) }, resident)).toThrow(
    "bind of 'x' expected 3 elements of float32, received '2 of float32'.",
  );
  expect(() => resident.write('x', [1, 2], 2)).toThrow(
    "write to 'x' expected elements 0 to 2, received '2 from 2 on'.",
  );
  expect(() => resident.write('z', [1])).toThrow("write to 'z' expected");
  resident.release();
});

test('the backend stays as it is until what is resident is released', () => {
  const resident = data();
  expect(() => setBackend('reference')).toThrow('setBackend expected no program to be bound');
  resident.release();
  setBackend('reference');
  setBackend('wasm');
});

test('a program that was prepared is neither traced nor compiled again', async () => {
  let traced = 0;
  const total = new Variable(zeros([]));
  const f = compiled(({ x }) => {
    traced++;
    total.assign(total.add(x!.sum()));
    return {};
  });
  await f.prepare({ x: inputs.x });
  await f.prepare({ x: inputs.x });
  const bound = f.bind({ x: inputs.x });
  bound.run(3);
  bound.release();
  expect([traced, total.item()]).toEqual([1, 18]);
});

test('what a function throws while it is prepared is what its promise is rejected with', async () => {
  const f = compiled(({ x }) => ({ y: x!.matmul(tensor([1, 2])) }));
  await expect(f.prepare({ x: inputs.x })).rejects.toThrow('expected');
});
