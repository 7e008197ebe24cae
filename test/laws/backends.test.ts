/** Every backend computes every op and its gradient, in float32, as the reference does in float64. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TypedArray } from '../../src/core/dtype.js';
import { gradients } from '../../src/tensor/gradient.js';
import { availableBackends, onBackend, onOracle } from './backends.js';
import {
  allOps,
  apply,
  type Case,
  casesOf,
  inputsOf,
  isDifferentiable,
  parameters,
  randomLike,
  showCase,
  wholeInputsOf,
} from './cases.js';
import { expectClose, single } from './compare.js';

const wholeTypes = ['int32', 'bool', 'uint8'] as const;

interface Results {
  readonly value: TypedArray;
  readonly type: string;
  readonly gradients: readonly TypedArray[];
}

function resultsOf(given: Case): Results {
  const inputs = inputsOf(given);
  const y = apply(given, inputs);
  const moving = inputs.filter((_, i) => isDifferentiable(given, i));
  const found = gradients(
    y
      .cast('float32')
      .mul(randomLike(y, given.seed + 4))
      .sum(),
    moving,
  );
  return {
    value: y.data(),
    type: `${y.dtype} [${y.shape.join(', ')}]`,
    gradients: found.map((g) => g.data()),
  };
}

const exact = { absolute: 0, relative: 0 };

describe.each(availableBackends)('backend %s', (name) => {
  it.each(allOps.map((op) => [op.record.name, op] as const))('computes %s', (_, op) => {
    fc.assert(
      fc.property(casesOf(op), (given) => {
        const expected = onOracle(() => resultsOf(given));
        const received = onBackend(name, () => resultsOf(given));
        expect(received.type, showCase(given)).toBe(expected.type);
        const isFloat = received.type.startsWith('float32');
        expectClose(received.value, expected.value, isFloat ? single : exact, showCase(given));
        for (const [i, g] of received.gradients.entries()) {
          expectClose(g, expected.gradients[i]!, single, `gradient ${i} of ${showCase(given)}`);
        }
      }),
      parameters,
    );
  });

  it.each(allOps.map((op) => [op.record.name, op] as const))(
    'computes %s of whole numbers exactly, truth values and bytes',
    (_, op) => {
      fc.assert(
        fc.property(casesOf(op), (given) => {
          for (const type of wholeTypes) {
            const compute = () => apply(given, wholeInputsOf(given, type));
            const [expected, received] = [
              onOracle(() => compute().data()),
              onBackend(name, () => compute().data()),
            ];
            const isFloat = compute().dtype === 'float32';
            expectClose(received, expected, isFloat ? single : exact, `${type} ${showCase(given)}`);
          }
        }),
        parameters,
      );
    },
  );
});

describe('the reference', () => {
  it('is among the backends that are compared', () => {
    expect(availableBackends).toContain('reference');
  });
});
