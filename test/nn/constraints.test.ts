import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/core/errors.js';
import { parseValue } from '../../src/core/schema.js';
import { type ConstraintName, constraint, MaxNorm, MinMaxNorm, UnitNorm } from '../../src/nn/constraints.js';
import { constraint as constraintField } from '../../src/nn/fields.js';
import { ones, tensor } from '../../src/tensor/create.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { Variable } from '../../src/tensor/variable.js';
import { expectNumbersClose } from './goldens.js';

const w = tensor([
  [3, -0.3],
  [4, 0.4],
]);
const chosen = (given: unknown) => parseValue('A weight', constraintField(), given as ConstraintName)!;

describe('a constraint', () => {
  it('gives the nearest weight with allowed norms', () => {
    expectNumbersClose(new MaxNorm().call(w).data(), [1.2, -0.3, 1.6, 0.4], 1e-6);
    expectNumbersClose(new UnitNorm().call(w).data(), [0.6, -0.6, 0.8, 0.8], 1e-6);
    const half = new MinMaxNorm({ minValue: 1, maxValue: 3, rate: 0.5 });
    expectNumbersClose(half.call(w).data(), [2.4, -0.45, 3.2, 0.6], 1e-6);
  });

  it('leaves what is allowed, and zeros', () => {
    expectNumbersClose(new MaxNorm({ maxValue: 9 }).call(w).data(), [...w.data()], 1e-6);
    for (const one of [new MaxNorm(), new UnitNorm(), new MinMaxNorm({ minValue: 1 })])
      expect(one.call(tensor([0, 0])).toArray()).toEqual([0, 0]);
  });

  it('is chosen by the names of Keras, as an instance or as a function', () => {
    expect(
      chosen('non_neg')
        .call(tensor([-1, 2]))
        .toArray(),
    ).toEqual([0, 2]);
    expect((['max_norm', 'MaxNorm'] as const).map((name) => chosen(name).className)).toEqual([
      'MaxNorm',
      'MaxNorm',
    ]);
    expect(
      chosen((x: Tensor) => x.mul(2))
        .call(tensor([1]))
        .toArray(),
    ).toEqual([2]);
    expect(() => chosen(function forgetful() {}).call(w)).toThrow(
      'The function forgetful expected to return a tensor, received nothing.',
    );
    expect(constraintField().parse(null)).toBeNull();
    expect(() => chosen('maxnorm')).toThrow("Did you mean 'max_norm'?");
    expect(() => new MaxNorm({ axis: 0.5 })).toThrow(ConfigError);
  });

  it("has Keras's JSON, where an axis stays what it was given as", () => {
    expect(new MaxNorm().getConfig()).toEqual({ max_value: 2, axis: 0 });
    const one = MinMaxNorm.fromConfig({ min_value: 0.5, axis: [0, 1] });
    expect(one.getConfig()).toEqual({ min_value: 0.5, max_value: 1, rate: 1, axis: [0, 1] });
    const json = constraintField().toJson!(one);
    expect(constraintField().fromJson!(json)).toMatchObject({ config: one.config });
  });

  it('of a user is declared as those here', () => {
    class Below extends constraint(
      'Below',
      () => ({}),
      (x) => x.minimum(1),
    ) {}
    expect(new Below().call(w).toArray()).toEqual([
      [1, expect.closeTo(-0.3)],
      [1, expect.closeTo(0.4)],
    ]);
  });

  it('stands with the variable it is for', () => {
    expect(new Variable(ones([2])).constraint).toBeNull();
    const twice = (x: Tensor) => x.mul(2);
    expect(new Variable(ones([2]), { constraint: twice }).constraint).toBe(twice);
  });
});
