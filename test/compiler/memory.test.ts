import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Draft } from '../../src/compiler/draft.js';
import { planMemory } from '../../src/compiler/memory.js';
import { bytesOf } from '../../src/loops/expression.js';
import { buffersOf } from '../../src/loops/kernel.js';
import { buffer, draftOf, external, sumOf } from './drafts.js';

const x = buffer('x', [1]);

/** A kernel for each entry, which reads some of the values made before it. */
const drafts: fc.Arbitrary<Draft> = fc
  .array(fc.record({ size: fc.integer({ min: 0, max: 100 }), reads: fc.array(fc.nat(), { maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 30,
  })
  .map((entries) => {
    const values = entries.map(({ size }, i) => buffer(`t${i}`, [size]));
    const kernels = entries.map(({ reads }, i) =>
      sumOf(values[i]!, x, ...(i === 0 ? [] : reads.map((n) => values[n % i]!))),
    );
    return draftOf(kernels, [external('input', x)]);
  });

interface Life {
  readonly name: string;
  readonly bytes: number;
  readonly from: number;
  readonly to: number;
}

function livesOf({ kernels }: Draft): Life[] {
  const lives = new Map<string, Life>();
  kernels.forEach((kernel, i) => {
    for (const b of buffersOf(kernel)) {
      if (b.name === 'x') continue;
      lives.set(b.name, { name: b.name, bytes: bytesOf(b), from: lives.get(b.name)?.from ?? i, to: i });
    }
  });
  return [...lives.values()];
}

describe('a memory plan', () => {
  it('never lets two arrays share a byte while both are needed', () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        const { at, bytes } = planMemory(draft);
        const lives = livesOf(draft);
        const meet = lives.flatMap((a, i) =>
          lives
            .slice(i + 1)
            .filter((b) => a.from <= b.to && b.from <= a.to)
            .map((b) => [a, b] as const),
        );
        for (const [a, b] of meet) {
          const [from, to] = [at.get(a.name)!, at.get(b.name)!];
          expect(from + a.bytes <= to || to + b.bytes <= from || a.bytes === 0 || b.bytes === 0).toBe(true);
        }
        for (const { name, bytes: own } of lives) expect(at.get(name)! + own).toBeLessThanOrEqual(bytes);
      }),
      { numRuns: 300 },
    );
  });

  it('puts every array on a cache line', () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        expect([...planMemory(draft).at.values()].filter((at) => at % 64 !== 0)).toEqual([]);
      }),
    );
  });

  it('takes no more than all arrays side by side, and reuses what is no longer needed', () => {
    const values = Array.from({ length: 6 }, (_, i) => buffer(`t${i}`, [16]));
    const chain = values.map((v, i) => sumOf(v, i === 0 ? x : values[i - 1]!));
    expect(planMemory(draftOf(chain, [external('input', x)])).bytes).toBe(2 * 64);
  });

  it('gives no place to arrays that outlive the run', () => {
    const out = buffer('out', [1]);
    const plan = planMemory(draftOf([sumOf(out, x)], [external('input', x), external('output', out)]));
    expect([plan.at.size, plan.bytes]).toEqual([0, 0]);
  });
});
