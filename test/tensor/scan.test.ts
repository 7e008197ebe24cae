import { describe, expect, it } from 'vitest';
import { setBackend } from '../../src/backends/choose.js';
import { emit } from '../../src/backends/wasm/emit.js';
import { wasmMachine } from '../../src/backends/wasm/wasm.js';
import { compileGraph } from '../../src/compiler/pipeline.js';
import { printStage } from '../../src/compiler/print.js';
import { bytesMoved, operationsOf } from '../../src/compiler/work.js';
import { compiled } from '../../src/tensor/compiled.js';
import { ones, tensor, zeros } from '../../src/tensor/create.js';
import { grad, gradients } from '../../src/tensor/gradient.js';
import { scan } from '../../src/tensor/scan.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { Variable } from '../../src/tensor/variable.js';

setBackend('wasm');

describe('a scan', () => {
  it('hands carries of any type on, with the number of the step', () => {
    const [last, y] = scan(
      { carry: { count: tensor(0, { dtype: 'int32' }), any: tensor(false), h: zeros([2]) }, length: 4 },
      ({ count, any, h }, _, __, t) => [
        { count: count.add(t), any: any.logicalOr(t.equal(2)), h: h.add(1) },
        { any, square: t.mul(t) },
      ],
    );
    expect([last.count.item(), last.any.item(), last.h.toArray()]).toEqual([6, true, [4, 4]]);
    expect(y.any.toArray()).toEqual([false, false, false, true].map((_, i) => i > 2));
    expect([y.square.dtype, y.square.toArray()]).toEqual(['int32', [0, 1, 4, 9]]);
  });

  it('takes the last row first when reversed, and leaves results where their rows are', () => {
    const [, y] = scan(
      { carry: { p: tensor(1) }, each: { x: tensor([2, 3, 5]) }, reverse: true },
      ({ p }, { x }) => [{ p: p.mul(x) }, { before: p, t: x }],
    );
    expect([y.before.toArray(), y.t.toArray()]).toEqual([
      [15, 5, 1],
      [2, 3, 5],
    ]);
  });

  it('needs neither carry nor results, and gives what does not change as well', () => {
    const w = tensor([1, 2]);
    const [none, y] = scan(
      { carry: {}, each: { x: tensor([1, 2, 3]) }, shared: { w } },
      (_, { x }, shared) => [{}, { x, w: shared.w, product: shared.w.mul(x), two: zeros([1]).add(2) }],
    );
    expect(none).toEqual({});
    expect(y.product.toArray()).toEqual([
      [1, 2],
      [2, 4],
      [3, 6],
    ]);
    expect([y.w.shape, y.two.toArray(), y.x.toArray()]).toEqual([
      [3, 2],
      [[2], [2], [2]],
      [1, 2, 3],
    ]);
    const [kept] = scan({ carry: { h: w }, length: 3 }, ({ h }) => [{ h }]);
    expect(kept.h.toArray()).toEqual([1, 2]);
    const [swapped] = scan({ carry: { a: tensor(1), b: tensor(2) }, length: 3 }, ({ a, b }) => [
      { a: b, b: a },
    ]);
    expect([swapped.a.item(), swapped.b.item()]).toEqual([2, 1]);
  });

  it('is another program for another body', () => {
    const of = (body: (x: Tensor) => Tensor) =>
      scan({ carry: { x: tensor(3) }, length: 2 }, ({ x }) => [{ x: body(x) }])[0].x.item();
    expect([of((x) => x.add(1)), of((x) => x.mul(2)), of((x) => x.add(2))]).toEqual([5, 12, 7]);
  });

  it('shares what the body takes from around it, with gradients', () => {
    const w = new Variable(tensor([2, 3]));
    const f = () => scan({ carry: { h: ones([2]) }, length: 3 }, ({ h }) => [{ h: h.mul(w) }])[0].h.sum();
    expect(gradients(f(), [w])[0]!.toArray()).toEqual([12, 27]);
    const step = compiled(() => {
      const loss = f();
      w.assign(w.sub(gradients(loss, [w])[0]!));
      return { loss };
    });
    expect(step.call({}).loss!.item()).toBe(35);
    expect(w.toArray()).toEqual([-10, -24]);
  });

  it('has a gradient along a carry alone, and none through whole numbers', () => {
    const f = (x: Tensor) =>
      scan({ carry: { x, n: tensor(1, { dtype: 'int32' }) }, length: 3 }, (carry) => [
        { x: carry.x.mul(carry.n), n: carry.n.add(1) },
      ])[0].x;
    expect([f(tensor(2)).item(), grad(f)(tensor(2)).item()]).toEqual([12, 6]);
  });

  it('may stand in a scan, as often as it likes', () => {
    const x = tensor([
      [1, 2],
      [3, 4],
    ]);
    const sum = (row: Tensor) =>
      scan({ carry: { s: tensor(0) }, each: { row } }, ({ s }, { row: v }) => [{ s: s.add(v.square()) }])[0]
        .s;
    const all = (rows: Tensor) =>
      scan({ carry: { s: tensor(0) }, each: { rows } }, ({ s }, each) => [{ s: s.add(sum(each.rows)) }])[0].s;
    expect(all(x).item()).toBe(30);
    expect(grad(all)(x).toArray()).toEqual([
      [2, 4],
      [6, 8],
    ]);
  });
});

