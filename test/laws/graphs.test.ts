/**
 * Random computations have the values of the oracle on every backend, and the same bits however they are cut into
 * programs. `npm run fuzz -- 10000` checks so many, `npm run fuzz -- 10000 7` others. A failure names the seed and path
 * that lead to the smallest graph found, and prints it.
 */
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { setBackend } from '../../src/backends/choose.js';
import { printStage } from '../../src/compiler/print.js';
import type { TypedArray } from '../../src/core/dtype.js';
import { setWarnings } from '../../src/core/warnings.js';
import { chooseAgain, compilerHere, everyProgramInC } from '../backends/native.js';
import { availableBackends, onBackend } from './backends.js';
import { chooseCrew, sharedPrograms } from './crew-backend.js';
import { expectedOf, runs } from './graph-bounds.js';
import {
  buildGraph,
  inputsOf,
  namedInputsOf,
  programOf,
  type Recipe,
  recipes,
  variablesOf,
} from './graphs.js';

const count = Number(process.env.MYELIN_GRAPHS ?? 200);
const seed = Number(process.env.MYELIN_LAW_SEED ?? 1);
afterAll(() => setBackend('wasm'));

/** The values of variables after some runs, then the results of the last one. */
type Values = readonly TypedArray[];

/** One program for everything. */
function together(recipe: Recipe): Values {
  const variables = variablesOf(recipe);
  const bound = programOf(recipe, variables).bind(namedInputsOf(recipe));
  for (let i = 0; i < runs; i++) bound.run();
  const values = [...variables, ...Object.values(bound.outputs())].map((x) => x.data());
  bound.release();
  return values;
}

/** One program for each step. Nothing can be fused. */
function stepwise(recipe: Recipe): Values {
  const [inputs, variables] = [inputsOf(recipe), variablesOf(recipe)];
  let results: Values = [];
  for (let i = 0; i < runs; i++) {
    const made = buildGraph(recipe, inputs, variables, { each: (x) => void x.values() });
    results = made.map((x) => x.data());
  }
  return [...variables.map((v) => v.data()), ...results];
}

/** The first element that is too far off, as text; nothing when all agree. -0 and 0 count as one, and so do all NaNs. */
function difference(received: Values, expected: Values, tolerances: readonly number[] = []): string[] {
  return expected.flatMap((values, i) => {
    const [got, within] = [received[i]!, tolerances[i] ?? 0];
    const isNear = (a: number, b: number) => Object.is(a + 0, b + 0) || Math.abs(a - b) <= within;
    const at = values.findIndex((x, j) => !isNear(x, got[j]!));
    return at < 0 ? [] : [`result ${i} [${at}]: received ${got[at]}, expected ${values[at]} +- ${within}`];
  });
}

const textOf = (recipe: Recipe): string =>
  printStage(programOf(recipe, variablesOf(recipe)).graph(namedInputsOf(recipe)));

function check(numRuns: number, differences: (recipe: Recipe) => readonly string[]): void {
  const property = fc.property(recipes, (recipe) => {
    const found = differences(recipe);
    if (found.length > 0) expect.fail(`${found.join('\n')}\n${textOf(recipe)}`);
  });
  fc.assert(property, { numRuns, seed });
}

describe(`random graphs of seed ${seed}`, { timeout: 3_600_000 }, () => {
  it(`have the values of the oracle on every backend, ${count} of them`, () => {
    let unsteady = 0;
    check(count, (recipe) => {
      const { values, tolerances, isSteady } = expectedOf(recipe);
      if (!isSteady) unsteady++;
      if (!isSteady) return [];
      return availableBackends.flatMap((name) => {
        const received = onBackend(name, () => together(recipe));
        return difference(received, values, tolerances).map((text) => `${name}: ${text}`);
      });
    });
    expect(unsteady).toBeLessThan(5 + count / 10);
  });

  const few = Math.ceil(count / 5);
  const fewer = Math.ceil(count / 10);
  /** Of each graph, by WebAssembly on one thread. */
  function bitsAlone(number: number): ReadonlyMap<string, Values> {
    setBackend('wasm', { threads: 1 });
    const alone = new Map<string, Values>();
    check(number, (recipe) => {
      alone.set(JSON.stringify(recipe), together(recipe));
      return [];
    });
    return alone;
  }

  it.each(availableBackends)(`have the same bits on %s, step by step and fused, ${few} of them`, (name) => {
    check(few, (recipe) => onBackend(name, () => difference(together(recipe), stepwise(recipe))));
  });

  it.skipIf(!compilerHere)(`have the same bits in C, ${fewer} of them`, () => {
    const alone = bitsAlone(fewer);
    everyProgramInC();
    setBackend('native');
    check(fewer, (recipe) => difference(together(recipe), alone.get(JSON.stringify(recipe))!));
    setWarnings(true);
    chooseAgain();
  });

  it.each([2, 3])(`have the same bits with %s threads, ${few} of them`, async (threads) => {
    const alone = bitsAlone(few);
    await chooseCrew(threads);
    const before = sharedPrograms();
    check(few, (recipe) => difference(together(recipe), alone.get(JSON.stringify(recipe))!));
    expect(sharedPrograms() - before).toBeGreaterThan(few / 2);
  });
});
