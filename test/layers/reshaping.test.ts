import { describe, expect, test } from 'vitest';
import { Permute, RepeatVector, Reshape, Sequential, tensor, zeros } from '../../src/index.js';

describe('Reshape', () => {
  test('says which samples it cannot reshape', () => {
    const each = new Reshape([2, 3], { name: 'fold' });
    expect(() => each.apply(zeros([5, 4]))).toThrow(
      "Reshape 'fold' expected samples that have shape [2, 3], received samples of shape [4], which are 4 elements.",
    );
    expect(() => new Reshape([-1, 3], { name: 'fold' }).apply(zeros([5, 4]))).toThrow(
      "Reshape 'fold' expected",
    );
    expect(() => new Reshape([3], { name: 'fold' }).apply(zeros([5, 6]))).toThrow("Reshape 'fold' expected");
    expect(() => new Reshape([-1, 0], { name: 'fold' }).apply(zeros([5, 6]))).toThrow(
      "Reshape 'fold' expected",
    );
  });

  test('knows its shape where inputs have open axes', () => {
    expect(new Reshape([-1, 6]).computeOutputShape([null, null, 3])).toEqual([null, null, 6]);
    expect(new Reshape([2, -1]).computeOutputShape([null, 6])).toEqual([null, 2, 3]);
    expect(new Reshape([-1, 6]).apply(zeros([2, 4, 3])).shape).toEqual([2, 2, 6]);
    const model = new Sequential([new Reshape([-1, 6], { inputShape: [null, 3] })]);
    expect(model.outputShape).toEqual([null, null, 6]);
  });

  test('takes one open size at most', () => {
    expect(() => new Reshape([-1, -1])).toThrow(
      'Reshape targetShape expected an array of sizes without the batch axis, at most one of them -1, received',
    );
    expect(() => new Reshape([2, -3])).toThrow('Reshape targetShape expected');
  });

  test('keeps a batch of none', () => {
    expect(new Reshape([3, 2]).apply(zeros([0, 6])).shape).toEqual([0, 3, 2]);
  });
});

describe('Permute', () => {
  test('moves axes, which count from 1', () => {
    expect(
      new Permute([2, 1])
        .apply(
          tensor([
            [
              [1, 2, 3],
              [4, 5, 6],
            ],
          ]),
        )
        .toArray(),
    ).toEqual([
      [
        [1, 4],
        [2, 5],
        [3, 6],
      ],
    ]);
  });

  test('takes each axis once, and inputs that have them all', () => {
    expect(() => new Permute([1, 1])).toThrow(
      'Permute dims expected an array of the axes from 1 on, each once',
    );
    expect(() => new Permute([0, 1])).toThrow('Permute dims expected');
    expect(() => new Permute([2, 1], { name: 'turn' }).apply(zeros([2, 3]))).toThrow(
      "Permute 'turn' expected inputs of shape [batch, any, any], received [2, 3].",
    );
  });
});

describe('RepeatVector', () => {
  test('repeats samples of one axis', () => {
    expect(new RepeatVector(2).apply(tensor([[1, 2]])).toArray()).toEqual([
      [
        [1, 2],
        [1, 2],
      ],
    ]);
    expect(() => new RepeatVector(2, { name: 'again' }).apply(zeros([2, 3, 4]))).toThrow(
      "RepeatVector 'again' expected inputs of shape [batch, any], received [2, 3, 4].",
    );
    expect(() => new RepeatVector(0)).toThrow('RepeatVector n expected an integer of 1 or more, received 0.');
  });
});
