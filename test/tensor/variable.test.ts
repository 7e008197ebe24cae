import { describe, expect, it } from 'vitest';
import { setBackend } from '../../src/backends/choose.js';
import { compiled } from '../../src/tensor/compiled.js';
import { tensor, zeros } from '../../src/tensor/create.js';
import { gradients } from '../../src/tensor/gradient.js';
import { Variable } from '../../src/tensor/variable.js';

describe('a variable', () => {
  it('stands for its value at the moment of use', () => {
    const v = new Variable(tensor([1, 2]), { name: 'v' });
    const before = v.add(0);
    v.assign(tensor([5, 6]));
    expect([before.toArray(), v.toArray(), v.add(1).toArray()]).toEqual([
      [1, 2],
      [5, 6],
      [6, 7],
    ]);
  });

  it('counts up from itself', () => {
    const count = new Variable(zeros([], { dtype: 'int32' }));
    for (let i = 0; i < 5; i++) count.assign(count.add(1));
    expect(count.item()).toBe(5);
  });

  it('keeps its shape and its type', () => {
    const v = new Variable(zeros([2], { dtype: 'int32' }), { name: 'steps' });
    v.assign(3.7);
    expect([v.dtype, v.toArray()]).toEqual(['int32', [3, 3]]);
    expect(() => v.assign(zeros([3]))).toThrow(
      "Variable 'steps' expected a value of shape [2], received [3].",
    );
    expect(() => v.assign(zeros([1, 2]))).toThrow(
      "Variable 'steps' expected a value of shape [2], received [1, 2].",
    );
  });

  it('has a name and tells whether it is trained', () => {
    const v = new Variable(1, { name: 'kernel', trainable: false, dtype: 'int32' });
    expect([v.name, v.trainable, v.dtype, new Variable(1).trainable]).toEqual([
      'kernel',
      false,
      'int32',
      true,
    ]);
  });

  it('has a gradient', () => {
    const v = new Variable(tensor([1, 2]));
    expect(gradients(v.square().sum(), [v])[0]!.toArray()).toEqual([2, 4]);
  });

  it('gives copies, which later values do not change', () => {
    const v = new Variable(tensor([1]));
    const step = compiled(() => {
      v.assign(v.add(1));
      return {};
    });
    step.call({});
    const values = v.data();
    step.call({});
    expect([values[0], v.item()]).toEqual([2, 3]);
  });

  it('moves with its value to another backend', () => {
    const v = new Variable(tensor([1]));
    const step = compiled(() => {
      v.assign(v.mul(2));
      return {};
    });
    for (const name of ['wasm', 'reference', 'wasm'] as const) {
      setBackend(name);
      step.call({});
    }
    expect(v.item()).toBe(8);
  });
});

describe('variables in a program', () => {
  it('swap their values', () => {
    const [a, b] = [new Variable(tensor([1, 2])), new Variable(tensor([3, 4]))];
    const swap = compiled(() => {
      const old = a.mul(1);
      a.assign(b);
      b.assign(old);
      return {};
    });
    swap.call({});
    expect([a.toArray(), b.toArray()]).toEqual([
      [3, 4],
      [1, 2],
    ]);
    swap.call({});
    expect([a.toArray(), b.toArray()]).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('go round in a circle of three', () => {
    const all = [1, 2, 3].map((n) => new Variable(tensor([n, 10 * n])));
    const turn = compiled(() => {
      const old = all.map((v) => v.add(0));
      for (const [i, v] of all.entries()) v.assign(old[(i + 1) % 3]!);
      return {};
    });
    turn.call({});
    expect(all.map((v) => v.toArray())).toEqual([
      [2, 20],
      [3, 30],
      [1, 10],
    ]);
  });

  it('give their new value after an assignment and their old one before it', () => {
    const v = new Variable(tensor([1, 2]));
    const step = compiled(() => {
      const old = v.add(0);
      v.assign(v.mul(10));
      return { old, now: v.add(0), both: old.add(v) };
    });
    const { old, now, both } = step.call({});
    expect([old!.toArray(), now!.toArray(), both!.toArray()]).toEqual([
      [1, 2],
      [10, 20],
      [11, 22],
    ]);
  });

  it('may be assigned twice, turned around in place, and given to outputs as they are', () => {
    const v = new Variable(tensor([1, 2, 3]));
    const step = compiled(() => {
      v.assign(v.flip());
      v.assign(v.add(v.flip()));
      return { v };
    });
    expect(step.call({}).v!.toArray()).toEqual([4, 4, 4]);
    expect(v.toArray()).toEqual([4, 4, 4]);
  });

  it('are not changed while the function is traced', () => {
    const v = new Variable(tensor([1]));
    const step = compiled(({ x }) => {
      v.assign(v.add(x!));
      return { y: v.mul(1) };
    });
    const bound = step.bind({ x: tensor([5]) });
    expect(v.item()).toBe(1);
    bound.run();
    bound.run();
    expect(v.item()).toBe(11);
    bound.release();
  });
});
