/** Inputs that broadcast give what the same inputs give after `broadcastTo`, and gradients of their own shapes. */
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { setBackend } from '../../src/backends/choose.js';
import { broadcastShapes, type Shape } from '../../src/core/shape.js';
import { isStar, parseSignature } from '../../src/core/signature.js';
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
  isPlain,
  parameters,
  showCase,
} from './cases.js';
import { expectTensorClose, tight } from './compare.js';

/** Whether all inputs are one star and so broadcast together. */
const broadcasts = (op: AnyOp): boolean => {
  if (!isPlain(op)) return false;
  const { inputs } = parseSignature(op.record.shape as string);
  return inputs.length > 1 && inputs.every((words) => words.length === 1 && isStar(words[0]!));
};
const shared = allOps.filter(broadcasts);
const wholeShape = (shapes: readonly Shape[]): Shape => shapes.reduce((a, b) => broadcastShapes(a, b)!);

const gradientsOf = (given: Case, inputs: readonly Tensor[], y: Tensor): Tensor[] =>
  gradients(
    y.cast('float32').sum(),
    inputs.filter((_, i) => isDifferentiable(given, i)),
  );

beforeAll(() => setBackend('reference', { precision: 'float64' }));

describe('broadcasting', () => {
  it.each(shared.map((op) => [op.record.name, op] as const))('of %s equals explicit broadcastTo', (_, op) => {
    fc.assert(
      fc.property(casesOf(op), (given) => {
        const inputs = inputsOf(given);
        const whole = inputs.map((x) => x.broadcastTo(wholeShape(given.shapes)));
        const [short, long] = [apply(given, inputs), apply(given, whole)];
        expect(short.shape, showCase(given)).toEqual(wholeShape(given.shapes));
        expectTensorClose(short, long, { absolute: 0, relative: 0 }, showCase(given));
        const [own, explicit] = [gradientsOf(given, inputs, short), gradientsOf(given, inputs, long)];
        for (const [i, g] of own.entries()) {
          expectTensorClose(g, explicit[i]!, tight, `gradient ${i} of ${showCase(given)}`);
        }
      }),
      { ...parameters, numRuns: 2 * parameters.numRuns },
    );
  });

  it.each(shared.map((op) => [op.record.name, op] as const))(
    'of %s stops with a ShapeError where sizes do not fit',
    (name, op) => {
      const shapes = parseSignature(op.record.shape as string).inputs.map((_, i) => [2, i === 0 ? 3 : 4]);
      const given: Case = { op, shapes, attrs: undefined, domain: op.record.domain, seed: 1 };
      const received = shapes.map((s) => `[${s.join(', ')}]`).join(' and ');
      expect(() => apply(given, inputsOf(given))).toThrow(
        `Tensor.${name} expected a shape that broadcasts with [2, 3] for input 2, received ${received}.`,
      );
    },
  );
});
