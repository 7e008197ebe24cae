import { describe, expect, it } from 'vitest';
import { compiled } from '../../src/tensor/compiled.js';
import { tensor } from '../../src/tensor/create.js';
import { grad, gradients, valueAndGrad } from '../../src/tensor/gradient.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { Variable } from '../../src/tensor/variable.js';

describe('gradients', () => {
  it('add up where a value is used more than once', () => {
    const x = tensor([2, 3]);
    expect(gradients(x.mul(x).add(x), [x])[0]!.toArray()).toEqual([5, 7]);
  });

  it('are zeros of the right shape where nothing depends on a tensor', () => {
    const [x, y] = [tensor([1, 2]), tensor([[3]])];
    expect(gradients(x.sum(), [x, y]).map((g) => g.toArray())).toEqual([[1, 1], [[0]]]);
    expect(gradients(x.argmax().cast('float32'), [x])[0]!.toArray()).toEqual([0, 0]);
    expect(gradients(x.less(1).cast('float32').sum(), [x])[0]!.toArray()).toEqual([0, 0]);
  });

  it('of a tensor itself are ones, and those of values between go on from there', () => {
    const x = tensor([2]);
    const y = x.square();
    expect(gradients(x, [x])[0]!.toArray()).toEqual([1]);
    expect(gradients(y.mul(3), [y, x]).map((g) => g.item())).toEqual([3, 12]);
  });

  it('have any order', () => {
    const cube = (x: Tensor): Tensor => x.mul(x).mul(x);
    expect(grad(cube)(tensor(2)).item()).toBe(12);
    expect(grad(grad(cube))(tensor(2)).item()).toBe(12);
    expect(grad(grad(grad(cube)))(tensor(2)).item()).toBe(6);
    expect(grad(grad(grad(grad(cube))))(tensor(2)).item()).toBe(0);
    const wave = grad(grad(grad(grad((x: Tensor) => x.sin()))));
    expect(wave(tensor(0.5)).item()).toBeCloseTo(Math.sin(0.5), 6);
  });

  it('of a function of several arguments come as a list, one for each', () => {
    const f = (a: Tensor, b: Tensor): Tensor => a.mul(b).sum();
    const [value, [ga, gb]] = valueAndGrad(f)(tensor([1, 2]), tensor([3, 4]));
    expect([value.item(), ga.toArray(), gb.toArray()]).toEqual([11, [3, 4], [1, 2]]);
    const [twice] = [grad(f)(tensor([5]), tensor([5]))];
    expect(twice.map((g) => g.item())).toEqual([5, 5]);
  });

  it('take the same tensor given twice as two arguments', () => {
    const x = tensor([5]);
    const f = (a: Tensor, b: Tensor): Tensor => a.mul(b).sum().add(a.sum());
    expect(grad(f)(x, x).map((g) => g.item())).toEqual([6, 5]);
  });

  it('of a whole Hessian row agree with the formula', () => {
    const x = tensor([1, 2]);
    const f = x
      .slice([0], [1])
      .square()
      .mul(x.slice([1], [1]))
      .sum();
    const [g] = gradients(f, [x]);
    const rows = [0, 1].map((i) => gradients(g!.slice([i], [1]).sum(), [x])[0]!.toArray());
    expect(rows).toEqual([
      [4, 2],
      [2, 0],
    ]);
  });

  it('walk a history of any length', () => {
    const x = tensor([1]);
    const long = valueAndGrad((v: Tensor) => {
      let y = v;
      for (let i = 0; i < 1500; i++) y = y.mul(1.001);
      return y.sum();
    });
    const [value, g] = long(x);
    expect(g.item()).toBeCloseTo(1.001 ** 1500, 3);
    expect(value.item()).toBeCloseTo(1.001 ** 1500, 3);
  });
});

describe('a long loop of plain code', () => {
  it('stays right beyond a thousand steps', () => {
    let [x, steps] = [tensor([0, 1]), tensor(0)];
    for (let i = 0; i < 3500; i++) {
      x = x.add(1);
      steps = steps.add(1);
    }
    expect([x.toArray(), steps.item()]).toEqual([[3500, 3501], 3500]);
  });

  it('holds only the newest part of its history', () => {
    let x = tensor([0]);
    for (let i = 0; i < 5000; i++) x = x.add(1);
    let length = 0;
    for (let at: unknown = x; at; at = (at as { inputs: readonly unknown[] }).inputs[0]) length++;
    expect(length).toBeLessThan(1100);
    expect(x.item()).toBe(5000);
  });
});

it('gradients through a history that was cut off raise an error, grad does not', () => {
  const x = tensor([1, 2]);
  const long = (start: Tensor) => {
    let y = start;
    for (let i = 0; i < 1500; i++) y = y.add(1);
    return y.sum();
  };
  expect(() => gradients(long(x), [x])).toThrow(
    'gradients expected the whole way from the result back to each tensor, received a result of more than 1000 operations',
  );
  expect(grad(long)(x).toArray()).toEqual([1, 1]);
});

describe('gradients of variables', () => {
  it('are those of the value that was read, whatever was read or run since', () => {
    const v = new Variable(tensor([1, 2]));
    const held = compiled(() => ({ y: v.mul(2) }));
    held.call({});
    const loss = v.square().sum();
    expect(loss.item()).toBe(5);
    held.call({});
    expect(gradients(loss, [v])[0]!.toArray()).toEqual([2, 4]);
  });

  it('outlive an assignment', () => {
    const v = new Variable(tensor([1, 2]));
    const loss = v.square().sum();
    v.assign(v.add(1));
    expect(gradients(loss, [v])[0]!.toArray()).toEqual([2, 4]);
  });

  it('let a loop of plain code learn while it logs its loss', () => {
    const [w, x, y] = [new Variable(tensor([0])), tensor([1, 2, 3]), tensor([2, 4, 6])];
    for (let step = 0; step < 400; step++) {
      const loss = x.mul(w).sub(y).square().mean();
      expect(loss.item()).toBeGreaterThanOrEqual(0);
      w.assign(w.sub(gradients(loss, [w])[0]!.mul(0.05)));
    }
    expect(w.item()).toBeCloseTo(2, 4);
  });
});

it('a part of the way that was let go is an error too, unless it is older than the tensor', () => {
  const x = tensor([1]);
  let y = x.add(0);
  for (let i = 0; i < 1500; i++) y = y.mul(1.001);
  expect(() => gradients(y.add(x), [x])).toThrow('expected the whole way');
  const later = tensor([2]);
  expect(gradients(y.stopGradient().mul(later), [later])[0]!.item()).toBeCloseTo(y.item(), 4);
});
