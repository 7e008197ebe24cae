import { describe, expect, test } from 'vitest';
import { Identity, Lambda, Rescaling, Sequential, tensor, zeros } from '../../src/index.js';

describe('Rescaling', () => {
  test('takes a number, or one for each channel, and inputs of any type', () => {
    expect(new Rescaling(0.5, { offset: 1 }).apply(tensor([2, 4], { dtype: 'int32' })).toArray()).toEqual([
      2, 3,
    ]);
    const each = new Rescaling([1, 10], { offset: [0, -1] });
    expect(
      each
        .apply(
          tensor([
            [1, 1],
            [2, 2],
          ]),
        )
        .toArray(),
    ).toEqual([
      [1, 9],
      [2, 19],
    ]);
    expect(() => each.apply(zeros([2, 3]))).toThrow('expected');
  });

  test('refuses what is no number', () => {
    expect(() => new Rescaling('a' as never)).toThrow(
      'Rescaling scale expected a number, or an array, each a number, received',
    );
  });
});

describe('Lambda', () => {
  test('computes a function, which is given its arguments and whether the model trains', () => {
    const seen: unknown[] = [];
    const each = new Lambda(
      (x, { training, by }) => {
        seen.push([training, by]);
        return x.mul(by as number);
      },
      { arguments: { by: 3 } },
    );
    expect(each.apply(tensor([2]), { training: true }).toArray()).toEqual([6]);
    expect(seen.at(-1)).toEqual([true, 3]);
  });

  test('is part of a model', async () => {
    const model = new Sequential([new Lambda((x) => x.square(), { inputShape: [1] })]);
    expect((await model.predict([[3]])).toArray()).toEqual([[9]]);
    expect(model.outputShape).toEqual([null, 1]);
  });

  test('cannot be made from a configuration, which only has a name', () => {
    const double = new Lambda(function twice(x) {
      return x.mul(2);
    });
    expect(double.getConfig().function).toMatchObject({ class_name: 'function', config: 'twice' });
    expect(() => Lambda.fromConfig(double.getConfig())).toThrow(
      "Lambda 'lambda' function expected a function of a tensor",
    );
  });

  test('says when its function gives no tensor', () => {
    expect(() => new Lambda((() => {}) as never, { name: 'empty' }).apply(zeros([1]))).toThrow(
      "Lambda 'empty' call expected to return a tensor, received nothing.",
    );
  });
});

test('Identity gives the very tensor back', () => {
  const x = zeros([2, 3]);
  expect(new Identity().apply(x)).toBe(x);
});
