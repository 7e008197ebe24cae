import { describe, expect, it } from 'vitest';
import { nativeMachine } from '../../src/backends/native/machine.js';
import { wasmMachine } from '../../src/backends/wasm/wasm.js';
import { printSchedule } from '../../src/compiler/schedule/print.js';
import { nestOf, schedule } from '../../src/compiler/schedule/schedule.js';
import { atOnce } from '../../src/core/pieces.js';
import type { Kernel } from '../../src/loops/kernel.js';
import type { Machine } from '../../src/loops/machine.js';
import { printProcedure } from '../../src/loops/print-nest.js';
import * as kernels from './kernels.js';

const scheduled = (kernel: Kernel): string => printSchedule(schedule(kernel, wasmMachine), wasmMachine);

/** Names of arrays and axes may be short; what grows is a mistake. */
function expectShort(text: string): void {
  expect(text.split('\n').length).toBeLessThan(25);
}

const wide = nativeMachine('#define __AVX512F__ 1')!;

describe('schedules', () => {
  it('of a map say what is walked as one', () => {
    const text = scheduled(kernels.relu());
    expectShort(text);
    expect(text).toMatchInlineSnapshot(`
      "relu: map
        for i < 32
        for j < 10, 2 vectors a turn"
    `);
  });

  it('of row folds', () => {
    const text = scheduled(kernels.softmax());
    expectShort(text);
    expect(text).toMatchInlineSnapshot(`
      "softmax: map
        for i < 3
        for j < 4, 2 vectors a turn
        sum over l < 4, a vector at a time"
    `);
  });

  it('of the largest of a row take a vector, where more than half of it is filled', () => {
    const texts = [9, 10, 16].map((columns) => printSchedule(schedule(kernels.largest(columns), wide), wide));
    expect(texts.map((text) => text.includes('a vector at a time'))).toEqual([false, true, true]);
  });

  it('of column folds', () => {
    const text = scheduled(kernels.columnSums());
    expectShort(text);
    expect(text).toMatchInlineSnapshot(`
      "columns: map
        for j < 16, 8 vectors a turn
        sum over k < 100, one by one"
    `);
  });

  it('of a recurrence', () => {
    const text = scheduled(kernels.recurrence());
    expectShort(text);
    expect(text).toMatchInlineSnapshot(`
      "running: map
        for t < 5, in order
        for j < 8, 2 vectors a turn"
    `);
  });

  it('of a dense layer', () => {
    const text = scheduled(kernels.dense());
    expectShort(text);
    expect(text).toMatchInlineSnapshot(`
      "dense: contraction 32 x 128, 784 deep
        a x: in place, blocks of 32 rows
        b w: copied by rows just before use, panels of 8 columns
        tiles of 4 x 8, k in blocks of 256
        tiles end in the result with bias
        threads share the columns"
    `);
  });

  it('of a small dense layer', () => {
    const text = scheduled(kernels.dense(3, 40));
    expectShort(text);
    expect(text).toMatchInlineSnapshot(`
      "dense: contraction 3 x 128, 40 deep
        a x: in place, blocks of 3 rows
        b w: in place, panels of 12 columns
        tiles of 3 x 12, k in blocks of 40
        tiles end in the result with bias"
    `);
  });

  it('of a convolution with padding', () => {
    const text = scheduled(kernels.convolution());
    expectShort(text);
    expect(text).toMatchInlineSnapshot(`
      "conv: contraction 1352 x 64, 288 deep
        a x: rows copied, blocks of 116 rows
        b kernel: copied by rows, panels of 8 columns
        tiles of 4 x 8, k in blocks of 256
        threads share the rows"
    `);
  });

  it('of one panel and one row leave it to one thread, of more rows share it', () => {
    const splitOf = (rows: number) => {
      const made = schedule(kernels.dense(rows), wide);
      return made.form === 'contraction' ? made.split : made;
    };
    expect(splitOf(1)).toBeUndefined();
    expect(splitOf(256)).toBe('rows');
  });

  it('of rows that come from main memory ask ahead for those of the next tile, where a machine can', () => {
    const linesOf = (rows: number, machine: Machine) =>
      atOnce(nestOf(schedule(kernels.dense(rows), machine), machine)).procedures.flatMap((procedure) =>
        printProcedure(procedure)
          .split('\n')
          .filter((line) => line.includes('fetch')),
      );
    expect(new Set(linesOf(252, wide)).size).toBe(wide.tileRows);
    expect(linesOf(252, wasmMachine)).toEqual([]);
    // These stay near.
    expect(linesOf(24, wide)).toEqual([]);
  });
});
