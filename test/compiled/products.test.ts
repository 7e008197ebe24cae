/** What becomes of products, convolutions and windows: their kernels, and how the loops of each run. */
import { beforeAll, describe, expect, it } from 'vitest';
import { setBackend } from '../../src/backends/choose.js';
import { conv, depthwiseConv } from '../../src/tensor/convolution.js';
import { gradients } from '../../src/tensor/gradient.js';
import { averagePool, maxPool } from '../../src/tensor/pooling.js';
import { textOf } from './explained.js';

beforeAll(() => setBackend('wasm'));

describe('the kernels and schedules', () => {
  it('of a product A B', () => {
    const text = textOf(({ a, b }) => ({ y: a!.matmul(b!) }), { a: [32, 128], b: [128, 10] });
    expect(text).toMatchInlineSnapshot(`
      "einsum: for m < 32, n < 10
        y[m, n] = sum over k < 128 of multiply(a[m, k], b[k, n])

      einsum: contraction 32 x 10, 128 deep
        a a: in place, blocks of 32 rows
        b b: in place, panels of 8 columns
        tiles of 4 x 8, k in blocks of 128"
    `);
  });

  it('of a product Aᵀ B: the gradient of a dense kernel', () => {
    const text = textOf(({ a, b }) => ({ y: a!.transpose().matmul(b!) }), { a: [32, 784], b: [32, 128] });
    expect(text).toMatchInlineSnapshot(`
      "einsum: for m < 784, n < 128
        y[m, n] = sum over k < 32 of multiply(a[k, m], b[k, n])

      einsum: contraction 784 x 128, 32 deep
        a a: in place, blocks of 112 rows
        b b: copied by rows, panels of 8 columns
        tiles of 4 x 8, k in blocks of 32
        threads share the columns"
    `);
  });

  it('of a product A Bᵀ: the gradient of a dense input', () => {
    const text = textOf(({ a, b }) => ({ y: a!.matmul(b!.transpose()) }), { a: [32, 10], b: [128, 10] });
    expect(text).toMatchInlineSnapshot(`
      "einsum: for m < 32, n < 128
        y[m, n] = sum over k < 10 of multiply(a[m, k], b[n, k])

      einsum: contraction 32 x 128, 10 deep
        a a: in place, blocks of 32 rows
        b b: transposed just before use, panels of 8 columns
        tiles of 4 x 8, k in blocks of 10"
    `);
  });

  it('of a batched product', () => {
    const text = textOf(({ a, b }) => ({ y: a!.matmul(b!) }), { a: [8, 20, 16], b: [8, 16, 20] });
    expect(text).toMatchInlineSnapshot(`
      "einsum: for b0 < 8, m < 20, n < 20
        y[b0, m, n] = sum over k < 16 of multiply(a[b0, m, k], b[b0, k, n])

      einsum: contraction 20 x 20, 16 deep
        for b0 < 8
        a a: in place, blocks of 20 rows
        b b: in place, panels of 8 columns
        tiles of 4 x 8, k in blocks of 16"
    `);
  });

  it('of a convolution with bias and relu', () => {
    const text = textOf(({ x, kernel, bias }) => ({ y: conv(x!, kernel!).add(bias!).relu() }), {
      x: [8, 14, 14, 8],
      kernel: [3, 3, 8, 16],
      bias: [16],
    });
    expect(text).toMatchInlineSnapshot(`
      "relu: for s0 < 8, s1 < 12, s2 < 12, s3 < 16
        y[s0, s1, s2, s3] = maximum(add(sum over t0 < 3, t1 < 3, c < 8 of multiply(x[s0, s1 + t0, s2 + t1, 0, c], kernel[t0, t1, c, 0, s3]), bias[s3]), 0)

      relu: contraction 1152 x 16, 72 deep
        a x: rows copied, blocks of 116 rows
        b kernel: in place, panels of 8 columns
        tiles of 4 x 8, k in blocks of 72
        tiles end in the result with bias
        threads share the rows"
    `);
  });

  it('of the gradient of a convolution by its input', () => {
    const text = textOf(
      ({ x, kernel, g }) => ({ d: gradients(conv(x!, kernel!).mul(g!).sum(), [x!, kernel!])[0]! }),
      { x: [8, 14, 14, 8], kernel: [3, 3, 8, 16], g: [8, 12, 12, 16] },
    );
    expect(text).toMatchInlineSnapshot(`
      "g_border_0: for i < 8, j < 16, l < 16, m < 1, n < 16
        g_border_0[i, j, l, 0, n] = 0
      g_border_0: for i < 8, j < 12, l < 12, m < 1, n < 16
        g_border_0[i, j + 2, l + 2, 0, n] = g[i, j, l, 0, n]
      reshape_6: for t0 < 8, t1 < 14, t2 < 14, t3 < 8
        d[t0, t1, t2, t3] = sum over t0_ < 3, t1_ < 3, f < 16 of multiply(g_border_0[t0, t1 - 1 t0_ + 2, t2 - 1 t1_ + 2, 0, f], kernel[t0_, t1_, t3, 0, f])

      g_border_0: map
        for i j l n < 32768, 2 vectors a turn
      g_border_0: map
        for i < 8
        for j < 12
        for l n < 192, 8 vectors a turn
      reshape_6: contraction 1568 x 8, 144 deep
        a g_border_0: rows copied, blocks of 112 rows
        b kernel: transposed, panels of 8 columns
        tiles of 4 x 8, k in blocks of 144
        threads share the rows"
    `);
  });

  it('of the gradient of a convolution by its kernel', () => {
    const text = textOf(
      ({ x, kernel, g }) => ({ d: gradients(conv(x!, kernel!).mul(g!).sum(), [x!, kernel!])[1]! }),
      { x: [8, 14, 14, 8], kernel: [3, 3, 8, 16], g: [8, 12, 12, 16] },
    );
    expect(text).toMatchInlineSnapshot(`
      "reshape_6: for t0 < 3, t1 < 3, t2 < 8, t3 < 16
        d[t0, t1, t2, t3] = sum over n < 8, o0 < 12, o1 < 12 of multiply(x[n, o0 + t0, o1 + t1, 0, t2], g[n, o0, o1, 0, t3])

      reshape_6: contraction 72 x 16, 1152 deep
        a x: columns copied, blocks of 72 rows
        b g: in place, panels of 8 columns
        tiles of 4 x 8, k in blocks of 256
        threads share the columns"
    `);
  });

  it('of a depthwise convolution', () => {
    const text = textOf(({ x, kernel }) => ({ y: depthwiseConv(x!, kernel!) }), {
      x: [2, 10, 10, 16],
      kernel: [3, 3, 16, 1],
    });
    expect(text).toMatchInlineSnapshot(`
      "reshape_3: for t0 < 2, t1 < 8, t2 < 8, t3 < 16
        y[t0, t1, t2, t3] = sum over t0_ < 3, t1_ < 3, c < 1 of multiply(x[t0, t1 + t0_, t2 + t1_, t3, 0], kernel[t0_, t1_, 0, t3, 0])

      reshape_3: map
        for t0 < 2
        for t1 < 8
        for t2 < 8
        for t3 < 16, 2 vectors a turn"
    `);
  });

  it('of a largest of windows and its gradient', () => {
    const text = textOf(
      ({ x, g }) => {
        const y = maxPool(x!, 2);
        return { y, dx: gradients(y.mul(g!).sum(), [x!])[0]! };
      },
      { x: [2, 8, 8, 16], g: [2, 4, 4, 16] },
    );
    expect(text).toMatchInlineSnapshot(`
      "max+argmax: for kept0 < 2, kept1 < 4, kept2 < 4, kept3 < 16
        y[kept0, kept1, kept2, kept3] = max over s3 < 2, s4 < 2 of x[kept0, 2 kept1 + s3, 2 kept2 + s4, kept3]
        argmax[kept0, kept1, kept2, kept3] = argmax over s3 < 2, s4 < 2 of x[kept0, 2 kept1 + s3, 2 kept2 + s4, kept3]
      overlapAdd: for n < 2, i0 < 4, r0 < 2, i1 < 4, r1 < 2, c < 16
        dx[n, 2 i0 + r0, 2 i1 + r1, c] = select(equalInt(int(2 r0 + r1), argmax[n, i0, i1, 0, 0, c]), g[n, i0, i1, 0, 0, c], 0)

      max+argmax: map
        for kept0 kept1 < 8
        for kept2 < 4
        for kept3 < 16, 2 vectors a turn
      overlapAdd: map
        for n i0 < 8
        for r0 < 2
        for i1 < 4
        for r1 < 2
        for c < 16, 2 vectors a turn"
    `);
  });

  it('of a mean of windows', () => {
    const text = textOf(({ x }) => ({ y: averagePool(x!, 2) }), { x: [2, 8, 8, 16] });
    expect(text).toMatchInlineSnapshot(`
      "divide: for s0 < 2, s1 < 4, s2 < 4, s3 < 16
        y[s0, s1, s2, s3] = divide(sum over s3 < 2, s4 < 2 of x[s0, 2 s1 + s3, 2 s2 + s4, s3], 4)

      divide: map
        for s0 s1 < 8
        for s2 < 4
        for s3 < 16, 2 vectors a turn"
    `);
  });
});
