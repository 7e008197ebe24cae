import { describe, expect, it } from 'vitest';
import { compiled } from '../../src/tensor/compiled.js';
import { ones, tensor, zeros } from '../../src/tensor/create.js';
import { explainCompiled } from '../../src/tensor/explain.js';
import { gradients } from '../../src/tensor/gradient.js';
import { Variable } from '../../src/tensor/variable.js';

describe('a compiled function', () => {
  it('is traced once for each shape and type of its inputs', () => {
    let traced = 0;
    const twice = compiled(({ x }) => {
      traced++;
      return { y: x!.mul(2) };
    });
    expect(twice.call({ x: tensor([1, 2]) }).y!.toArray()).toEqual([2, 4]);
    expect(twice.call({ x: tensor([3, 4]) }).y!.toArray()).toEqual([6, 8]);
    expect(traced).toBe(1);
    expect(twice.call({ x: tensor([3]) }).y!.toArray()).toEqual([6]);
    expect(twice.call({ x: ones([2], { dtype: 'int32' }) }).y!.dtype).toBe('int32');
    expect(traced).toBe(3);
  });

  it('gives outputs that are inputs, numbers, constants or the same value twice', () => {
    const f = compiled(({ x }) => {
      const y = x!.add(1);
      return { same: x!, one: zeros([2]).add(1), data: tensor([7, 8]), y, again: y };
    });
    const outputs = f.call({ x: tensor([1, 2]) });
    expect(Object.fromEntries(Object.entries(outputs).map(([name, v]) => [name, v.toArray()]))).toEqual({
      same: [1, 2],
      one: [1, 1],
      data: [7, 8],
      y: [2, 3],
      again: [2, 3],
    });
  });

  it('takes any names, those of its inputs and of operations as well', () => {
    const f = compiled(({ add, x, number }) => ({
      x: add!.add(x!),
      add: x!.add(1),
      data: number!,
      relu: x!.relu(),
    }));
    const outputs = f.call({ add: tensor([1]), x: tensor([2]), number: tensor([3]) });
    expect(Object.fromEntries(Object.entries(outputs).map(([name, v]) => [name, v.item()]))).toEqual({
      x: 3,
      add: 3,
      data: 3,
      relu: 2,
    });
  });

  it('takes inputs that it does not use, and refuses to write others than it has', () => {
    const bound = compiled(({ x }) => ({ y: x!.add(1) })).bind({ x: tensor([1]), spare: tensor([2]) });
    bound.write('spare', [5]);
    expect(() => bound.write('z', [5])).toThrow("write expected an input: 'x' or 'spare', received 'z'.");
    bound.run();
    expect(bound.outputs().y!.item()).toBe(2);
  });

  it('gives outputs that later calls do not change', () => {
    const f = compiled(({ x }) => ({ y: x!.add(1) }));
    const first = f.call({ x: tensor([1]) }).y!;
    f.call({ x: tensor([5]) });
    expect(first.item()).toBe(2);
  });

  it('keeps a place for bound inputs, which can be written and run again', () => {
    const total = new Variable(zeros([]));
    const f = compiled(({ x, scale }) => {
      total.assign(total.add(x!.sum()));
      return { y: x!.mul(scale!) };
    });
    const bound = f.bind({ x: tensor([1, 2]), scale: tensor(3) });
    bound.run();
    expect(bound.outputs().y!.toArray()).toEqual([3, 6]);
    bound.write('x', [10]);
    bound.write('x', [20], 1);
    bound.run();
    expect(bound.outputs().y!.toArray()).toEqual([30, 60]);
    expect(total.item()).toBe(33);
    bound.release();
  });

  it('differentiates inside and changes what it differentiated', () => {
    const w = new Variable(tensor([1, 2]));
    const step = compiled(({ x }) => {
      const loss = w.mul(x!).sum().square();
      const [g] = gradients(loss, [w]);
      w.assign(w.sub(g!.mul(0.1)));
      return { loss };
    });
    expect(step.call({ x: tensor([1, 1]) }).loss!.item()).toBe(9);
    const [a, b] = w.data();
    expect([a, b]).toEqual([expect.closeTo(0.4, 6), expect.closeTo(1.4, 6)]);
  });

  it('may read values only after it has run', () => {
    const f = compiled(({ x }) => ({ y: x!.mul(x!.add(1).item()) }));
    expect(() => f.call({ x: tensor([1]) })).toThrow(
      "The value of 'x' expected to be read after the traced function has run, received a read while the function is traced.",
    );
    expect(
      compiled(({ x }) => ({ y: x!.add(1) }))
        .call({ x: tensor([1]) })
        .y!.item(),
    ).toBe(2);
  });

  it('may call another one while no values of its own are needed', () => {
    const inner = compiled(({ x }) => ({ y: x!.add(1) }));
    const outer = compiled(({ x }) => ({ y: x!.mul(inner.call({ x: tensor([1, 2]) }).y!) }));
    expect(outer.call({ x: tensor([10, 10]) }).y!.toArray()).toEqual([20, 30]);
  });

  it('shows every stage of its compilation', () => {
    const f = compiled(({ x }) => ({ y: x!.mul(2).add(1).relu() }));
    const stages = explainCompiled(f, { x: tensor([1, 2]) });
    expect([...stages.keys()].slice(0, 2)).toEqual(['graph', 'share']);
    expect([...stages.keys()].slice(-2)).toEqual(['schedule', 'program']);
    expect(stages.get('graph')).toBe(
      't2 = multiply(x, 2) float32 [2]\nt4 = add(t2, 1) float32 [2]\nt5 = relu(t4) float32 [2]\ny: t5',
    );
    expect(
      stages
        .get('fuse')!
        .split('\n')
        .filter((line) => line.includes(': for ')),
    ).toHaveLength(1);
  });
});
