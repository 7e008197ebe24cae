/** First and second gradients against central differences in float64. */
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { setBackend } from '../../src/backends/choose.js';
import { op as makeOp } from '../../src/ops/op.js';
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
  randomLike,
  showCase,
} from './cases.js';
import { expectClose } from './compare.js';
import { instances } from './instances.js';

const step = 2 ** -16;
/** A third of the third derivative times step², plus rounding over the step. */
const tolerance = { absolute: 2e-7, relative: 2e-6 };
/** The one op whose gradient is not its derivative; it has a test of its own below. */
const blocked = 'stopGradient';

/** One number that depends on every element of a result. */
const weighed = (y: Tensor, seed: number): Tensor => y.cast('float32').mul(randomLike(y, seed)).sum();
const total = (parts: readonly Tensor[]): Tensor => parts.reduce((a, b) => a.add(b));

type Scalar = (inputs: readonly Tensor[]) => Tensor;

/** The slope of `f` along a random direction, by its gradient and by a difference quotient. */
function slopes(given: Case, f: Scalar, inputs: readonly Tensor[]): [number, number] {
  const moving = inputs.filter((_, i) => isDifferentiable(given, i));
  const found = gradients(f(inputs), moving);
  const directions = moving.map((x, i) => randomLike(x, given.seed + 10 + i));
  const moved = (by: number) => {
    let next = 0;
    return f(
      inputs.map((x, i) => (isDifferentiable(given, i) ? x.add(directions[next++]!.mul(by)) : x)),
    ).item();
  };
  const slope = total(found.map((g, i) => g.mul(directions[i]!).sum())).item();
  return [slope, (moved(step) - moved(-step)) / (2 * step)];
}

const firstOrder =
  (given: Case): Scalar =>
  (inputs) =>
    weighed(apply(given, inputs), given.seed + 3);

const secondOrder =
  (given: Case): Scalar =>
  (inputs) => {
    const moving = inputs.filter((_, i) => isDifferentiable(given, i));
    return total(gradients(firstOrder(given)(inputs), moving).map((g, i) => weighed(g, given.seed + 20 + i)));
  };

beforeAll(() => setBackend('reference', { precision: 'float64' }));

describe('the registry', () => {
  it.each(allOps.map((op) => [op.record.name, op] as const))(
    'has a plain shape string or instances for %s',
    (name, op) => {
      expect(isPlain(op) || (instances[name]?.length ?? 0) > 0).toBe(true);
    },
  );

  it('has an op for each name of the table of instances', () => {
    const names = allOps.map((op) => op.record.name);
    expect(Object.keys(instances).filter((name) => !names.includes(name))).toEqual([]);
  });
});

const smooth = allOps.filter(({ record }) => record.name !== blocked && /[fnta]/.test(record.types));

describe('the gradient', () => {
  it.each(smooth.map((op) => [op.record.name, op] as const))('of %s is its derivative', (_, op) => {
    fc.assert(
      fc.property(casesOf(op), (given) => {
        const [slope, quotient] = slopes(given, firstOrder(given), inputsOf(given));
        expectClose([slope], [quotient], tolerance, showCase(given));
      }),
      parameters,
    );
  });

  it.each(smooth.map((op) => [op.record.name, op] as const))(
    'of the gradient of %s is its second derivative',
    (_, op) => {
      fc.assert(
        fc.property(casesOf(op), (given) => {
          const [slope, quotient] = slopes(given, secondOrder(given), inputsOf(given));
          expectClose([slope], [quotient], tolerance, showCase(given));
        }),
        parameters,
      );
    },
  );

  it('is found wrong where a record states a wrong one', () => {
    const wrong = makeOp('wrong', {
      shape: '*s -> *s',
      lower: ([x], { s }) => x.at(...s).sin(),
      vjp: (g, [x]) => [g.mul(x.cos()).mul(1.001)],
    }) as unknown as AnyOp;
    const given: Case = { op: wrong, shapes: [[3]], attrs: undefined, domain: [{}], seed: 1 };
    const [slope, quotient] = slopes(given, firstOrder(given), inputsOf(given));
    expect(() => expectClose([slope], [quotient], tolerance, 'wrong')).toThrow('wrong [0]');
  });

  it('does not flow through stopGradient', () => {
    const op = allOps.find(({ record }) => record.name === blocked)!;
    fc.assert(
      fc.property(casesOf(op), (given) => {
        const [x] = inputsOf(given);
        const [g] = gradients(apply(given, [x!]).mul(x!).sum(), [x!]);
        expectClose(g!.data(), x!.data(), { absolute: 0, relative: 0 }, showCase(given));
      }),
      parameters,
    );
  });
});
