/** What becomes of maps, folds and computed reads: their kernels, and how the loops of each run. */
import { beforeAll, describe, expect, it } from 'vitest';
import { setBackend } from '../../src/backends/choose.js';
import type { Shape } from '../../src/core/shape.js';
import { Adam } from '../../src/nn/optimizers/adam.js';
import * as ops from '../../src/ops/index.js';
import { zeros } from '../../src/tensor/create.js';
import { gradients } from '../../src/tensor/gradient.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { Variable } from '../../src/tensor/variable.js';
import { textOf } from './explained.js';

beforeAll(() => setBackend('wasm'));

const int = (shape: Shape): Tensor => zeros(shape, { dtype: 'int32' });

describe('the kernels and schedules', () => {
  it('of a strided map', () => {
    const text = textOf(({ x }) => ({ y: x!.transpose().mul(2) }), { x: [6, 40] });
    expect(text).toMatchInlineSnapshot(`
      "multiply: for s0 < 40, s1 < 6
        y[s0, s1] = multiply(x[s1, s0], 2)

      multiply: map
        for s0 < 40
        for s1 < 6, 2 vectors a turn"
    `);
  });

  it('of a slice with steps', () => {
    const text = textOf(({ x }) => ({ y: x!.slice([0, 0], [4, 8], [2, 1]).relu() }), { x: [8, 8] });
    expect(text).toMatchInlineSnapshot(`
      "relu: for s0 < 4, s1 < 8
        y[s0, s1] = maximum(x[2 s0, s1], 0)

      relu: map
        for s0 < 4
        for s1 < 8, 2 vectors a turn"
    `);
  });

  it('of softmax', () => {
    const text = textOf(({ x }) => ({ y: x!.softmax() }), { x: [32, 10] });
    expect(text).toMatchInlineSnapshot(`
      "divide: for s0 < 32, s1 < 10
        t0 = max over s1 < 10 of x[s0, s1]
        y[s0, s1] = divide(exp(subtract(x[s0, s1], t0)), sum over s1 < 10 of exp(subtract(x[s0, s1], t0)))

      divide: map
        for s0 < 32
        for s1 < 10, 2 vectors a turn
        max over s1 < 10, a vector at a time
        sum over s1 < 10, a vector at a time"
    `);
  });

  it('of a running sum', () => {
    const text = textOf(({ x }) => ({ y: x!.cumsum(0) }), { x: [20, 16] });
    expect(text).toMatchInlineSnapshot(`
      "cumsum: for s0 < 20, s1 < 16
        y[s0, s1] = add(y[s0 - 1, s1], x[s0, s1])

      cumsum: map
        for s0 < 20, in order
        for s1 < 16, 2 vectors a turn"
    `);
  });

  it('of the gradient of an embedding', () => {
    const text = textOf(
      ({ table, words, g }) => ({
        y: gradients(table!.rowsAt(words!).mul(g!).sum(), [table!])[0]!,
      }),
      { table: [100, 16], words: int([32]), g: [32, 16] },
    );
    expect(text).toMatchInlineSnapshot(`
      "scatterAdd: for rows < 100, t0 < 16
        y[rows, t0] = 0
      scatterAdd: for i0 < 32, t0 < 16
        y[words[i0], t0] += g[i0, t0]

      scatterAdd: map
        for rows t0 < 1600, 2 vectors a turn
      scatterAdd: map
        for i0 < 32
        for t0 < 16, 8 vectors a turn"
    `);
  });

  it('of rows at computed places', () => {
    const text = textOf(({ table, words }) => ({ y: table!.rowsAt(words!) }), {
      table: [100, 16],
      words: int([32]),
    });
    expect(text).toMatchInlineSnapshot(`
      "gather: for i0 < 32, t0 < 16
        y[i0, t0] = table[words[i0], t0]

      gather: map
        for i0 < 32
        for t0 < 16, 8 vectors a turn"
    `);
  });

  it('of the place of the largest', () => {
    const text = textOf(({ x }) => ({ y: x!.argmax(1) }), { x: [32, 10] });
    expect(text).toMatchInlineSnapshot(`
      "argmax: for kept0 < 32
        y[kept0] = argmax over s1 < 10 of x[kept0, s1]

      argmax: map
        for kept0 < 32
        max over s1 < 10, a vector at a time
        min over s1 < 10, a vector at a time"
    `);
  });

  it('of random numbers', () => {
    const text = textOf(
      ({ x, key, calls }) => ({
        y: ops
          .random(key!, calls!, { shape: [32, 128], kind: 'uniform' })
          .less(0.5)
          .where(0, x!),
      }),
      { x: [32, 128], key: int([2]), calls: int([]) },
    );
    expect(text).toMatchInlineSnapshot(`
      "where: for s0 < 32, s1 < 128
        t0 = lessInt(int(128 s0 + s1), 2048)
        t1 = selectInt(t0, int(128 s0 + s1), subtractInt(int(128 s0 + s1), 2048))
        y[s0, s1] = select(less(multiply(toFloat(shiftRightUnsigned(selectInt(t0, threefryFirst(t1, calls[], key[0], key[1]), threefrySecond(t1, calls[], key[0], key[1])), 8)), 5.960464477539063e-8), 0.5), 0, x[s0, s1])

      where: map
        for s0 s1 < 4096, 2 vectors a turn"
    `);
  });

  it('of a step of Adam', () => {
    const w = new Variable(zeros([784, 128]), { name: 'w' });
    const optimizer = new Adam();
    const text = textOf(
      ({ g }) => {
        optimizer.apply([g!], [w]);
        return {};
      },
      { g: [784, 128] },
    );
    expect(text).toMatchInlineSnapshot(`
      "add+divide: for one point
        t0 = addInt(iteration[], 1)
        t1 = toFloat(t0)
        iteration[] = t0
        divide[] = divide(multiply(learning_rate[], sqrt(add(multiply(power(0.9990000128746033, t1), -1), 1))), add(multiply(power(0.8999999761581421, t1), -1), 1))
      update: for i < 784, j < 128
        t0 = add(w_momentum[i, j], multiply(subtract(g[i, j], w_momentum[i, j]), 0.09999999999999998))
        t1 = add(w_velocity[i, j], multiply(subtract(multiply(g[i, j], g[i, j]), w_velocity[i, j]), 0.0010000000000000009))
        w[i, j] = subtract(w[i, j], divide(multiply(t0, divide[]), add(sqrt(t1), 1e-7)))
        w_momentum[i, j] = select(less(abs(t0), 1.1754943508222875e-38), 0, t0)
        w_velocity[i, j] = select(less(abs(t1), 1.1754943508222875e-38), 0, t1)

      add+divide: map
      update: map
        for i j < 100352, 2 vectors a turn"
    `);
  });
});
