import { describe, expect, test } from 'vitest';
import { compileGraph } from '../../src/compiler/pipeline.js';
import { formulaScope } from '../../src/loops/expression.js';
import { compiled } from '../../src/tensor/compiled.js';
import { ones, tensor, zeros } from '../../src/tensor/create.js';
import { eachElement } from '../../src/tensor/pointwise.js';
import { full, type Tensor } from '../../src/tensor/tensor.js';
import { Variable } from '../../src/tensor/variable.js';

type Tensors = Readonly<Record<string, Tensor>>;

/** What a program gives that applies a function to each of these tensors, and how often the function was called. */
function applied(body: (tensors: Tensors) => Tensors, given: Tensors, rate?: Tensor) {
  let calls = 0;
  const step = compiled(({ rate: _, ...tensors }) => {
    const each = eachElement((elements) => {
      calls++;
      return body(elements);
    });
    const results = Object.entries(tensors).map(([name, x]) => [name, each({ x, y: x.mul(3) })] as const);
    return Object.fromEntries(
      results.flatMap(([name, all]) =>
        Object.entries(all).map(([part, value]) => [`${name} ${part}`, value]),
      ),
    );
  });
  const outputs = step.call(rate ? { ...given, rate } : given);
  return {
    calls,
    values: Object.fromEntries(Object.entries(outputs).map(([name, x]) => [name, x.toArray()])),
  };
}

const given = { matrix: tensor([[1, -2, 3]]), vector: tensor([4, 5]), number: tensor(6) };

describe('a function of each element', () => {
  test('is traced once for all shapes', () => {
    const body = ({ x, y }: Tensors) => ({ sum: x!.add(y!), isLarge: x!.greater(2) });
    const { calls, values } = applied(body, given);
    expect(calls).toBe(1);
    expect(values).toEqual({
      'matrix sum': [[4, -8, 12]],
      'matrix isLarge': [[false, false, true]],
      'vector sum': [16, 20],
      'vector isLarge': [true, true],
      'number sum': 24,
      'number isLarge': true,
    });
  });

  test('is called for each where its formulas are many', () => {
    const longerBy = (steps: number) => {
      const next = (value: Tensor) => value.mul(0.5).sin();
      return ({ x }: Tensors) => ({ end: Array.from({ length: steps }).reduce<Tensor>(next, x!) });
    };
    expect(applied(longerBy(50), given).calls).toBe(1);
    expect(applied(longerBy(400), given).calls).toBeGreaterThan(3);
  });

  test('may read numbers of any shape, variables of one element and constants from outside', () => {
    const rate = new Variable(tensor(0.5));
    const { values } = applied(
      ({ x }) => ({
        x: x!
          .mul(rate.add(1))
          .add(full([1], 10))
          .add(ones(x!.shape).mul(rate))
          .add(zeros([]))
          .add(new Variable(ones([2])).mul(2).sum()),
      }),
      given,
    );
    expect(values['vector x']).toEqual([20.5, 22]);
  });

  test('may give what it was given, or a number for all', () => {
    const { values } = applied(({ x }) => ({ same: x!, two: tensor(2), three: full(x!.shape, 3) }), given);
    expect(values['matrix same']).toEqual([[1, -2, 3]]);
    expect(values['vector two']).toEqual([2, 2]);
    expect(values['matrix three']).toEqual([[3, 3, 3]]);
  });

  test('is traced again for tensors of another type', () => {
    const body = ({ x }: Tensors) => ({ half: x!.mul(0.5) });
    const { calls, values } = applied(body, {
      a: tensor([3, 5], { dtype: 'int32' }),
      b: tensor([3, 5]),
      c: tensor([true]),
    });
    expect(calls).toBe(3);
    expect(values).toEqual({ 'a half': [1.5, 2.5], 'b half': [1.5, 2.5], 'c half': [0.5] });
  });

  test('gives what it gives beside arrays that are called as its own could be', () => {
    const y = new Variable(tensor([1, 2]), { name: 'update.0' });
    const z = new Variable(tensor([0, 0]), { name: 'update_1' });
    const step = compiled(({ 'update.1': x }) => {
      const each = eachElement(({ x, y }) => ({ sum: x!.add(y!), product: x!.mul(y!) }));
      const first = each({ x: x!, y });
      const second = each({ x: first.sum!, y });
      z.assign(second.product!);
      return { update: first.product!, 'update.0': second.sum!, 'update_1.0': first.sum! };
    });
    const outputs = step.call({ 'update.1': tensor([10, 20]) });
    expect(Object.entries(outputs).map(([name, x]) => [name, x.toArray()])).toEqual([
      ['update', [10, 40]],
      ['update.0', [12, 24]],
      ['update_1.0', [11, 22]],
    ]);
    expect(z.toArray()).toEqual([11, 44]);
  });

  test('is called as it is where tensors differ in shape, and outside of programs', () => {
    const each = eachElement(({ x, y }) => ({ z: x!.mul(y!).sum() }));
    expect(each({ x: tensor([1, 2]), y: tensor([3, 4]) }).z!.item()).toBe(11);
    const step = compiled(({ x, y }) => each({ x: x!, y: y! }));
    expect(step.call({ x: tensor([1, 2]), y: tensor(3) }).z!.item()).toBe(9);
  });

  test.each([
    ['a sum', ({ x }: Tensors) => ({ y: x!.sum() }), '`sum`'],
    ['a sum that keeps its axis', ({ x }: Tensors) => ({ y: x!.sum(0, { keepDims: true }) }), '`sum`'],
    ['a place', ({ x }: Tensors) => ({ y: x!.indices(0).cast('float32').add(x!) }), '`indices`'],
    ['another element', ({ x }: Tensors) => ({ y: x!.flip() }), '`slice`'],
    ['an array that stays', ({ x }: Tensors) => ({ y: x!.add(tensor([1, 2])) }), 'an array that is data'],
    ['an array', ({ x }: Tensors) => ({ y: x!.add(new Variable(ones([2]))) }), 'an array that is variable'],
  ])('refuses %s, which is more than one element', (_, body, received) => {
    expect(() => applied(body, given)).toThrow(
      `formulas that treat each element alone, received ${received}`,
    );
  });

  test('keeps nothing of a compilation for as long as its graph is kept', async () => {
    const { gc } = globalThis as { gc?: () => void };
    if (!gc) throw new Error('the tests run with --expose-gc');
    const step = compiled(({ x, y }) => eachElement(({ x, y }) => ({ sum: x!.add(y!) }))({ x: x!, y: y! }));
    const graph = step.graph({ x: tensor([1, 2]), y: tensor([3, 4]) });
    const scopes: WeakRef<object>[] = [];
    compileGraph(graph, undefined, () => scopes.push(new WeakRef(formulaScope())));
    for (let i = 0; i < 4; i++) {
      gc();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(scopes.length).toBeGreaterThan(0);
    expect(scopes.every((scope) => scope.deref() === undefined)).toBe(true);
    expect(graph.nodes.length).toBeGreaterThan(0);
  });
});
