import { describe, expect, it } from 'vitest';
import { forgetFormulas } from '../../src/loops/expression.js';
import { buffersOf } from '../../src/loops/kernel.js';
import { printKernel } from '../../src/loops/print.js';
import { Fuzz, work } from './random-kernels.js';
import { expectSame } from './wasm-run.js';

describe('random kernels', () => {
  it('give what their formulas say, to the bit', () => {
    let ran = 0;
    const seeds = Number(process.env.FUZZ_SEEDS ?? 150);
    const from = Number(process.env.FUZZ_FROM ?? 1);
    for (let seed = from; seed < from + seeds; seed++) {
      forgetFormulas();
      const made = new Fuzz(seed).kernel();
      if (work(made) > 20_000) continue;
      ran++;
      try {
        expectSame(made, undefined, 0, seed);
      } catch (error) {
        throw new Error(
          `seed ${seed}\n${printKernel(made)}\n${buffersOf(made)
            .map((b) => `${b.name} ${b.dtype}[${b.shape}]`)
            .join(', ')}`,
          { cause: error },
        );
      }
    }
    expect(ran).toBeGreaterThan(seeds / 2);
  });
});