describe('a scan as a program', () => {
  const step = compiled(({ x: rows, w }) => {
    const f = (by: Tensor) =>
      scan({ carry: { h: zeros([4, 8]) }, each: { x: rows! } }, ({ h }, each) => {
        const next = each.x.add(h.matmul(by)).tanh();
        return [{ h: next }, { h: next }];
      })[1].h.square();
    return { slope: gradients(f(w!).sum(), [w!])[0]! };
  });
  const programFor = (length: number) =>
    compileGraph(step.graph({ x: zeros([length, 4, 8]), w: zeros([8, 8]) }), wasmMachine);

  it('is as large for sixty thousand steps as for six hundred', () => {
    const [few, many] = [programFor(640), programFor(64000)].map((program) => ({
      kernels: program.kernels.length,
      procedures: program.loops!.procedures.length,
      bytes: emit(program.loops!.procedures, { fused: true }).length,
    }));
    expect([many!.kernels, many!.procedures]).toEqual([few!.kernels, few!.procedures]);
    expect(Math.abs(many!.bytes - few!.bytes)).toBeLessThan(200);
  });

  it('is as much work as its kernels, each as often as it runs', () => {
    const work = (length: number) => {
      const [forward] = programFor(length).kernels.filter((kernel) => kernel.body);
      return [operationsOf(forward!), bytesMoved(forward!)];
    };
    const [few, many] = [work(10), work(20)];
    expect(many).toEqual(few!.map((n) => 2 * n));
    expect(few![0]).toBeGreaterThan(10 * 2 * 4 * 8 * 8);
  });

  it('leaves out what nobody reads, and makes one product of the gradient of a matrix after the loop', () => {
    const text = printStage({ ...programFor(10), results: [] });
    expect(text).toContain('sum over time < 10, m < 4 of multiply(');
    expect(text.match(/for t < 10/g)).toHaveLength(2);
    expect(text).not.toContain('sum0');
    expect(text).not.toContain('indices');
  });
});

describe('a scan refuses', () => {
  const carry = { h: zeros([2]) };
  const cases: readonly (readonly [string, () => unknown, string])[] = [
    [
      'no length',
      () => scan({ carry }, ({ h }) => [{ h }]),
      'scan expected `length`, or `each` with a row for each step, received nothing.',
    ],
    ['a fraction of a step', () => scan({ carry, length: 1.5 }, ({ h }) => [{ h }]), '`length`'],
    [
      'rows of different counts',
      () => scan({ carry, each: { x: zeros([3]), y: zeros([2]) } }, ({ h }) => [{ h }]),
      "scan: each 'y' expected 3 rows, one for each step, received [2].",
    ],
    [
      'a number for rows',
      () => scan({ carry, each: { x: zeros([]) } }, ({ h }) => [{ h }]),
      "scan: each 'x' expected a first axis, the steps, received [].",
    ],
    [
      'arrays for tensors',
      () => scan({ carry: { h: [1] as never }, length: 1 }, ({ h }) => [{ h }]),
      'scan: carry expected an object of tensors by name',
    ],
    [
      'a carry that grows',
      () => scan({ carry, length: 2 }, ({ h }) => [{ h: h.expandDims(0) }]),
      "scan: carry 'h' expected to keep its shape [2], received [1, 2].",
    ],
    [
      'a carry of another type',
      () => scan({ carry, length: 2 }, ({ h }) => [{ h: h.cast('int32') }]),
      "scan: carry 'h' expected to stay float32, received 'int32'.",
    ],
    [
      'a carry that is missing',
      () => scan({ carry, length: 2 }, () => [{}] as never),
      "scan expected a body that returns the carry 'h', received [].",
    ],
    [
      'a body that returns no list',
      () => scan({ carry, length: 2 }, ((c: object) => c) as never),
      'scan expected a body that returns `[carry, y]`',
    ],
    [
      'results that are no tensors',
      () => scan({ carry, length: 2 }, ({ h }) => [{ h }, { y: 3 as never }]),
      'scan: the results that the body returns expected an object of tensors by name',
    ],
    [
      'a body that reads a value',
      () => scan({ carry, length: 2 }, ({ h }) => [{ h: h.mul(h.sum().item()) }]),
      'expected to be read after the traced function has run',
    ],
  ];
  it.each(cases)('%s', (_, run, message) => {
    expect(run).toThrow(message);
  });

  it('an assignment inside of the step', () => {
    const v = new Variable(zeros([2]), { name: 'v' });
    const step = compiled(() => {
      const [last] = scan({ carry, length: 2 }, ({ h }) => {
        v.assign(h);
        return [{ h }];
      });
      return { ...last };
    });
    expect(() => step.call({})).toThrow(
      "scan: variable 'v' expected a body that assigns no variable what depends on the step",
    );
  });
});
