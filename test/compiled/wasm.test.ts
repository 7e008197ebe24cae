import { describe, expect, it } from 'vitest';
import { wasmMachine } from '../../src/backends/wasm/wasm.js';
import { nestOf, schedule } from '../../src/compiler/schedule/schedule.js';
import { atOnce } from '../../src/core/pieces.js';
import type { Kernel } from '../../src/loops/kernel.js';
import { printProcedures } from '../../src/loops/print-nest.js';
import * as kernels from './kernels.js';

const loops = (kernel: Kernel): string =>
  printProcedures(atOnce(nestOf(schedule(kernel, wasmMachine), wasmMachine)).procedures);

/** Names of arrays and axes may be short; what grows is a mistake. */
function expectShort(text: string): void {
  expect(text.split('\n').length).toBeLessThan(25);
}

describe('loops', () => {
  it('add a bias and clip', () => {
    const text = loops(kernels.relu());
    expectShort(text);
    expect(text).toMatchInlineSnapshot(`
      "relu(at_out, at_x, at_bias, shared, scratch, part, parts)
        p3 = at_x
        p8 = at_out
        for i0 from 0 to 32 by 1, p3 by 40, p8 by 40
          p2 = p3
          p4 = at_bias
          p7 = p8
          for j1 from 0 to 8 by 8, p2 by 32, p4 by 32, p7 by 32
            t5 = maximum(add(float32[p2], float32[p4]), 0)
            t6 = maximum(add(float32[p2 + 16], float32[p4 + 16]), 0)
            float32[p7] = t5
            float32[p7 + 16] = t6
          t9 = maximum(add(float32[p2; 2 lanes], float32[p4; 2 lanes]), 0)
          float32[p7; 2 lanes] = t9"
    `);
  });

  it('fold rows before they use the result', () => {
    const text = loops(kernels.shifted());
    expectShort(text);
    expect(text).toMatchInlineSnapshot(`
      "shifted(at_out, at_x, shared, scratch, part, parts)
        p3 = at_x
        p8 = at_out
        for i0 from 0 to 3 by 1, p3 by 32, p8 by 32
          p2 = p3
          t4 = maximum(maximum(maximum(maximum(maximum(maximum(maximum(float32[p3; all], float32[p3 + 4; all]), float32[p3 + 8; all]), float32[p3 + 12; all]), float32[p3 + 16; all]), float32[p3 + 20; all]), float32[p3 + 24; all]), float32[p3 + 28; all])
          p7 = p8
          for j1 from 0 to 8 by 8, p2 by 32, p7 by 32
            t5 = subtract(float32[p2], t4)
            t6 = subtract(float32[p2 + 16], t4)
            float32[p7] = t5
            float32[p7 + 16] = t6"
    `);
  });

  it('keep running sums of columns', () => {
    const text = loops(kernels.columnSums());
    expectShort(text);
    expect(text).toMatchInlineSnapshot(`
      "columns(at_out, at_x, shared, scratch, part, parts)
        p4 = at_x
        p5 = at_out
        j0 = 0
        sum1_0 = 0
        sum1_1 = 0
        sum1_2 = 0
        sum1_3 = 0
        p3 = p4
        for k2 from 0 to 100 by 1, p3 by 64
          sum1_0 = add(sum1_0, float32[p3])
          sum1_1 = add(sum1_1, float32[p3 + 16])
          sum1_2 = add(sum1_2, float32[p3 + 32])
          sum1_3 = add(sum1_3, float32[p3 + 48])
        float32[p5] = sum1_0
        float32[p5 + 16] = sum1_1
        float32[p5 + 32] = sum1_2
        float32[p5 + 48] = sum1_3"
    `);
  });

  it('skip what lies outside a window', () => {
    const text = loops(kernels.pool());
    expectShort(text);
    expect(text).toMatchInlineSnapshot(`
      "pool(at_out, at_x, shared, scratch, part, parts)
        p6 = at_x
        p11 = at_out
        for h0 from 0 to 4 by 1, p6 by 128, p11 by 64
          p5 = p6
          p10 = p11
          for w1 from 0 to 4 by 1, p5 by 32, p10 by 16
            n3 = w1 * 2 - 1
            p4 = p5
            p9 = p10
            c2 = 0
            if 0 <= n3 < 8
              t7 = float32[p4 - 16]
            else
              t7 = -Infinity
            t8 = maximum(t7, float32[p4])
            float32[p9] = t8"
    `);
  });

  it('take rows at computed places', () => {
    const text = loops(kernels.embedding());
    expectShort(text);
    expect(text).toMatchInlineSnapshot(`
      "embedding(at_out, at_words, at_table, shared, scratch, part, parts)
        p2 = at_words
        p12 = at_out
        for i0 from 0 to 6 by 1, p2 by 4, p12 by 64
          t3 = int32[p2; all]
          n4 = t3.0
          n5 = n4 * 64
          p6 = at_table
          p11 = p12
          j1 = 0
          if 0 <= n4 < 100
            t7 = float32[p6 + n5]
            t8 = float32[p6 + n5 + 16]
            t9 = float32[p6 + n5 + 32]
            t10 = float32[p6 + n5 + 48]
          else
            t7 = 0
            t8 = 0
            t9 = 0
            t10 = 0
          float32[p11] = t7
          float32[p11 + 16] = t8
          float32[p11 + 32] = t9
          float32[p11 + 48] = t10"
    `);
  });

  it('look up single elements', () => {
    const text = loops(kernels.lookUp());
    expectShort(text);
    expect(text).toMatchInlineSnapshot(`
      "lookUp(at_out, at_at, at_x, shared, scratch, part, parts)
        p1 = at_at
        p5 = at_out
        i0 = 0
        t2 = int32[p1]
        at3 = multiplyInt(minimumUnsigned(t2, 8), 4)
        t4 = select(lessUnsigned(t2, 9), float32[at_x + at3.0 | at_x + at3.1 | at_x + at3.2 | at_x + at3.3], 1)
        float32[p5] = t4"
    `);
  });

  it('add rows in order', () => {
    const text = loops(kernels.scatter());
    expectShort(text);
    expect(text).toMatchInlineSnapshot(`
      "scatter(at_table, at_g, at_words, shared, scratch, part, parts)
        p3 = at_g
        p6 = at_words
        for i0 from 0 to 6 by 1, p3 by 32, p6 by 4
          p2 = p3
          t7 = int32[p6; all]
          n8 = t7.0
          n9 = n8 * 32
          p10 = at_table
          j1 = 0
          t4 = float32[p2]
          t5 = float32[p2 + 16]
          if 0 <= n8 < 100
            float32[p10 + n9] = add(float32[p10 + n9], t4)
            float32[p10 + n9 + 16] = add(float32[p10 + n9 + 16], t5)"
    `);
  });

  it('carry rows forward', () => {
    const text = loops(kernels.recurrence());
    expectShort(text);
    expect(text).toMatchInlineSnapshot(`
      "running(at_y, at_x, shared, scratch, part, parts)
        p4 = at_y
        p8 = at_x
        for t0 from 0 to 5 by 1, p4 by 32, p8 by 32
          n2 = t0 - 1
          p3 = p4
          p7 = p8
          for j1 from 0 to 8 by 8, p3 by 32, p7 by 32
            if 0 <= n2 < 5
              t5 = float32[p3 - 32]
              t6 = float32[p3 - 16]
            else
              t5 = 0
              t6 = 0
            t9 = add(t5, float32[p7])
            t10 = add(t6, float32[p7 + 16])
            float32[p3] = t9
            float32[p3 + 16] = t10"
    `);
  });

  it('keep masks as bytes', () => {
    const text = loops(kernels.masks());
    expectShort(text);
    expect(text).toMatchInlineSnapshot(`
      "masks(at_m, at_y, at_u, at_pixels, shared, scratch, part, parts)
        p1 = at_u
        p4 = at_pixels
        p7 = at_m
        p8 = at_y
        for i0 from 0 to 8 by 8, p1 by 32, p4 by 8, p7 by 8, p8 by 32
          t2 = less(float32[p1], 0.5)
          t3 = less(float32[p1 + 16], 0.5)
          t5 = select(t2, toFloat(uint8[p4]), 0)
          t6 = select(t3, toFloat(uint8[p4 + 4]), 0)
          bool[p7] = t2
          bool[p7 + 4] = t3
          float32[p8] = t5
          float32[p8 + 16] = t6"
    `);
  });

  it('compute shared parts once', () => {
    const text = loops(kernels.momentum());
    expectShort(text);
    expect(text).toMatchInlineSnapshot(`
      "momentum(at_m, at_g, at_w, at_rate, shared, scratch, part, parts)
        p1 = at_m
        p2 = at_g
        p5 = at_w
        t6 = float32[at_rate; all]
        for i0 from 0 to 8 by 8, p1 by 32, p2 by 32, p5 by 32
          t3 = add(multiply(float32[p1], 0.9), float32[p2])
          t4 = add(multiply(float32[p1 + 16], 0.9), float32[p2 + 16])
          t7 = subtract(float32[p5], multiply(t6, t3))
          t8 = subtract(float32[p5 + 16], multiply(t6, t4))
          float32[p1] = t3
          float32[p1 + 16] = t4
          float32[p5] = t7
          float32[p5 + 16] = t8"
    `);
  });
});
