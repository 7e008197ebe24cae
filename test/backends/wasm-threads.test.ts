import { beforeAll, describe, expect, it } from 'vitest';
import { forgetFormulas } from '../../src/loops/expression.js';
import { buffersOf, type Kernel } from '../../src/loops/kernel.js';
import { printKernel } from '../../src/loops/print.js';
import { layouts, matmul, randomContraction } from './random-contractions.js';
import { Fuzz, work } from './random-kernels.js';
import { Crew } from './threads.js';
import { buffer, mapKernel, randomArrays, randomFrom, read, runCompiled } from './wasm-run.js';

const crews = [2, 3].map((threads) => new Crew(threads));
beforeAll(() => Promise.all(crews.map((crew) => crew.ready())));

/** Whether threads shared the work; the bits must be those of one thread. */
function expectSameBits(made: Kernel, seed: number): boolean {
  const arrays = randomArrays(buffersOf(made), randomFrom(seed));
  const alone = runCompiled(made, arrays);
  return crews.every((crew) => {
    const together = crew.run(made, arrays);
    for (const [name, values] of together ?? []) {
      const same = Buffer.compare(bytesOf(values), bytesOf(alone.get(name)!)) === 0;
      if (!same) expect.fail(`${name} differs with ${crew.threads} threads: ${seed}\n${printKernel(made)}`);
    }
    return together !== undefined;
  });
}
const bytesOf = (x: ArrayBufferView) => new Uint8Array(x.buffer, x.byteOffset, x.byteLength);

describe('threads', () => {
  it('leave the bits of random kernels as one thread leaves them', () => {
    const seeds = Number(process.env.FUZZ_SEEDS ?? 150);
    let shared = 0;
    for (let seed = 1; seed <= seeds; seed++) {
      forgetFormulas();
      const made = new Fuzz(seed).kernel();
      if (work(made) > 20_000) continue;
      if (expectSameBits(made, seed)) shared++;
    }
    expect(shared).toBeGreaterThan(seeds / 4);
  });

  it('share products of all shapes by rows, columns or batches', () => {
    for (const layout of layouts) {
      for (const [m, n, k] of [
        [1, 70, 300],
        [3, 100, 40],
        [37, 20, 600],
        [270, 33, 30],
        [600, 9, 260],
      ] as const) {
        const { axes, sum } = matmul({ m, n, k }, layout);
        const bias = read(buffer('bias', [n]), [axes[1]!]);
        for (const value of [sum, sum.add(bias).maximum(0)])
          expect(expectSameBits(mapKernel(axes, value), 1), `${layout} ${m} ${n} ${k}`).toBe(true);
      }
    }
  });

  it('leave the bits of random contractions as one thread leaves them', () => {
    const seeds = Number(process.env.FUZZ_SEEDS ?? 60);
    let shared = 0;
    for (let seed = 1; seed <= seeds; seed++) {
      forgetFormulas();
      if (expectSameBits(randomContraction(randomFrom(seed * 31 + 5)), seed)) shared++;
    }
    expect(shared).toBeGreaterThan(seeds / 4);
  });
});
