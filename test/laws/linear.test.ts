/** The gradient of a linear op is its adjoint: `⟨f(x), c⟩ = ⟨x, f*(c)⟩`. */
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { setBackend } from '../../src/backends/choose.js';
import { gradients } from '../../src/tensor/gradient.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import {
  type AnyOp,
  allOps,
  apply,
  type Case,
  casesOf,
  inputsOf,
  isDifferentiable,
  parameters,
  randomLike,
  showCase,
} from './cases.js';
import { expectClose, tight } from './compare.js';

const withInput = (inputs: readonly Tensor[], i: number, x: Tensor): Tensor[] =>
  inputs.map((old, j) => (j === i ? x : old));

/** Whether the result is additive and homogeneous in one input, for random ones. */
function isLinearIn(given: Case, inputs: readonly Tensor[], i: number): boolean {
  const [x, z] = [randomLike(inputs[i]!, 5), randomLike(inputs[i]!, 6)];
  const f = (v: Tensor) => apply(given, withInput(inputs, i, v));
  const y = f(x.mul(2).add(z));
  if (y.dtype !== 'float32') return false;
  const isSame = (a: Tensor, b: Tensor) => Number(a.sub(b).abs().sum().item()) < 1e-5;
  // Far out on both sides, where what is linear in pieces only shows its other piece.
  const isHomogeneous = [-1e6, 1e6].every((times) => isSame(f(x.mul(times)), f(x).mul(times)));
  return isHomogeneous && isSame(y, f(x).mul(2).add(f(z)));
}

/** These must be found linear, or the law would hold for nothing. */
const expectedLinear = [
  'sum',
  'cumsum',
  'reshape',
  'transpose',
  'broadcastTo',
  'slice',
  'pad',
  'concatenate',
  'gather',
  'scatterAdd',
  'einsum',
  'multiply',
  'where',
];
const found = new Set<string>();

beforeAll(() => setBackend('reference', { precision: 'float64' }));

describe('a linear op', () => {
  const floats = allOps.filter(({ record }) => /[fnta]/.test(record.types) && record.vjp);

  it.each(floats.map((op) => [op.record.name, op] as const))(
    '%s, where it is one, has its adjoint as gradient',
    (name, op: AnyOp) => {
      fc.assert(
        fc.property(casesOf(op), (given) => {
          const inputs = inputsOf(given);
          inputs.forEach((_, i) => {
            if (!isDifferentiable(given, i) || !isLinearIn(given, inputs, i)) return;
            found.add(name);
            const x = randomLike(inputs[i]!, given.seed + 7);
            const y = apply(given, withInput(inputs, i, x));
            const c = randomLike(y, given.seed + 8);
            const [adjoint] = gradients(y.mul(c).sum(), [x]);
            const [left, right] = [y.mul(c).sum().item(), adjoint!.mul(x).sum().item()];
            expectClose([left], [right], tight, `input ${i} of ${showCase(given)}`);
          });
        }),
        parameters,
      );
      expect(expectedLinear.includes(name) ? found.has(name) : true).toBe(true);
    },
  );
});
