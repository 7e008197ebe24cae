/**
 * Random programs that read and assign variables in any order give, run after run, what the same statements give one by
 * one: swaps, values read after their new one, copies that have to wait. `MYELIN_GRAPHS` sets how many.
 */
import { describe, expect, it } from 'vitest';
import * as ops from '../../src/ops/index.js';
import { compiled } from '../../src/tensor/compiled.js';
import { tensor, zeros } from '../../src/tensor/create.js';
import { gradients } from '../../src/tensor/gradient.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { Variable } from '../../src/tensor/variable.js';
import { availableBackends, onBackend } from '../laws/backends.js';
import { randomLike } from '../laws/cases.js';
import { below, pick, type Random, randomOf } from '../laws/numbers.js';

const count = Number(process.env.MYELIN_GRAPHS ?? 200);
const from = Number(process.env.FUZZ_FROM ?? 0);
const shape = [2, 3];

type Change = (a: Tensor, b: Tensor, c: Tensor) => Tensor;
const changes: readonly Change[] = [
  (a) => a,
  (_, b) => b,
  (a, b) => a.add(b).mul(0.5),
  (a, b) => a.sub(b),
  (a) => a.flip(1),
  (a, b) => b.flip(0).add(a),
  (a) => a.mul(0.5),
  (a, b) => a.maximum(b),
  (a, b) => a.sum(1, { keepDims: true }).mul(0.1).add(b),
  (a) => a.mean().broadcastTo(shape),
  (a) => a.cumsum(1).mul(0.25),
  (a, b) => a.matmul(b.transpose()).matmul(b).mul(0.1),
  (a, b, c) => a.less(b).where(c, a),
  (a) => a.gather(a.sum(1).mul(0).cast('int32').add(1), 0),
  (a) => a.softmax(1),
  (a, b) => ops.scatterAdd(a, b.sum(1).less(0).cast('int32'), { rows: 2 }),
  (a, b) => ops.scatterAdd(b.transpose(), a.sum(0).less(0).cast('int32'), { rows: 3 }).transpose(),
];

interface Statement {
  readonly target: number;
  readonly reads: readonly [number, number, number];
  readonly change: Change;
  /** Whether the variable's value at this moment is a result. */
  readonly isKept: boolean;
}

function statementsOf(random: Random, variables: number): Statement[] {
  return Array.from({ length: 1 + below(random, 8) }, () => ({
    target: below(random, variables),
    reads: [below(random, variables + 1), below(random, variables + 1), below(random, variables + 1)],
    change: pick(random, changes),
    isKept: random() < 0.4,
  }));
}

/** Runs the statements; the input is read as one more variable. */
function run(
  statements: readonly Statement[],
  variables: readonly Variable[],
  x: Tensor,
): Record<string, Tensor> {
  const outputs: Record<string, Tensor> = {};
  const read = (i: number): Tensor => variables[i] ?? x;
  statements.forEach(({ target, reads: [a, b, c], change, isKept }, i) => {
    variables[target]!.assign(change(read(a), read(b), read(c)));
    // Not the variable, whose value changes: its value now.
    if (isKept) outputs[`y${i}`] = variables[target]!.add(0);
  });
  return outputs;
}

const values = (tensors: readonly Tensor[]): number[][] =>
  tensors.map((x) => Array.from(x.data(), (v) => v + 0));

function differencesOf(seed: number): string[] {
  const random = randomOf(seed);
  const size = 2 + below(random, 3);
  const make = () =>
    Array.from(
      { length: size },
      (_, i) => new Variable(randomLike(zeros(shape), seed + i), { name: `v${i}` }),
    );
  const [eager, inPrograms] = [make(), make()];
  const statements = statementsOf(random, size);
  const step = compiled(({ x }) => run(statements, inPrograms, x!));
  for (let turn = 0; turn < 3; turn++) {
    const x = randomLike(zeros(shape), seed + 50 + turn);
    const expected = Object.values(run(statements, eager, x)).map((y) => y.mul(1));
    const wanted = JSON.stringify([values(expected), values(eager)]);
    const received = JSON.stringify([values(Object.values(step.call({ x }))), values(inPrograms)]);
    if (wanted !== received)
      return [`program ${seed}, turn ${turn}:\nreceived ${received}\nexpected ${wanted}`];
  }
  return [];
}

describe.each(availableBackends)('variables on %s', (name) => {
  it(`have the same values in ${count} random programs and one by one`, { timeout: 3_600_000 }, () => {
    onBackend(name, () => {
      const found = Array.from({ length: count }, (_, i) => from + i).flatMap(differencesOf);
      expect(found.slice(0, 3)).toEqual([]);
    });
  });
});

/** The gradients of `body` in eager code and in a program, where they must be the same. */
function slopesOf(body: (v: Variable, given: Tensor) => readonly Tensor[]): unknown[] {
  const [x, start] = [tensor([0.3, 0.7]), tensor([1, 2])];
  const eager = body(new Variable(start), x).map((slope) => slope.toArray());
  const variable = new Variable(start);
  const step = compiled(({ given }) =>
    Object.fromEntries(body(variable, given!).map((g, i) => [`g${i}`, g])),
  );
  const traced = Object.values(step.call({ given: x })).map((slope) => slope.toArray());
  expect(traced).toEqual(eager);
  return eager;
}

it('the gradient for a variable is that of its reads, not of the tensor it was assigned', () => {
  const [slope] = slopesOf((v, given) => {
    const before = v.mul(5);
    const assigned = given.sin();
    v.assign(assigned);
    return gradients(before.add(assigned.mul(3)).sum(), [v]);
  });
  expect(slope).toEqual([5, 5]);
});

it('gradients end at a variable that was assigned', () => {
  const slopes = slopesOf((v, given) => {
    v.assign(given.mul(7));
    return gradients(v.mul(2).add(v.mul(3)).add(given).sum(), [given, v]);
  });
  expect(slopes).toEqual([
    [1, 1],
    [5, 5],
  ]);
});
