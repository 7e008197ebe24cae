import { describe, expect, it } from 'vitest';
import { tensor } from '../../src/tensor/create.js';
import { full, type Tensor } from '../../src/tensor/tensor.js';
import { randomNumbers } from '../loops/random-numbers.js';

interface Drawn {
  readonly x: Tensor;
  readonly expected: readonly number[];
}

describe('a value that is read outside of a program', () => {
  it('is right where a number stands alone and fills a shape too', () => {
    expect(full([2], 10).mul(3).sub(10).toArray()).toEqual([20, 20]);
    expect(
      full([2], 10)
        .mul(tensor([3, 4]))
        .sub(10)
        .toArray(),
    ).toEqual([20, 30]);
    expect(
      tensor([3, 4])
        .sub(full([2], 10))
        .mul(5)
        .add(10)
        .toArray(),
    ).toEqual([-25, -20]);
  });

  it('is that of its operations in 500 random formulas of arrays and numbers, read again and again', () => {
    const random = randomNumbers(7);
    const below = (n: number) => Math.floor(random() * n);
    const leaf = (): Drawn => {
      const [a, b] = [below(3) + 1, below(3) + 1];
      const leaves = [
        () => ({ x: full([2], a), expected: [a, a] }),
        () => ({ x: full([], a), expected: [a, a] }),
        () => ({ x: tensor([a, b]), expected: [a, b] }),
      ];
      return leaves[below(3)]!();
    };
    const operations = [
      [(x: Tensor, y: Tensor) => x.add(y), (a: number, b: number) => a + b],
      [(x: Tensor, y: Tensor) => x.sub(y), (a: number, b: number) => a - b],
      [(x: Tensor, y: Tensor) => x.mul(y), (a: number, b: number) => a * b],
    ] as const;
    const drawn = (depth: number): Drawn => {
      if (depth === 0 || random() < 0.2) return leaf();
      const [left, right] = [drawn(depth - 1), drawn(depth - 1)];
      if (random() < 0.1) left.x.values();
      const [apply, numbers] = operations[below(3)]!;
      const expected = [0, 1].map((i) => numbers(left.expected[i]!, right.expected[i]!));
      return { x: apply(left.x, right.x), expected };
    };
    for (let i = 0; i < 500; i++) {
      const { x, expected } = drawn(3);
      // The sum makes an array of what is a number; `+ 0` makes 0 of -0.
      const values = x.add(full([2], 1)).values();
      expect(
        Array.from(values, (value) => value - 1 + 0),
        x.toString(),
      ).toEqual(expected.map((value) => value + 0));
    }
  });
});
