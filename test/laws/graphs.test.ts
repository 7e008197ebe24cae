/**
 * Random computations: step by step or as one fused program, on every backend, values and gradients are the same. Longer
 * runs: `MYELIN_GRAPHS=5000 MYELIN_LAW_SEED=7 npx vitest run test/laws/graphs.test.ts`.
 */
import { describe, expect, it } from 'vitest';
import type { TypedArray } from '../../src/core/dtype.js';
import type { Shape } from '../../src/core/shape.js';
import { compiled } from '../../src/tensor/compiled.js';
import { zeros } from '../../src/tensor/create.js';
import { gradients } from '../../src/tensor/gradient.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { availableBackends, onBackend, onOracle } from './backends.js';
import { randomLike } from './cases.js';
import { isClose, type Tolerance } from './compare.js';
import { buildGraph, leavesOf } from './graphs.js';

const count = Number(process.env.MYELIN_GRAPHS ?? 120);
const first = Number(process.env.MYELIN_LAW_SEED ?? 1) * 100_000;
const seeds = Array.from({ length: count }, (_, i) => first + i);

/** Every value of a graph: its results, and the gradients of a weighed sum of them. */
type Values = readonly TypedArray[];
interface How {
  readonly isContinuous: boolean;
  readonly each?: (x: Tensor) => void;
}

const leaves = (seed: number): Tensor[] =>
  leavesOf(seed, (shape: Shape, own) => randomLike(zeros(shape), own));

function results(seed: number, inputs: readonly Tensor[], how: How): Tensor[] {
  const made = buildGraph(seed, inputs, how);
  const loss = made.map((y, i) => y.mul(randomLike(y, seed + i)).sum()).reduce((a, b) => a.add(b));
  const found = gradients(loss, inputs);
  return [...made, ...found];
}

/** One program for each value that is read. */
const lazily = (seed: number, isContinuous: boolean): Values =>
  results(seed, leaves(seed), { isContinuous }).map((x) => x.data());
/** One program for each step. Nothing can be fused. */
const stepwise = (seed: number, isContinuous: boolean): Values =>
  results(seed, leaves(seed), { isContinuous, each: (x) => void x.values() }).map((x) => x.data());

/** One program for everything. */
function together(seed: number, isContinuous: boolean): Values {
  const inputs = leaves(seed);
  const names = inputs.map((_, i) => `x${i}`);
  const run = compiled((given) => {
    const made = results(
      seed,
      names.map((name) => given[name]!),
      { isContinuous },
    );
    return Object.fromEntries(made.map((x, i) => [`y${i}`, x]));
  });
  const outputs = run.call(Object.fromEntries(names.map((name, i) => [name, inputs[i]!])));
  return Object.values(outputs).map((x) => x.data());
}

/** Differences, as short text; nothing when all values agree. */
function differences(
  received: Values,
  expected: Values,
  agree: (a: number, b: number, size: number) => boolean,
): string[] {
  return expected.flatMap((array, i) => {
    const size = Math.max(0, ...Array.from(array, Math.abs));
    const at = Array.from(array).findIndex((b, j) => !agree(received[i]![j]!, b, size));
    return at < 0 ? [] : [`value ${i} [${at}]: received ${received[i]![at]}, expected ${array[at]}`];
  });
}

/** -0 and 0 count as one, and so do all NaNs. */
const isEqual = (a: number, b: number): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b));
/** Errors of float32 grow along thirty steps; they are measured against the largest value of the tensor. */
const float32: Tolerance = { absolute: 2e-4, relative: 2e-4 };
const isNear = (a: number, b: number, size: number): boolean =>
  isClose(a, b, { absolute: float32.absolute + float32.relative * size, relative: 0 });

const report = (check: (seed: number) => string[], some: readonly number[] = seeds): string[] =>
  some.flatMap((seed) => check(seed).map((text) => `graph ${seed}: ${text}`)).slice(0, 10);

describe(`${count} random graphs`, () => {
  it('have the same values in float64 however they are cut into programs', { timeout: 600_000 }, () => {
    const check = (seed: number) =>
      onOracle(() => {
        const expected = stepwise(seed, false);
        const near = (a: number, b: number, size: number) =>
          isClose(a, b, { absolute: 1e-9 * (1 + size), relative: 0 });
        return [
          ...differences(lazily(seed, false), expected, near),
          ...differences(together(seed, false), expected, near),
        ];
      });
    // The bits of float32 below say the same of all graphs.
    expect(
      report(
        check,
        seeds.filter((seed) => seed % 3 === 0),
      ),
    ).toEqual([]);
  });

  it.each(availableBackends)(
    'have the same bits on %s, step by step and fused',
    { timeout: 600_000 },
    (name) => {
      const check = (seed: number) =>
        onBackend(name, () => {
          const expected = stepwise(seed, false);
          return [
            ...differences(lazily(seed, false), expected, isEqual),
            ...differences(together(seed, false), expected, isEqual),
          ];
        });
      expect(report(check)).toEqual([]);
    },
  );

  it.each(availableBackends)(
    'without jumps have the values of the oracle on %s',
    { timeout: 600_000 },
    (name) => {
      const check = (seed: number) => {
        const expected = onOracle(() => lazily(seed, true));
        return differences(
          onBackend(name, () => together(seed, true)),
          expected,
          isNear,
        );
      };
      expect(report(check)).toEqual([]);
    },
  );
});
