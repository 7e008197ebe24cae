import { describe, expect, it } from 'vitest';
import { tensor } from '../../src/tensor/create.js';
import { full } from '../../src/tensor/tensor.js';

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
});
